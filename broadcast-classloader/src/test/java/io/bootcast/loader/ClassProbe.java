package io.bootcast.loader;

/** Prints how the stock application class loader answers for classes. */
public final class ClassProbe {
    private ClassProbe() {}

    /** The arguments are class names. */
    public static void main(String[] args) {
        for (String name : args) {
            System.out.println(describe(ClassLoader.getSystemClassLoader(), name));
        }
    }

    static String describe(ClassLoader loader, String name) {
        try {
            Class<?> loaded = loader.loadClass(name);
            return loaded + " by " + (loaded.getClassLoader() == loader ? "this loader" : "another loader");
        } catch (ClassNotFoundException e) {
            return e.toString();
        }
    }
}
