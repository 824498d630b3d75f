package example;

/** Says hello. */
public final class Hello {
    private Hello() {}

    /** See the class. */
    public static void main(String[] args) {
        System.out.println("hello");
    }
}
