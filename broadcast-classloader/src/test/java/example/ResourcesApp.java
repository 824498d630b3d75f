package example;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;

/** Prints all that its own loader says of the resources that its arguments name; of a name that ends with {@code .class} it loads the class, too. */
public final class ResourcesApp {
    private static final String CLASS_SUFFIX = ".class";

    private ResourcesApp() {}

    public static void main(String[] args) throws IOException {
        ClassLoader loader = ResourcesApp.class.getClassLoader();
        for (String name : args) {
            System.out.println(name + " first " + loader.getResource(name));
            for (URL url : Collections.list(loader.getResources(name))) {
                System.out.println("    " + url + " " + content(url));
            }
            try (InputStream in = loader.getResourceAsStream(name)) {
                System.out.println("    stream " + (in == null ? "none" : Arrays.hashCode(in.readAllBytes())));
            }
            if (name.endsWith(CLASS_SUFFIX)) {
                String type = name.substring(0, name.length() - CLASS_SUFFIX.length());
                System.out.println("    " + load(type.replace('/', '.'), loader));
            }
        }
    }

    private static String content(URL url) {
        try (InputStream in = url.openStream()) {
            return String.valueOf(Arrays.hashCode(in.readAllBytes()));
        } catch (IOException e) {
            return e.getClass().getName();
        }
    }

    private static String load(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, /* initialize= */ true, loader);
            return type
                    + (type.getModule().isNamed() || type.getClassLoader() == loader ? " here " : " elsewhere ")
                    + (type.getProtectionDomain().getCodeSource() == null
                            ? ""
                            : type.getProtectionDomain().getCodeSource().getLocation());
        } catch (ClassNotFoundException | LinkageError e) {
            return e.toString();
        }
    }
}
