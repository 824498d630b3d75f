package io.bootcast.loader;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a program in this JVM as {@code bootcast run} would, but without its command line: an image made by the real data path, a loader over it, the program's
 * main. Arguments: the store's directory, the class path, the elements that stay at home (parted by colons), {@code true} to ask the parent first, the
 * main class, and the program's own.
 */
public final class LoaderMain {
    private static final int OWN_ARGUMENTS = 5;

    private LoaderMain() {}

    public static void main(String[] args) throws Throwable {
        List<String> live = args[2].isEmpty() ? List.of() : List.of(args[2].split(File.pathSeparator));
        Object[] classPath = args[1].split(File.pathSeparator, /* keep empty ones */ -1);
        try (TestImage image = TestImage.ofLive(live, Path.of(args[0]), classPath);
                BroadcastClassLoader loader = new BroadcastClassLoader(image.image(), Boolean.parseBoolean(args[3]))) {
            System.setProperty("java.class.path", String.join(File.pathSeparator, loader.classPath()));
            Thread.currentThread().setContextClassLoader(loader);
            Class.forName(args[4], /* initialize= */ false, loader)
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, OWN_ARGUMENTS, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
