package io.bootcast.build;

import io.bootcast.store.LaunchList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that start the application from a staged image, as {@code scripts/bootcast} has them: class-data archives fit only a JVM that is started in just that way. The process has
 * descriptor 9 open on the image's directory.
 *
 * @param java the JVM's launcher
 * @param store the store of the image
 * @param mainClass the application's
 * @param arguments the application's
 */
record Launch(Path java, Path store, String mainClass, List<String> arguments) {
    private static final String DESCRIPTOR = "/proc/self/fd/9/";
    private static final String BOOT = "boot/bootcast.jar";
    private static final String MPI = "boot/mpi.jar";

    /** By the broadcast loader: {@code bootcast run --bundle}. */
    List<String> byLoader(Path image, List<String> jvm, List<String> bootcast) {
        List<String> words = new ArrayList<>(List.of(java.toString()));
        words.add("@" + image.resolve("launch/options.args"));
        words.addAll(jvm);
        words.addAll(List.of("--add-exports", "java.base/jdk.internal.access=ALL-UNNAMED"));
        words.addAll(List.of("-cp", DESCRIPTOR + BOOT + ":" + DESCRIPTOR + MPI, "io.bootcast.boot.Bootloader", "run"));
        words.addAll(List.of("--transport", "solo", "--no-rank", "--keep", "--store", store.toString()));
        words.addAll(List.of("--staged", image.getFileName().toString()));
        words.addAll(bootcast);
        words.add("--");
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }

    /** By the JDK's application loader: {@code bootcast java}. */
    List<String> byStock(Path image, List<String> jvm) {
        List<String> words = new ArrayList<>(List.of(java.toString()));
        words.add("@" + image.resolve("launch/descriptor.args"));
        words.addAll(jvm);
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }

    /** Puts Bootcast's own jars, from {@code lib}, where these commands look for them. */
    static void addJars(Parts parts, Path lib) throws java.io.IOException {
        parts.file(BOOT, lib.resolve("bootcast.jar"));
        parts.file(MPI, lib.resolve("mpi.jar"));
    }

    /** Notes what the launcher has to know of the JVM. */
    static void describeJvm(Parts parts) {
        for (String key : List.of(LaunchList.JVM_VERSION, LaunchList.JVM_VENDOR, LaunchList.ARCHITECTURE)) {
            parts.set(key, System.getProperty(key));
        }
    }
}
