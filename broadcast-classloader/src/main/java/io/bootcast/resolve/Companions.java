package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the user wants to travel beside the class path. Order of what is done: {@code --with-files}, {@code --native}, the user's own directories of {@code
 * java.library.path}, native libraries beside jars, what all those need; then which of them {@code System.loadLibrary} finds.
 */
public final class Companions {
    private final List<String> withFiles;
    private final List<String> nativeDirectories;
    private final String libraryPath;
    private final boolean libraryPathIsGiven;

    /**
     * @param withFiles directories, as the user named them
     * @param nativeDirectories directories to be searched for native libraries
     * @param libraryPath {@code java.library.path}
     * @param libraryPathIsGiven false if that is the JVM's default
     */
    public Companions(
            List<String> withFiles, List<String> nativeDirectories, String libraryPath, boolean libraryPathIsGiven) {
        this.withFiles = withFiles;
        this.nativeDirectories = nativeDirectories;
        this.libraryPath = libraryPath;
        this.libraryPathIsGiven = libraryPathIsGiven;
    }

    void carry(Resolver classPath, Limits limits, Resolver.Reader reader) throws IOException {
        CarriedFiles files = new CarriedFiles(limits, reader, classPath);
        Sightings sightings = classPath.sightings();
        LibrarySearch search = new LibrarySearch(files, sightings, reader);
        for (String name : withFiles) {
            files.carryNamed(name);
        }
        Set<Path> ours = new LinkedHashSet<>();
        for (String name : nativeDirectories) {
            Path directory = files.carryNamed(name);
            if (!directory.toString().isEmpty()) {
                ours.add(directory);
            }
        }
        for (String directory : LibraryPath.directories(System.getProperty("sun.boot.library.path", ""))) {
            search.addJvms(directory);
        }
        for (String directory : LibraryPath.directories(libraryPath)) {
            if (libraryPathIsGiven) {
                carryUsers(directory, files, sightings);
            }
            search.addJvms(directory);
        }
        for (Path directory : classPath.jarDirectories()) {
            if (!isSystem(directory) && files.carryLibrariesIn(directory)) {
                ours.add(directory);
            }
        }
        new Dependencies(files, sightings).carryAll();
        for (Path directory : ours) {
            search.addOurs(directory);
        }
        search.run();
    }

    /**
     * A directory of {@code java.library.path}, if it is the user's own and has libraries. Of the working directory, and of one above it, the libraries only: it is where programs
     * read and write whatever they want.
     */
    private static void carryUsers(String name, CarriedFiles files, Sightings sightings) throws IOException {
        Path path = Resolver.pathOf(new File(name).getAbsoluteFile());
        if (!FileStamp.of(path).isDirectory() || isSystem(path) || isSystem(files.real(path))) {
            return;
        }
        List<String> libraries = sightings.libraries(name);
        if (libraries.isEmpty() || libraries.contains(LibraryPath.MPI_LIBRARY)) {
            return;
        }
        if (files.real(Path.of("").toAbsolutePath()).startsWith(files.real(path))) {
            files.carryLibrariesIn(files.real(path));
        } else {
            files.carryNamed(name);
        }
    }

    private static boolean isSystem(Path directory) {
        return LibraryPath.isSystem(directory, System.getProperty("java.home", ""));
    }
}
