package io.bootcast.boot;

import io.bootcast.loader.BroadcastClassLoader;

/**
 * Calls a main method without reflection: the first reflective call of a JVM 25 loads 250 classes and takes 8 ms, because it is made of method
 * handles. Instead, a class of a few bytes is made beside the main class, which says what a launcher in Java would say:
 *
 * <pre>
 * final class Main$$BootcastEntry extends Entry {
 *     static { Entry.announce(new Main$$BootcastEntry()); }
 *     public void run(String[] args) { Main.main(args); }
 * }
 * </pre>
 *
 */
public abstract class Entry {
    static final String SUFFIX = "$$BootcastEntry";

    private static final String SELF = "io/bootcast/boot/Entry";
    private static final String MAIN_TYPE = "([Ljava/lang/String;)V";

    /** The entry that its own class has just made: the only way to an instance that needs no reflection. Written and read under the class's lock. */
    private static Entry announced;

    /** For the classes that are made. */
    protected Entry() {}

    /** For the classes that are made. */
    protected static synchronized void announce(Entry entry) {
        announced = entry;
    }

    private static synchronized Entry takeAnnounced() {
        Entry entry = announced;
        announced = null;
        return entry;
    }

    /** Calls the main method. */
    public abstract void run(String[] args);

    /**
     * An entry to {@code public static void main(String[])} of {@code type}.
     *
     * @throws LinkageError or {@link SecurityException} if no class can be added to its package, for example because it is signed
     */
    static Entry to(Class<?> type, BroadcastClassLoader loader) {
        String name = type.getName() + SUFFIX;
        Class<?> made = loader.defineNextTo(type, name, classFile(type, name.replace('.', '/')));
        try {
            Class.forName(made.getName(), /* initialize= */ true, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("a class that was just defined exists: " + name, e);
        }
        return takeAnnounced();
    }

    private static byte[] classFile(Class<?> main, String name) {
        ClassBytes made = new ClassBytes(name, SELF);
        ClassBytes.Code init = new ClassBytes.Code().load(0);
        init.op(ClassBytes.INVOKESPECIAL, made.method(SELF, "<init>", "()V")).op(ClassBytes.RETURN);
        made.addMethod(0, "<init>", "()V", 1, 1, init);

        String owner = main.getName().replace('.', '/');
        ClassBytes.Code run = new ClassBytes.Code().load(1);
        run.op(
                        ClassBytes.INVOKESTATIC,
                        main.isInterface()
                                ? made.interfaceMethod(owner, "main", MAIN_TYPE)
                                : made.method(owner, "main", MAIN_TYPE))
                .op(ClassBytes.RETURN);
        made.addMethod(ClassBytes.ACC_PUBLIC, "run", MAIN_TYPE, 1, 2, run);

        ClassBytes.Code announce =
                new ClassBytes.Code().op(ClassBytes.NEW, made.type(name)).op(ClassBytes.DUP);
        announce.op(ClassBytes.INVOKESPECIAL, made.method(name, "<init>", "()V"));
        announce.op(ClassBytes.INVOKESTATIC, made.method(SELF, "announce", "(L" + SELF + ";)V"))
                .op(ClassBytes.RETURN);
        made.addMethod(ClassBytes.ACC_STATIC, "<clinit>", "()V", 2, 0, announce);
        return made.toBytes();
    }
}
