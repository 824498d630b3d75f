package example;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Runs a plug-in in a class loader of its own, which has the whole class path and asks itself first, as servers and test tools do: the same classes
 * once more.
 */
public final class ChildFirstApp {
    private ChildFirstApp() {}

    /** See the class. */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        ClassLoader own = ChildFirstApp.class.getClassLoader();
        ChildFirstPlugin.count = 7;
        System.out.println(new ChildFirstPlugin().get());
        try (ChildFirstLoader child = new ChildFirstLoader(classPath(own), own)) {
            Class<?> type = child.loadClass("example.ChildFirstPlugin");
            System.out.println("own " + (type != ChildFirstPlugin.class) + " by " + (type.getClassLoader() == child)
                    + " shared interface " + Supplier.class.isAssignableFrom(type));
            Thread.currentThread().setContextClassLoader(child);
            System.out.println(((Supplier<?>) type.getDeclaredConstructor().newInstance()).get());
            for (Supplier<?> found : ServiceLoader.load(Supplier.class, child)) {
                System.out.println("service " + found.getClass().getName() + " of the child "
                        + (found.getClass().getClassLoader() == child));
            }
            String service = "META-INF/services/java.util.function.Supplier";
            List<URL> both = Collections.list(child.getResources(service));
            System.out.println(
                    "resources " + both.size() + " the same " + both.get(0).equals(both.get(both.size() - 1)));
            System.out.println(
                    "absent " + child.getResource("absent") + " " + Collections.list(child.getResources("x")));
            System.out.println("source " + name(type) + " " + name(child.loadClass("org.slf4j.Logger")));
        }
    }

    private static String name(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath()).getName();
    }

    /** As programs do since JDK 9: from the loader if it tells, else from the property. */
    private static URL[] classPath(ClassLoader loader) throws MalformedURLException {
        if (loader instanceof URLClassLoader) {
            return ((URLClassLoader) loader).getURLs();
        }
        List<URL> urls = new ArrayList<>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(new File(element).toURI().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    private static final class ChildFirstLoader extends URLClassLoader {
        ChildFirstLoader(URL[] urls, ClassLoader parent) {
            super(urls, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    return findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }
}
