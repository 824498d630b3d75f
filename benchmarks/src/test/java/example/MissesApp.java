package example;

import java.io.File;

/**
 * Asks for as many absent classes and absent resources as its argument says, in packages of the class path, of the JDK and of nobody, and prints how many were
 * absent. Looks for {@code /MARK-begin} before and for {@code /MARK-end} after it.
 */
public final class MissesApp {
    private static final String[] PACKAGES = {"part.", "java.util.", "nowhere.at.all.", ""};

    private MissesApp() {}

    /** See the class. */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        askTheJdk(count);
        boolean marked = new File("/MARK-begin").exists();
        int classes = 0;
        int resources = 0;
        for (int i = 0; i < count; i++) {
            String name = PACKAGES[i % PACKAGES.length] + "Absent" + i;
            classes += isAbsent(name) ? 1 : 0;
            String resource = name.replace('.', '/') + (i % 2 == 0 ? ".class" : ".properties");
            resources += MissesApp.class.getClassLoader().getResource(resource) == null ? 1 : 0;
        }
        marked |= new File("/MARK-end").exists();
        System.out.println("classes=" + classes + " resources=" + resources + (marked ? " marked" : ""));
    }

    /** What the JDK itself does at first, and when the JIT compiler wants its methods' classes, it has done then: it reads lib/modules. */
    private static void askTheJdk(int count) {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        platform.getResource("java/lang/Object.class");
        for (int i = 0; i < count; i++) {
            try {
                Class.forName("java.util.Missing" + i, /* initialize= */ true, platform);
            } catch (ClassNotFoundException e) {
                platform.getResource("java/util/Missing" + i);
            }
        }
    }

    private static boolean isAbsent(String name) {
        try {
            Class.forName(name);
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }
}
