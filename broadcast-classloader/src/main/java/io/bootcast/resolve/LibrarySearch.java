package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which file {@code System.loadLibrary} shall find for a name. Order: the JDK's own libraries; {@code java.library.path}, as stock; then the directories of {@code
 * --native}; then those of the class path's jars. A name whose first directory in this order does not travel is left to the JVM, which finds the same file.
 * For one thread, at the root.
 */
final class LibrarySearch {
    private final CarriedFiles files;
    private final Sightings sightings;
    private final Resolver.Reader reader;
    /** The directories that the JVM searches itself. */
    private final List<String> jvms = new ArrayList<>();
    /** Those that it does not know. */
    private final List<Path> ours = new ArrayList<>();

    LibrarySearch(CarriedFiles files, Sightings sightings, Resolver.Reader reader) {
        this.files = files;
        this.sightings = sightings;
        this.reader = reader;
    }

    /** The next directory of those that the JVM searches itself. */
    void addJvms(String directory) {
        jvms.add(directory);
    }

    /** The next directory of those that the JVM does not know. */
    void addOurs(Path directory) {
        ours.add(directory);
    }

    /** Tells the reader what is found where. Asks for nothing if no library could be found. */
    void run() throws IOException {
        if (ours.isEmpty() && !files.haveLibraries()) {
            return;
        }
        List<Path> known = existing();
        int last = known.size();
        while (ours.isEmpty() && last > 0 && !files.hasLibraryIn(known.get(last - 1))) {
            last--;
        }
        Set<String> taken = new HashSet<>();
        for (Path directory : known.subList(0, last)) {
            for (String name : loadable(directory)) {
                if (taken.add(name) && files.hasLibrary(directory.resolve(name))) {
                    reader.library(directory.resolve(name), /* carried= */ true);
                }
            }
        }
        for (Path directory : ours) {
            for (String name : loadable(directory)) {
                Path file = files.real(directory).resolve(name);
                boolean carried = files.hasLibrary(file);
                if ((carried || FileStamp.of(file).isRegular()) && taken.add(name)) {
                    reader.library(file, carried);
                }
            }
        }
    }

    private List<Path> existing() throws IOException {
        List<Path> directories = new ArrayList<>();
        for (String directory : jvms) {
            Path path = Resolver.pathOf(new File(directory).getAbsoluteFile());
            FileStamp stamp = FileStamp.of(path);
            if (!stamp.isDirectory()) {
                sightings.file(directory, stamp);
                continue;
            }
            directories.add(files.real(path));
            if (files.hasLibraryIn(files.real(path))) {
                reader.libraryDirectory(directory, files.real(path));
            }
        }
        return directories;
    }

    /** The names in {@code directory} that {@code System.mapLibraryName} gives. */
    private List<String> loadable(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : sightings.libraries(directory.toString())) {
            if (name.startsWith("lib") && name.endsWith(".so")) {
                names.add(name);
            }
        }
        return names;
    }
}
