package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.loader.BroadcastClassLoader;
import io.bootcast.path.Prepared;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * The application's main class: found, and run, as the {@code java} launcher does it, with the launcher's messages. What leaves {@link #run} as an
 * exception shows the stack that stock {@code java} shows: Bootcast's own frames below main are taken off.
 */
final class ApplicationMain {
    private final URLClassLoader loader;
    private final String name;
    private final String[] arguments;

    ApplicationMain(CommandLine line, Prepared prepared) {
        this.loader = prepared.hasImage()
                ? new BroadcastClassLoader(prepared.image(), line.parentFirst())
                : new PlainLoader(prepared.settings().classPath, prepared.settings().nativeDirectories);
        if (line.makesArchive() && prepared.hasImage()) {
            linkAtEnd((BroadcastClassLoader) loader);
        }
        this.arguments = line.arguments();
        this.name = line.jar().isEmpty() ? line.mainClass().replace('/', '.') : mainClassOf(line.jar());
        setProperties(line);
    }

    /** The JVM writes the archive after its shutdown hooks. */
    private static void linkAtEnd(BroadcastClassLoader loader) {
        loader.rememberDefined();
        Runtime.getRuntime().addShutdownHook(new Thread("bootcast-link") {
            @Override
            public void run() {
                loader.linkDefined();
            }
        });
    }

    URLClassLoader loader() {
        return loader;
    }

    /** True if the application may use MPI: its class path has the bindings. */
    boolean holdsMpi() {
        return loader.findResource("mpi/MPI.class") != null;
    }

    private String mainClassOf(String jar) {
        URL manifest = loader.findResource("META-INF/MANIFEST.MF");
        if (manifest == null) {
            String problem = new File(jar).exists() ? "Invalid or corrupt jarfile " : "Unable to access jarfile ";
            throw new BootcastException(Fault.NO_MAIN, "Error: " + problem + jar);
        }
        try (InputStream in = manifest.openStream()) {
            String main = new Manifest(in).getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (main == null) {
                throw new BootcastException(Fault.NO_MAIN, "no main manifest attribute, in " + jar);
            }
            return main.trim();
        } catch (IOException e) {
            throw new BootcastException(Fault.NO_MAIN, "cannot read the manifest: jar=" + jar, e);
        }
    }

    /** What an application sees of the way it was started. */
    private void setProperties(CommandLine line) {
        StringBuilder command = new StringBuilder(line.jar().isEmpty() ? line.mainClass() : line.jar());
        for (String argument : arguments) {
            command.append(' ').append(argument);
        }
        System.setProperty("sun.java.command", command.toString());
        if (loader instanceof BroadcastClassLoader) {
            StringBuilder classPath = new StringBuilder();
            for (String file : ((BroadcastClassLoader) loader).classPath()) {
                classPath
                        .append(classPath.length() == 0 ? "" : File.pathSeparator)
                        .append(file);
            }
            System.setProperty("java.class.path", classPath.toString());
        }
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** Runs main in the calling thread. */
    void run() throws Throwable {
        Class<?> type = mainClass();
        Method main = findMain(type);
        try {
            Entry entry = MainMethod.isOrdinary(main) ? entryTo(main) : null;
            if (entry == null) {
                MainMethod.call(type, main, arguments);
            } else {
                entry.run(arguments);
            }
        } catch (Throwable thrown) {
            takeOffOwnFrames(thrown, new IdentityHashMap<>());
            throw thrown;
        }
    }

    /** The quick way to main, or null where there is none. */
    private Entry entryTo(Method main) {
        Class<?> type = main.getDeclaringClass();
        if (!(loader instanceof BroadcastClassLoader) || type.getClassLoader() != loader || type.isInterface()) {
            return null;
        }
        try {
            return Entry.to(type, (BroadcastClassLoader) loader);
        } catch (LinkageError | SecurityException e) {
            return null;
        }
    }

    private static Method findMain(Class<?> type) {
        try {
            return MainMethod.find(type);
        } catch (BootcastException e) {
            throw launcherError(e.getMessage());
        }
    }

    private Class<?> mainClass() {
        try {
            return Class.forName(name, /* initialize= */ false, loader);
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw launcherError("Error: Could not find or load main class " + name + "\nCaused by: " + e);
        } catch (LinkageError e) {
            throw launcherError("Error: LinkageError occurred while loading main class " + name + "\n\t" + e);
        }
    }

    /** Prints what the launcher would print, and ends the process as the launcher would. */
    private static Error launcherError(String message) {
        System.err.println(message);
        Runtime.getRuntime().exit(Fault.NO_MAIN.exitCode());
        return new AssertionError("exit returned");
    }

    private static void takeOffOwnFrames(Throwable thrown, Map<Throwable, Throwable> seen) {
        if (thrown == null || seen.put(thrown, thrown) != null) {
            return;
        }
        StackTraceElement[] frames = thrown.getStackTrace();
        int end = frames.length;
        if (end > 0 && frames[end - 1].getClassName().equals(Bootloader.class.getName())) {
            while (end > 0 && isOwn(frames[end - 1].getClassName())) {
                end--;
            }
            StackTraceElement[] kept = new StackTraceElement[end];
            System.arraycopy(frames, 0, kept, 0, end);
            thrown.setStackTrace(kept);
        }
        takeOffOwnFrames(thrown.getCause(), seen);
        for (Throwable suppressed : thrown.getSuppressed()) {
            takeOffOwnFrames(suppressed, seen);
        }
    }

    private static boolean isOwn(String className) {
        return className.startsWith("io.bootcast.boot.")
                || className.endsWith(Entry.SUFFIX)
                || className.startsWith("java.lang.reflect.")
                || className.startsWith("jdk.internal.reflect.");
    }
}
