package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.loader.BroadcastClassLoader;
import io.bootcast.path.Prepared;
import java.io.File;
import java.net.URLClassLoader;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The application's main class: found, and run, as the {@code java} launcher does it, with the launcher's messages. What leaves {@link #run} as an
 * exception shows the stack that stock {@code java} shows: Bootcast's own frames below main are taken off.
 */
final class ApplicationMain {
    private final URLClassLoader loader;
    private final CommandLine line;
    private final String mainClass;
    private final String[] arguments;

    ApplicationMain(CommandLine line, Prepared prepared) {
        this.loader = prepared.hasImage()
                ? new BroadcastClassLoader(prepared.image(), line.parentFirst())
                : new PlainLoader(prepared.settings().classPath, prepared.settings().nativeDirectories);
        if (line.makesArchive() && prepared.hasImage()) {
            linkAtEnd((BroadcastClassLoader) loader);
        }
        this.line = line;
        this.mainClass = line.jar().isEmpty() && line.mainClass().isEmpty() ? prepared.mainClass() : line.mainClass();
        this.arguments = line.arguments();
        setProperties();
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

    /** What an application sees of the way it was started. */
    private void setProperties() {
        StringBuilder command = new StringBuilder(line.jar().isEmpty() ? mainClass : line.jar());
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

    /**
     * Runs main in the calling thread; where there is none, ends the process as the launcher would. One frame on the stack, not two: Log4j, which
     * compares a trace with the running stack, passes over a class that it has met before and no longer finds the rest.
     */
    void run() throws Throwable {
        MainMethod main = mainOrExit();
        Class<?> type = main.type();
        try {
            Entry entry = main.isUsual() ? entryTo(main.owner()) : null;
            if (entry == null || type != main.owner()) {
                // As the launcher does; a call by reflection would be seen in the stack of what a static initialiser
                // throws.
                Class.forName(type.getName(), /* initialize= */ true, type.getClassLoader());
            }
            if (entry == null) {
                main.call(arguments);
            } else {
                entry.run(arguments);
            }
        } catch (Throwable thrown) {
            takeOffOwnFrames(thrown, new IdentityHashMap<>());
            throw thrown;
        }
    }

    private MainMethod mainOrExit() {
        try {
            return MainMethod.of(mainClass());
        } catch (BootcastException e) {
            System.err.println("bootcast: " + e.getMessage());
            Runtime.getRuntime().exit(e.fault().exitCode());
            throw new AssertionError("exit never returns", e);
        }
    }

    /** The quick way to main, or null where there is none. */
    private Entry entryTo(Class<?> owner) {
        if (!(loader instanceof BroadcastClassLoader) || owner.getClassLoader() != loader) {
            return null;
        }
        try {
            return Entry.to(owner, (BroadcastClassLoader) loader);
        } catch (LinkageError | SecurityException e) {
            return null;
        }
    }

    private Class<?> mainClass() {
        boolean isJar = !line.jar().isEmpty();
        String name = isJar ? new JarLaunch(line.jar(), loader).begin() : mainClass;
        if (name.isEmpty() && !line.settings().bundle.isEmpty()) {
            throw new BootcastException(Fault.USAGE, "the bundle names no main class: give one, or build it with one");
        }
        name = name.replace('/', '.');
        try {
            Class<?> type = Class.forName(name, /* initialize= */ false, loader);
            return isJavaFx(type) ? new StockLauncher().javaFxStarter(isJar ? line.jar() : mainClass, isJar) : type;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new StockLauncher().stopWithoutMainClass(name, e);
        }
    }

    private static boolean isJavaFx(Class<?> main) {
        for (Class<?> type = main.getSuperclass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("javafx.application.Application")) {
                return true;
            }
        }
        return false;
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
                || className.equals("java.lang.Class")
                || className.startsWith("java.lang.reflect.")
                || className.startsWith("jdk.internal.reflect.");
    }
}
