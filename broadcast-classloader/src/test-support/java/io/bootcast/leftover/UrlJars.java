package io.bootcast.leftover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Jars that the JDK keeps open because somebody has read them through a {@code jar:} URL. That is no test's fault, and it hides what is: they
 * are closed before open files are looked at. (Without the cache, {@code URLConnection.setDefaultUseCaches}, streams behave otherwise.)
 */
final class UrlJars {
    private static final Map<String, JarFile> CACHE = cache();

    private UrlJars() {}

    static Set<JarFile> kept() {
        return new HashSet<>(CACHE.values());
    }

    /** Closes those that are not in {@code before}. */
    static void closeAllBut(Set<JarFile> before) {
        for (JarFile jar : kept()) {
            if (!before.contains(jar)) {
                try {
                    jar.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @SuppressWarnings("unchecked") // the field's type, in 17 and in 25
    private static Map<String, JarFile> cache() {
        try {
            Field cache =
                    Class.forName("sun.net.www.protocol.jar.JarFileFactory").getDeclaredField("fileCache");
            cache.setAccessible(true); // Surefire's --add-opens java.base/sun.net.www.protocol.jar
            return (Map<String, JarFile>) cache.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the JDK's cache of jars is not where it was", e);
        }
    }
}
