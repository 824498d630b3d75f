package example;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;

/** Asks its loader for things of modules. Needs {@code java.lang} opened. Arguments: resources. */
public final class ModuleApp {
    private ModuleApp() {}

    public static void main(String[] args) throws Exception {
        Module unnamed = ModuleApp.class.getModule();
        ClassLoader loader = ModuleApp.class.getClassLoader();
        System.out.println("named " + unnamed.isNamed() + " of loader " + (loader.getUnnamedModule() == unnamed)
                + " loader " + (unnamed.getClassLoader() == loader) + " packages "
                + Arrays.toString(unnamed.getPackages().stream().sorted().toArray()));
        System.out.println(Class.forName(unnamed, "example.ModuleApp") + " " + Class.forName(unnamed, "p.A") + " "
                + Class.forName(unnamed, "p.Missing") + " " + Class.forName(unnamed, "java.lang.String") + " "
                + Class.forName(Object.class.getModule(), "p.A"));
        Method one = ClassLoader.class.getDeclaredMethod("findResource", String.class, String.class);
        one.setAccessible(true);
        for (String name : args) {
            System.out.println(name + " " + one.invoke(loader, null, name) + " " + one.invoke(loader, "a.module", name)
                    + " " + one.invoke(loader, "java.base", name));
            try (InputStream in = unnamed.getResourceAsStream(name)) {
                System.out.println("    stream " + (in == null ? "none" : new String(in.readAllBytes())));
            }
            Enumeration<?> all = loader.getResources(name);
            System.out.println("    all " + Collections.list(all));
        }
    }
}
