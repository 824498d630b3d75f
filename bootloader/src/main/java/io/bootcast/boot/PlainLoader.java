package io.bootcast.boot;

import io.bootcast.resolve.LibraryPath;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** The plain class path, loaded the stock way, for a rank whose node could not take the image. */
final class PlainLoader extends URLClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final ClassLoader own = PlainLoader.class.getClassLoader();
    private final List<String> nativeDirectories;

    /** @param nativeDirectories where native libraries are found that the JVM does not find itself */
    PlainLoader(String classPath, List<String> nativeDirectories) {
        super(urls(classPath), ClassLoader.getPlatformClassLoader());
        this.nativeDirectories = nativeDirectories;
    }

    private static URL[] urls(String classPath) {
        List<URL> urls = new ArrayList<>();
        for (String element : classPath.split(File.pathSeparator, -1)) {
            File wildcard = element.equals("*") || element.endsWith("/*")
                    ? new File(element).getAbsoluteFile().getParentFile()
                    : null;
            String[] names = wildcard == null ? null : wildcard.list();
            if (names == null) {
                add(new File(element.isEmpty() ? "." : element), urls);
                continue;
            }
            for (String name : names) {
                if (name.endsWith(".jar") || name.endsWith(".JAR")) {
                    add(new File(wildcard, name), urls);
                }
            }
        }
        return urls.toArray(new URL[0]);
    }

    private static void add(File file, List<URL> urls) {
        try {
            urls.add(file.getAbsoluteFile().toURI().toURL());
        } catch (MalformedURLException e) {
            throw new AssertionError("a file always has a URL: " + file, e);
        }
    }

    /** The same order as with an image: what the JVM finds itself, {@code --native}, beside the jars. */
    @Override
    protected String findLibrary(String name) {
        String jvms = System.getProperty("sun.boot.library.path")
                + File.pathSeparator
                + System.getProperty("java.library.path");
        List<String> others = new ArrayList<>(nativeDirectories);
        for (URL url : getURLs()) {
            others.add(new File(URI.create(url.toString())).getParent());
        }
        String file = System.mapLibraryName(name);
        if (!find(LibraryPath.directories(jvms), file).isEmpty()) {
            return null;
        }
        String found = find(others, file);
        return found.isEmpty() ? null : found;
    }

    private static String find(List<String> directories, String name) {
        for (String directory : directories) {
            File file = new File(directory, name);
            if (file.exists()) {
                return file.getAbsolutePath();
            }
        }
        return "";
    }

    /** MPI exists once per JVM, as with the image's loader. */
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith("mpi.") || name.startsWith("org.crac.")) {
            try {
                return own.loadClass(name);
            } catch (ClassNotFoundException e) {
                return super.findClass(name);
            }
        }
        return super.findClass(name);
    }
}
