package example;

import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Set;

/** Loads the classes that its arguments name and prints how many loaders of this JVM have defined each of them. Needs {@code java.lang} opened. */
public final class IdentityApp {
    private IdentityApp() {}

    public static void main(String[] args) throws Exception {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(IdentityApp.class.getClassLoader());
        loaders.add(Thread.currentThread().getContextClassLoader());
        loaders.add(ClassLoader.getSystemClassLoader());
        loaders.add(ClassLoader.getPlatformClassLoader());
        Method findLoaded = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
        findLoaded.setAccessible(true);
        for (String name : args) {
            Class.forName(name);
            int definitions = 0;
            for (ClassLoader loader : loaders) {
                Class<?> found = (Class<?>) findLoaded.invoke(loader, name);
                definitions += found != null && found.getClassLoader() == loader ? 1 : 0;
            }
            System.out.println(name + " definitions=" + definitions);
        }
    }
}
