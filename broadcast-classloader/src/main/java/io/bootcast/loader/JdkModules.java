package io.bootcast.loader;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The modules of the JDK, which come before the class path. Some of them, such as {@code jdk.compiler}, are the application class loader's own, so that our
 * parent does not have their resources. They show class files only; whoever scans byte code asks for those. Any thread.
 */
final class JdkModules {
    private static final String MODULE_INFO = "module-info.class";

    private final ClassLoader parent;
    private final ClassLoader builtIn;
    /** Null until somebody asks, and so is the other one: most applications never do. */
    private volatile Set<String> packages;

    private volatile Set<String> packagesOfBuiltIn;

    /**
     * @param parent the class loader above the application class loader
     * @param builtIn the JVM's own application class loader, which has loaded Bootcast
     */
    JdkModules(ClassLoader parent, ClassLoader builtIn) {
        this.parent = parent;
        this.builtIn = builtIn;
    }

    /** True if a module has the package of {@code className}, so that the class path is never asked for it. */
    boolean havePackageOf(String className) {
        if (packages == null) {
            packages = packagesOf(/* loader= */ null);
        }
        int dot = className.lastIndexOf('.');
        return dot > 0 && packages.contains(className.substring(0, dot));
    }

    /** The packages of all modules, or of those that {@code loader} defines. */
    private static Set<String> packagesOf(ClassLoader loader) {
        Set<String> found = new HashSet<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if (loader == null || module.getClassLoader() == loader) {
                found.addAll(module.getPackages());
            }
        }
        return found;
    }

    /** True if a module of the application class loader may have the resource {@code name}. */
    boolean mayHave(String name) {
        if (!name.endsWith(".class")) {
            return false;
        }
        if (packagesOfBuiltIn == null) {
            packagesOfBuiltIn = packagesOf(builtIn);
        }
        int slash = name.lastIndexOf('/');
        return name.equals(MODULE_INFO)
                || slash > 0
                        && packagesOfBuiltIn.contains(name.substring(0, slash).replace('/', '.'));
    }

    /** The first resource {@code name} of the parent or of those modules, or null. */
    URL find(String name) {
        try {
            List<URL> found = findAll(name);
            return found.isEmpty() ? null : found.get(0);
        } catch (IOException e) {
            return null;
        }
    }

    /** All resources {@code name} of the parent, then of those modules. What else the application class loader has is Bootcast's own. */
    List<URL> findAll(String name) throws IOException {
        List<URL> found = new ArrayList<>(Collections.list(parent.getResources(name)));
        int known = found.size();
        for (URL url : Collections.list(builtIn.getResources(name))) {
            if (url.getProtocol().equals("jrt") && !isAmong(found.subList(0, known), url)) {
                found.add(url);
            }
        }
        return found;
    }

    /** By text: URLs, when compared, may ask for their hosts' addresses. */
    private static boolean isAmong(List<URL> urls, URL url) {
        for (URL one : urls) {
            if (one.toString().equals(url.toString())) {
                return true;
            }
        }
        return false;
    }
}
