package example;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Prints how classes, loaders and exceptions show themselves. */
public final class NamesApp {
    private NamesApp() {}

    public static void main(String[] args) {
        ClassLoader loader = NamesApp.class.getClassLoader();
        System.out.println("class " + NamesApp.class + " " + NamesApp.class.toGenericString());
        System.out.println("module " + NamesApp.class.getModule().isNamed());
        System.out.println("parent is platform " + (loader.getParent() == ClassLoader.getPlatformClassLoader()));
        StringWriter trace = new StringWriter();
        StackTraceElement first = null;
        try {
            fail(args);
        } catch (IllegalStateException e) {
            e.printStackTrace(new PrintWriter(trace));
            first = e.getStackTrace()[0];
        }
        trace.toString()
                .lines()
                .filter(line -> line.contains("NamesApp") || !line.startsWith("\t"))
                .forEach(line -> {
                    System.out.println("trace " + line);
                });
        System.out.println("name " + loader.getName());
        System.out.println("frame " + first.getClassLoaderName() + " " + first);
    }

    private static void fail(String[] args) {
        throw new IllegalStateException("on purpose", new RuntimeException("cause " + args.length));
    }
}
