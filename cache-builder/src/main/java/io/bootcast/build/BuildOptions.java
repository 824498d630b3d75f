package io.bootcast.build;

import io.bootcast.build.bundle.Compression;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code bootcast build} was asked for.
 *
 * @param target the bundle to write
 * @param classPath as the user wrote it; the jar of {@code -jar}
 * @param isJar true with {@code -jar}
 * @param mainClass empty if there is none: then there is no trial run
 * @param arguments of trial runs
 * @param jvm options of the JVM, which become the application's own
 * @param variants JVM flags, a list for each {@code --for}, with which the application is going to be started too
 * @param runs trial runs that are merged
 * @param isStatic no trial run: what is loaded is found out from the classes alone
 * @param stopAfterSeconds after which a trial run is ended by SIGTERM; 0: it ends by itself
 * @param loadLists files of earlier runs, merged with what is learned
 * @param withRuntime a Java runtime comes along
 * @param minimal of that only the modules that are needed
 * @param nativeDirectories that come along, with their native libraries
 * @param withFiles directories that come along
 * @param live elements of the class path that stay where they are
 * @param makesArchives false: no class-data archives
 * @param store a directory on this machine for what is made on the way; empty: below {@code java.io.tmpdir}
 */
record BuildOptions(
        Path target,
        String classPath,
        boolean isJar,
        String mainClass,
        List<String> arguments,
        List<String> jvm,
        List<String> variants,
        int runs,
        boolean isStatic,
        long stopAfterSeconds,
        List<Path> loadLists,
        boolean withRuntime,
        boolean minimal,
        List<String> nativeDirectories,
        List<String> withFiles,
        List<String> live,
        long maxBytes,
        boolean makesArchives,
        Compression compression,
        String store,
        boolean verbose) {
    /** How many steps the build takes, about: what {@code --for} adds may be served by one archive. */
    int steps() {
        int archives = makesArchives && hasTrial() ? 2 * (1 + variants.size()) : 0;
        int trials = hasTrial() ? runs : 0;
        return 2 + trials + (mainClass.isEmpty() ? 0 : 2) + (withRuntime ? 1 : 0) + archives;
    }

    /** True if the application is run to see what it loads. */
    boolean hasTrial() {
        return !isStatic && !mainClass.isEmpty() && runs > 0;
    }
}
