package example;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.jar.JarFile;

/**
 * Main class, and agent, of jars with various manifests: tells what the manifest has done. The resource {@code release.txt} tells the releases of a
 * multi-release jar apart; {@code lib.Library} is in a jar that the manifest, or the agent, adds.
 */
public final class JarApp {
    private JarApp() {}

    /** An agent that tells what it was given. */
    public static void agentmain(String options, Instrumentation instrumentation) throws IOException {
        System.out.println(
                "agent <" + options + "> of " + JarApp.class.getClassLoader().equals(ClassLoader.getSystemClassLoader())
                        + " retransforms=" + instrumentation.isRetransformClassesSupported()
                        + " redefines=" + instrumentation.isRedefineClassesSupported()
                        + " thread=" + Thread.currentThread());
        if (new File("lib/library.jar").exists()) {
            instrumentation.appendToSystemClassLoaderSearch(new JarFile("lib/library.jar"));
        }
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                if (name.equals("example/JarApp$Part")) {
                    System.out.println("transforms " + name + " of "
                            + domain.getCodeSource().getLocation() + " " + (loader == JarApp.class.getClassLoader())
                            + " " + bytes.length);
                }
                return null;
            }
        });
    }

    /** Loaded after the agent. */
    static final class Part {
        static final int NUMBER = "part".length();
    }

    /** See the class. */
    public static void main(String[] args) throws IOException {
        System.out.println("command=" + System.getProperty("sun.java.command"));
        System.out.println("part=" + Part.NUMBER);
        System.out.println("opens java.lang: " + opens("java.lang.String", "value"));
        System.out.println("opens java.util: " + opens("java.util.ArrayList", "size"));
        System.out.println("exports sun.net.util: " + exports("sun.net.util.IPAddressUtil"));
        Module own = JarApp.class.getModule();
        Module base = Object.class.getModule();
        System.out.println("isOpen=" + base.isOpen("java.lang", own) + base.isOpen("java.util", own)
                + base.isExported("sun.net.util", own));
        if (Runtime.version().feature() > 21) {
            System.out.println("native access: " + nativeAccess(own));
        }
        var release = JarApp.class.getResource("/release.txt");
        if (release != null) {
            try (var in = release.openStream()) {
                System.out.print("release " + new String(in.readAllBytes(), "US-ASCII"));
            }
        }
        try {
            System.out.println(
                    Class.forName("lib.Library").getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            System.out.println(e);
        }
    }

    private static String opens(String type, String name) {
        try {
            Field field = Class.forName(type).getDeclaredField(name);
            field.setAccessible(true);
            return "yes";
        } catch (ReflectiveOperationException | RuntimeException e) {
            return e.toString().replaceAll("@\\w+", "");
        }
    }

    private static Object nativeAccess(Module module) {
        try {
            return Module.class.getMethod("isNativeAccessEnabled").invoke(module);
        } catch (ReflectiveOperationException e) {
            return e;
        }
    }

    private static String exports(String type) {
        try {
            return ""
                    + Class.forName(type)
                            .getMethod("textToNumericFormatV4", String.class)
                            .invoke(null, "no address");
        } catch (ReflectiveOperationException | RuntimeException e) {
            return e.toString().replaceAll("@\\w+", "");
        }
    }
}
