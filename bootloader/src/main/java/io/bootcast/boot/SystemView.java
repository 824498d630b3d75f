package io.bootcast.boot;

import io.bootcast.loader.BroadcastClassLoader;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes the application's loader the JVM's system class loader as far as anybody can see, although HotSpot has chosen its own before the first line of Java
 * runs and keeps it. {@code -Djava.system.class.loader} would say the same in one word, but voids class-data archives. One small class is put into the JDK's
 * package {@code jdk.internal.loader} and does five things there:
 *
 * <ul>
 *   <li>{@code ClassLoader.getSystemClassLoader()} answers with the application's loader. The JDK asks there for service providers, file systems,
 *       log handlers and security providers, and for the context class loader of the threads of fork-join pools.
 *   <li>The JVM's messages say of the application's classes that they are "in unnamed module of loader 'app'", as without Bootcast.
 *   <li>{@code ServiceLoader} finds through it the providers of modules that belong to the built-in loader: the JDK's own tools (the compiler of
 *       {@code ToolProvider} among them), and modules of {@code --module-path}.
 *   <li>The built-in loader, which HotSpot itself asks where no Java frame is on the stack (JNI's {@code FindClass} in a thread that native code
 *       has attached), asks the application's loader before its own class path. Each class still exists once.
 *   <li>Bootcast may load MPI's native library without a word from JDK 24 on, and the application is warned as without Bootcast. {@code
 *       --enable-native-access=ALL-UNNAMED} would allow both for ever: all unnamed modules share one flag.
 *   <li>Loaders that the application makes find native libraries of {@code java.library.path} in the store, too, and are refused one that another
 *       loader has, as without Bootcast: the JDK reads that path once and asks no class loader of the application for theirs.
 *   <li>What Bootcast has to do when the JVM ends is done after the application's shutdown hooks, which still load classes; {@code
 *       Runtime.addShutdownHook} would do both at once.
 * </ul>
 *
 * The class, in Java:
 *
 * <pre>
 * final class BootcastView extends BuiltinClassLoader implements BiConsumer, BooleanSupplier, Consumer, Executor, Function {
 *     private Function classes;
 *     BootcastView() { super("bootcast", null, null); }
 *     static { Thread.currentThread().setContextClassLoader(new BootcastView()); }
 *     protected Class loadClassOrNull(String name, boolean resolve) { return (Class) classes.apply(name); }
 *     public void accept(Object loader, Object classes) {
 *         this.classes = (Function) classes;
 *         Unsafe u = Unsafe.getUnsafe();
 *         u.putReferenceVolatile(ClassLoaders.appClassLoader(), u.objectFieldOffset(BuiltinClassLoader.class, "parent"), this);
 *         u.putReferenceVolatile(ClassLoader.class, u.objectFieldOffset(ClassLoader.class, "scl"), loader);
 *         u.putReferenceVolatile(loader, u.objectFieldOffset(ClassLoader.class, "nameAndId"), "'app'");
 *         SharedSecrets.getJavaLangAccess().bindToLoader(ModuleLayer.boot(), (ClassLoader) loader);
 *     }
 *     public boolean getAsBoolean() { // the same with Unsafe: Module.ALL_UNNAMED_MODULE.enableNativeAccess
 *     public void accept(Object value) { // the same with Unsafe: Module.ALL_UNNAMED_MODULE.enableNativeAccess = (Boolean) value
 *     public Object apply(Object paths) { // the same with Unsafe: NativeLibraries.LibraryPaths.USER_PATHS = (String[]) paths
 *     public void execute(Runnable last) { SharedSecrets.getJavaLangAccess().registerShutdownHook(3, false, last); }
 * }
 * </pre>
 *
 * It needs {@code --add-exports java.base/jdk.internal.access=ALL-UNNAMED}. {@code --add-opens} of the package itself would let the application read the JDK's
 * loaders, too, and ClassGraph, for one, does where it can: it finds Bootcast's jars there. Tried on 17 and 25: {@code
 * docs/decisions/0016-system-class-loader.md}.
 */
final class SystemView implements Function<String, Class<?>> {
    private static final String VIEW = "jdk.internal.loader.BootcastView";
    private static final String NAME = "jdk/internal/loader/BootcastView";
    private static final String PARENT = "jdk/internal/loader/BuiltinClassLoader";
    private static final String LOADERS = "jdk/internal/loader/ClassLoaders";
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final String LIBRARY_PATHS = "jdk/internal/loader/NativeLibraries$LibraryPaths";
    private static final String FUNCTIONS = "java/util/function/";
    private static final String FUNCTION = FUNCTIONS + "Function";
    private static final String MODULE = "java/lang/Module";
    private static final String THREAD = "java/lang/Thread";
    private static final String LOADER = "java/lang/ClassLoader";
    private static final String SECRETS = "jdk/internal/access/SharedSecrets";
    private static final String ACCESS = "jdk/internal/access/JavaLangAccess";
    private static final String LAYER = "java/lang/ModuleLayer";
    private static final String CLASS_LOADER_TYPE = "Ljava/lang/ClassLoader;";

    /** Pushes 3, the first slot that the JDK leaves free: 0 is the console, 1 the application's hooks, 2 files to be deleted. */
    private static final int ICONST_SLOT = 0x06;

    private static final int ICONST_0 = 0x03;
    private static final int ARETURN = 0xB0;
    private static final int IRETURN = 0xAC;
    private static final int POP = 0x57;
    private static final int LDC_W = 0x13;
    private static final int GETFIELD = 0xB4;
    private static final int PUTFIELD = 0xB5;
    private static final int INVOKEVIRTUAL = 0xB6;
    private static final int CHECKCAST = 0xC0;

    private final ClassLoader loader;

    private SystemView(ClassLoader loader) {
        this.loader = loader;
    }

    /** What the built-in loader asks for a class that no module has; null if the application has none of that name. */
    @Override
    public Class<?> apply(String name) {
        if (BroadcastClassLoader.isOwn(name)) {
            return null;
        }
        try {
            return loader instanceof BroadcastClassLoader
                    ? ((BroadcastClassLoader) loader).loadHere(name)
                    : loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** The JDK's side of the view. Main thread only. */
    static final class Jdk {
        private final Object view;
        private final String reason;
        private final boolean hadNativeAccess;

        private Jdk(Object view, String reason) {
            this.view = view;
            this.reason = reason;
            this.hadNativeAccess = view == null || ((BooleanSupplier) view).getAsBoolean();
        }

        /** Puts the class into the JDK; its context class loader is used for a moment, and is as before afterwards. */
        static Jdk open() {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            try {
                defineView();
                Class.forName(VIEW, /* initialize= */ true, null);
                return new Jdk(thread.getContextClassLoader(), "");
            } catch (ReflectiveOperationException | LinkageError e) {
                return new Jdk(null, e.toString());
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        /** Why nothing else here does anything, or an empty string. */
        String reason() {
            return reason;
        }

        /** Lets any unnamed module load native libraries without a warning, or takes that back if the user did not ask for it. */
        @SuppressWarnings("unchecked") // the class that was made implements it
        void allowNativeAccess(boolean allowed) {
            if (view != null && !hadNativeAccess) {
                ((Consumer<Object>) view).accept(allowed);
            }
        }

        /** From now on native libraries are looked for in these directories; nothing changes if there are none. */
        @SuppressWarnings({"unchecked", "ReturnValueIgnored"
        }) // the class that was made implements it; it gives its argument back
        void searchLibraries(String[] directories) {
            if (view == null || directories.length == 0) {
                return;
            }
            try {
                Class.forName(LIBRARY_PATHS.replace('/', '.'), /* initialize= */ true, null);
                ((Function<Object, Object>) view).apply(directories);
            } catch (ClassNotFoundException | InternalError e) {
                // A later JDK without that field: the application's own loader still finds them, only loaders that it
                // makes do not.
                return;
            }
        }

        /** From now on {@code loader} is the system class loader. */
        @SuppressWarnings("unchecked") // the class that was made implements it
        void show(ClassLoader loader) {
            if (view != null) {
                ((BiConsumer<Object, Object>) view).accept(loader, new SystemView(loader));
            }
        }

        /** Arranges for {@code last} to run after all shutdown hooks, in the thread that ends the JVM; where that cannot be had, as one of them. */
        void atEnd(Runnable last) {
            try {
                if (view != null) {
                    ((Executor) view).execute(last);
                    return;
                }
            } catch (InternalError e) {
                // This JDK uses the slot itself.
            }
            Runtime.getRuntime().addShutdownHook(new Thread(last, "bootcast-ending"));
        }
    }

    /**
     * {@code SharedSecrets.getJavaLangAccess().defineClass(null, "jdk.internal.loader.BootcastView", SystemView.classFile(), null, null)}, without reflection, by a
     * class's initialiser. To open the package instead costs two lambdas in {@code Module}.
     */
    private static void defineView() throws ReflectiveOperationException {
        ClassBytes made = new ClassBytes("io/bootcast/boot/BootcastDefiner", "java/lang/Object");
        ClassBytes.Code code = new ClassBytes.Code();
        code.op(ClassBytes.INVOKESTATIC, made.method(SECRETS, "getJavaLangAccess", "()L" + ACCESS + ";"));
        code.pushNull().op(LDC_W, made.string(VIEW));
        code.op(ClassBytes.INVOKESTATIC, made.method("io/bootcast/boot/SystemView", "classFile", "()[B"));
        code.pushNull().pushNull();
        String type = "(" + CLASS_LOADER_TYPE
                + "Ljava/lang/String;[BLjava/security/ProtectionDomain;Ljava/lang/String;)Ljava/lang/Class;";
        code.invokeInterface(made.interfaceMethod(ACCESS, "defineClass", type), 6);
        code.op(POP).op(ClassBytes.RETURN);
        made.addMethod(ClassBytes.ACC_STATIC, "<clinit>", "()V", 6, 0, code);
        Class<?> definer = MethodHandles.lookup().defineClass(made.toBytes());
        Class.forName(definer.getName(), /* initialize= */ true, definer.getClassLoader());
    }

    /** Called by the class that {@link #defineView} makes. */
    static byte[] classFile() {
        ClassBytes made = new ClassBytes(
                NAME,
                PARENT,
                FUNCTIONS + "BiConsumer",
                FUNCTIONS + "BooleanSupplier",
                FUNCTIONS + "Consumer",
                FUNCTION,
                "java/util/concurrent/Executor");
        made.addField("classes", "L" + FUNCTION + ";");
        int classes = made.field(NAME, "classes", "L" + FUNCTION + ";");
        made.addMethod(0, "<init>", "()V", 4, 1, constructor(made));
        made.addMethod(ClassBytes.ACC_STATIC, "<clinit>", "()V", 3, 0, initializer(made));
        made.addMethod(ClassBytes.ACC_PUBLIC, "getAsBoolean", "()Z", 6, 1, getNativeAccess(made));
        made.addMethod(ClassBytes.ACC_PUBLIC, "accept", "(Ljava/lang/Object;)V", 6, 2, setNativeAccess(made));
        made.addMethod(ClassBytes.ACC_PUBLIC, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;", 6, 2, setPaths(made));
        ClassBytes.Code load =
                new ClassBytes.Code().load(0).op(GETFIELD, classes).load(1);
        load.invokeInterface(made.interfaceMethod(FUNCTION, "apply", "(Ljava/lang/Object;)Ljava/lang/Object;"), 2);
        load.op(CHECKCAST, made.type("java/lang/Class")).op(ARETURN);
        String loadType = "(Ljava/lang/String;Z)Ljava/lang/Class;";
        made.addMethod(ClassBytes.ACC_PUBLIC, "loadClassOrNull", loadType, 2, 3, load);
        String acceptType = "(Ljava/lang/Object;Ljava/lang/Object;)V";
        made.addMethod(ClassBytes.ACC_PUBLIC, "accept", acceptType, 6, 3, accept(made, classes));
        made.addMethod(ClassBytes.ACC_PUBLIC, "execute", "(Ljava/lang/Runnable;)V", 4, 2, execute(made));
        return made.toBytes();
    }

    private static ClassBytes.Code constructor(ClassBytes made) {
        String type = "(Ljava/lang/String;L" + PARENT + ";Ljdk/internal/loader/URLClassPath;)V";
        ClassBytes.Code code = new ClassBytes.Code().load(0).op(LDC_W, made.string("bootcast"));
        return code.pushNull()
                .pushNull()
                .op(ClassBytes.INVOKESPECIAL, made.method(PARENT, "<init>", type))
                .op(ClassBytes.RETURN);
    }

    private static ClassBytes.Code initializer(ClassBytes made) {
        ClassBytes.Code code = new ClassBytes.Code();
        code.op(ClassBytes.INVOKESTATIC, made.method(THREAD, "currentThread", "()L" + THREAD + ";"));
        code.op(ClassBytes.NEW, made.type(NAME))
                .op(ClassBytes.DUP)
                .op(ClassBytes.INVOKESPECIAL, made.method(NAME, "<init>", "()V"));
        code.op(INVOKEVIRTUAL, made.method(THREAD, "setContextClassLoader", "(" + CLASS_LOADER_TYPE + ")V"));
        return code.op(ClassBytes.RETURN);
    }

    private static ClassBytes.Code getNativeAccess(ClassBytes made) {
        ClassBytes.Code code = nativeAccess(made);
        return code.op(INVOKEVIRTUAL, made.method(UNSAFE, "getBooleanVolatile", "(Ljava/lang/Object;J)Z"))
                .op(IRETURN);
    }

    private static ClassBytes.Code setNativeAccess(ClassBytes made) {
        ClassBytes.Code code = nativeAccess(made);
        code.load(1).op(CHECKCAST, made.type("java/lang/Boolean"));
        code.op(INVOKEVIRTUAL, made.method("java/lang/Boolean", "booleanValue", "()Z"));
        return code.op(INVOKEVIRTUAL, made.method(UNSAFE, "putBooleanVolatile", "(Ljava/lang/Object;JZ)V"))
                .op(ClassBytes.RETURN);
    }

    private static ClassBytes.Code setPaths(ClassBytes made) {
        ClassBytes.Code code = new ClassBytes.Code();
        unsafe(made, code);
        code.op(LDC_W, made.type(LIBRARY_PATHS));
        put(made, code, LIBRARY_PATHS, "USER_PATHS", 1);
        return code.load(1).op(ARETURN);
    }

    /** Pushes Unsafe, the module that stands for all unnamed ones, and the offset of its flag. */
    private static ClassBytes.Code nativeAccess(ClassBytes made) {
        ClassBytes.Code code = new ClassBytes.Code();
        unsafe(made, code);
        unsafe(made, code);
        code.op(LDC_W, made.type(MODULE));
        offset(made, code, MODULE, "ALL_UNNAMED_MODULE");
        code.op(INVOKEVIRTUAL, made.method(UNSAFE, "getReferenceVolatile", "(Ljava/lang/Object;J)Ljava/lang/Object;"));
        offset(made, code, MODULE, "enableNativeAccess");
        return code;
    }

    private static void unsafe(ClassBytes made, ClassBytes.Code code) {
        code.op(ClassBytes.INVOKESTATIC, made.method(UNSAFE, "getUnsafe", "()L" + UNSAFE + ";"));
    }

    /** Pushes the offset of a field; of a static one from the class itself. */
    private static void offset(ClassBytes made, ClassBytes.Code code, String owner, String field) {
        unsafe(made, code);
        code.op(LDC_W, made.type(owner)).op(LDC_W, made.string(field));
        code.op(INVOKEVIRTUAL, made.method(UNSAFE, "objectFieldOffset", "(Ljava/lang/Class;Ljava/lang/String;)J"));
    }

    private static ClassBytes.Code accept(ClassBytes made, int classes) {
        ClassBytes.Code code = new ClassBytes.Code();
        code.load(0).load(2).op(CHECKCAST, made.type(FUNCTION)).op(PUTFIELD, classes);
        unsafe(made, code);
        code.op(ClassBytes.INVOKESTATIC, made.method(LOADERS, "appClassLoader", "()" + CLASS_LOADER_TYPE));
        put(made, code, PARENT, "parent", 0);
        unsafe(made, code);
        code.op(LDC_W, made.type(LOADER));
        put(made, code, LOADER, "scl", 1);
        unsafe(made, code);
        code.load(1);
        offset(made, code, LOADER, "nameAndId");
        code.op(LDC_W, made.string("'app'"));
        code.op(INVOKEVIRTUAL, made.method(UNSAFE, "putReferenceVolatile", "(Ljava/lang/Object;JLjava/lang/Object;)V"));
        code.op(
                ClassBytes.INVOKESTATIC,
                made.method("jdk/internal/access/SharedSecrets", "getJavaLangAccess", "()L" + ACCESS + ";"));
        code.op(ClassBytes.INVOKESTATIC, made.method(LAYER, "boot", "()L" + LAYER + ";"));
        code.load(1).op(CHECKCAST, made.type(LOADER));
        String bindType = "(L" + LAYER + ";" + CLASS_LOADER_TYPE + ")V";
        code.invokeInterface(made.interfaceMethod(ACCESS, "bindToLoader", bindType), 3);
        return code.op(ClassBytes.RETURN);
    }

    private static ClassBytes.Code execute(ClassBytes made) {
        ClassBytes.Code code = new ClassBytes.Code();
        code.op(ClassBytes.INVOKESTATIC, made.method(SECRETS, "getJavaLangAccess", "()L" + ACCESS + ";"));
        code.op(ICONST_SLOT).op(ICONST_0).load(1);
        int register = made.interfaceMethod(ACCESS, "registerShutdownHook", "(IZLjava/lang/Runnable;)V");
        return code.invokeInterface(register, 4).op(ClassBytes.RETURN);
    }

    /** Puts local variable {@code value} into the field of the object, or of the class, on the stack. */
    private static void put(ClassBytes made, ClassBytes.Code code, String owner, String field, int value) {
        offset(made, code, owner, field);
        code.load(value);
        code.op(INVOKEVIRTUAL, made.method(UNSAFE, "putReferenceVolatile", "(Ljava/lang/Object;JLjava/lang/Object;)V"));
    }
}
