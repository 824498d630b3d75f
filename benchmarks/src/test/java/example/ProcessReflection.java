package example;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Looks itself and others up in all ways that reflection knows. */
public final class ProcessReflection {
    private ProcessReflection() {}

    @Retention(RetentionPolicy.RUNTIME)
    @interface Mark {
        Class<?> value();
    }

    sealed interface Shape permits Round, Flat {}

    @Mark(Flat.class)
    record Round(int radius) implements Shape {}

    static final class Flat implements Shape, Supplier<String> {
        private String secret = "secret";

        @Override
        public String get() {
            return secret;
        }
    }

    /** Seen by all. */
    public interface Open {
        /** Something. */
        default String open() {
            return "open";
        }
    }

    interface NotPublic {
        default String say() {
            return "default of a proxy";
        }
    }

    private static void print(String what, Callable<Object> answer) {
        try {
            System.out.println(what + ": " + answer.call());
        } catch (Exception e) {
            System.out.println(what + ": " + e.toString().replaceAll("@\\w+", ""));
        } catch (LinkageError e) {
            System.out.println(what + ": " + e.getClass()); // the JVM's own messages name the loader
        }
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        names();
        lookups();
        proxies();
        shapes();
        packages();
    }

    private static void names() {
        ClassLoader own = ProcessReflection.class.getClassLoader();
        String flat = Flat.class.getName();
        print("forName", () -> Class.forName(flat));
        print("forName, array", () -> Class.forName("[[L" + flat + ";"));
        print("forName, slashes", () -> Class.forName(flat.replace('.', '/')));
        print("forName, source name", () -> Class.forName(flat.replace('$', '.')));
        print("forName, missing", () -> Class.forName("example.Missing"));
        print("forName, empty", () -> Class.forName(""));
        print("forName, loader", () -> Class.forName(flat, false, own));
        print(
                "forName, context",
                () -> Class.forName(flat, false, Thread.currentThread().getContextClassLoader()));
        print("forName, system", () -> Class.forName(flat, false, ClassLoader.getSystemClassLoader()) == Flat.class);
        print("forName, no loader", () -> Class.forName(flat, false, null));
        print("forName, platform", () -> Class.forName(flat, false, ClassLoader.getPlatformClassLoader()));
        print("forName, own module", () -> Class.forName(ProcessReflection.class.getModule(), flat));
        print("forName, other module", () -> Class.forName(Object.class.getModule(), flat));
        print("loadClass", () -> own.loadClass(flat));
        print("loadClass, array", () -> own.loadClass("[L" + flat + ";"));
        print("loadClass, null", () -> own.loadClass(null));
        print("JDK's", () -> Class.forName("com.sun.source.tree.Tree").getModule());
        print("descriptor", () -> MethodType.fromMethodDescriptorString("(L" + flat.replace('.', '/') + ";)V", own));
    }

    private static void lookups() {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        print("findClass", () -> lookup.findClass(Flat.class.getName()));
        print("findClass, missing", () -> lookup.findClass("example.Missing"));
        print("private", () -> {
            try {
                return MethodHandles.privateLookupIn(Flat.class, lookup)
                        .findVarHandle(Flat.class, "secret", String.class)
                        .get(new Flat());
            } catch (ReflectiveOperationException e) {
                return e;
            }
        });
        print("private in java.lang", () -> MethodHandles.privateLookupIn(String.class, lookup)
                .findVarHandle(String.class, "hash", int.class));
        print("private in java.util", () -> MethodHandles.privateLookupIn(java.util.ArrayList.class, lookup)
                .findVarHandle(java.util.ArrayList.class, "size", int.class));
        print("dropped", () -> MethodHandles.publicLookup()
                .findVirtual(Flat.class, "get", MethodType.methodType(String.class)));
        print("hidden", () -> {
            Class<?> hidden =
                    lookup.defineHiddenClass(bytes(Hidden.class), true).lookupClass();
            return hidden.isHidden() + " " + hidden.getPackageName() + " "
                    + (hidden.getClassLoader() == Flat.class.getClassLoader()) + " "
                    + ((Supplier<?>) hidden.getDeclaredConstructor().newInstance()).get();
        });
        print("defined twice", () -> lookup.defineClass(bytes(Hidden.class)));
        print("defined in another package", () -> {
            byte[] bytes = bytes(Hidden.class);
            for (int i = 0; i < bytes.length - 8; i++) {
                if (new String(bytes, i, 8, "ISO-8859-1").equals("example/")) {
                    bytes[i + 2] = 'e';
                }
            }
            return lookup.defineClass(bytes);
        });
        print(
                "caller",
                () -> StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                                .getCallerClass()
                        != null);
    }

    static final class Hidden implements Supplier<String> {
        @Override
        public String get() {
            return "hidden";
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    /** A loader that defines a second copy of what it is asked for by name, from the same place. */
    private static final class Child extends URLClassLoader {
        private final String own;

        Child(URL[] urls, ClassLoader parent, String own) {
            super(urls, parent);
            this.own = own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : name.equals(own) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    private static void proxies() throws Exception {
        ClassLoader own = ProcessReflection.class.getClassLoader();
        URL home = new File(System.getProperty("java.class.path").split(File.pathSeparator)[0])
                .toURI()
                .toURL();
        Child child = new Child(new URL[] {home}, own, Open.class.getName());
        Child other = new Child(new URL[] {home}, own, Flat.class.getName());
        Class<?> copy = child.loadClass(Open.class.getName());
        InvocationHandler handler = (proxy, method, arguments) ->
                method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : method.getName();
        Class<?>[] both = {NotPublic.class, Supplier.class};
        print("proxy", () -> ((NotPublic) Proxy.newProxyInstance(own, both, handler)).say());
        print("proxy's place", () -> {
            Class<?> type = Proxy.newProxyInstance(own, both, handler).getClass();
            return type.getPackageName() + " " + type.getModule().isNamed() + " " + (type.getClassLoader() == own);
        });
        print("proxy of two loaders", () -> {
            Object proxy =
                    Proxy.newProxyInstance(child, new Class<?>[] {copy, Supplier.class, Comparable.class}, handler);
            return ((Supplier<?>) proxy).get() + " " + copy.getMethod("open").invoke(proxy) + " "
                    + (proxy instanceof Open);
        });
        print(
                "proxy with both copies",
                () -> Proxy.newProxyInstance(child, new Class<?>[] {copy, Open.class}, handler));
        print("proxy with the other's", () -> Proxy.newProxyInstance(own, new Class<?>[] {copy}, handler));
        print("proxy of the child", () -> ((NotPublic) Proxy.newProxyInstance(child, both, handler)).say());
        print("copy", () -> (copy != Open.class) + " " + copy.getClassLoader().getClass());
        print("copy is no permitted one", () -> other.loadClass(Flat.class.getName()));
        print(
                "proxy that cannot see",
                () -> Proxy.newProxyInstance(ClassLoader.getPlatformClassLoader(), both, handler));
        child.close();
        other.close();
    }

    private static void shapes() {
        print("permitted", () -> Arrays.toString(Shape.class.getPermittedSubclasses()));
        print("components", () -> Arrays.toString(Round.class.getRecordComponents()));
        print("annotation", () -> Round.class.getAnnotation(Mark.class));
        print("members", () -> {
            TreeSet<String> members = new TreeSet<>();
            for (Class<?> member : ProcessReflection.class.getDeclaredClasses()) {
                members.add(member.toGenericString());
            }
            return members;
        });
        print("nest", () -> Hidden.class.getNestHost() + " " + Hidden.class.isNestmateOf(Flat.class));
        Runnable local = () -> {};
        print(
                "lambda",
                () -> local.getClass().isHidden() + " "
                        + (local.getClass().getClassLoader() == Flat.class.getClassLoader()));
        print("anonymous", () -> new Object() {}.getClass().getEnclosingClass());
    }

    private static void packages() {
        ClassLoader own = ProcessReflection.class.getClassLoader();
        print("package", () -> ProcessReflection.class.getPackage());
        print("defined", () -> own.getDefinedPackage("example"));
        print("not defined", () -> own.getDefinedPackage("java.lang"));
        print("module", () -> own.getUnnamedModule() == ProcessReflection.class.getModule());
        print(
                "module's name",
                () -> ProcessReflection.class.getModule().getName() + " "
                        + ProcessReflection.class.getModule().getLayer());
        print("reads", () -> ProcessReflection.class.getModule().canRead(Object.class.getModule()));
        print("packages", () -> {
            TreeSet<String> names = new TreeSet<>();
            for (Package each : own.getDefinedPackages()) {
                if (each.getName().startsWith("example")) {
                    names.add(each.getName());
                }
            }
            return names;
        });
    }
}
