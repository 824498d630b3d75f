package io.bootcast.resolve;

/** Says whether this JVM's library path is taken for the default. */
final class LibraryPathProbe {
    private LibraryPathProbe() {}

    /** No arguments. */
    public static void main(String[] args) {
        System.out.println("default "
                + LibraryPath.isDefault(System.getProperty("java.library.path"), System.getenv("LD_LIBRARY_PATH")));
    }
}
