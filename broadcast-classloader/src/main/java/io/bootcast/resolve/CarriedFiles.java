package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What travels beside the class path, after it: directories as a whole, and single files, each with the path that it has here, so that what refers to each other by
 * relative paths still does. Where a native library is reached by a symbolic link, the link travels as one and what it leads to as well: the JVM and the dynamic
 * linker follow links, and then look around where they have arrived. For one thread, at the root.
 */
final class CarriedFiles {
    private final Limits limits;
    private final Resolver.Reader reader;
    private final Sightings sightings;
    private long bytesTaken;

    /** Directories that travel as a whole. */
    private final List<Path> trees;
    /** Files that travel for the class path's sake. */
    private final Set<Path> elsewhere;
    /** Single files and links that wait to be read, by directory. */
    private final TreeMap<Path, FileSet> waiting = new TreeMap<>();
    /** Each library that travels: the path under which its bytes do. */
    private final Map<Path, Path> libraries = new HashMap<>();

    private final Set<Path> links = new HashSet<>();
    private final Map<Path, Path> directories = new HashMap<>();

    /** What the ELF files among those that were read say, by path. */
    private final TreeMap<Path, ElfLibrary> read;

    CarriedFiles(Limits limits, Resolver.Reader reader, Resolver classPath) {
        this.limits = limits;
        this.reader = reader;
        this.sightings = classPath.sightings();
        this.bytesTaken = classPath.bytesTaken();
        this.trees = new ArrayList<>(classPath.directories());
        this.elsewhere = classPath.jars();
        this.read = new TreeMap<>(classPath.libraries());
        for (Path library : read.keySet()) {
            libraries.put(library, library);
        }
    }

    /** The ELF files that travel, read so far. */
    Map<Path, ElfLibrary> read() {
        return read;
    }

    /** True if any native library travels. */
    boolean haveLibraries() {
        return !libraries.isEmpty();
    }

    /** True if {@code file}, a native library, travels. */
    boolean hasLibrary(Path file) {
        return libraries.containsKey(file);
    }

    /** True if some native library in {@code directory} itself travels. */
    boolean hasLibraryIn(Path directory) {
        for (Path library : libraries.keySet()) {
            if (library.getParent().equals(directory)) {
                return true;
            }
        }
        return false;
    }

    /** Takes along all below {@code name}, which the user wrote, or that one file. Returns its true path; an empty path if it is not there. */
    Path carryNamed(String name) throws IOException {
        Path named = Resolver.pathOf(new File(name).getAbsoluteFile());
        FileStamp stamp = FileStamp.of(named);
        if (!stamp.exists()) {
            sightings.file(name, stamp);
            reader.leave(new Element(Element.Kind.ABSENT, named, stamp, "does not exist"));
            return Path.of("");
        }
        Path real = named.toRealPath();
        if (stamp.isDirectory()) {
            carryTree(name, real, stamp);
        } else {
            carry(real);
        }
        if (isInTree(real) || libraries.containsKey(real)) {
            linkNamed(named, real);
        }
        return real;
    }

    /** The name by which the user calls the directory is there, too, if its last part is a link. */
    private void linkNamed(Path named, Path real) throws IOException {
        Path last = named.getFileName();
        if (last != null && !last.toString().equals(".") && !last.toString().equals("..")) {
            link(real(named.getParent()).resolve(last), real);
        }
    }

    /** The true path of a directory. */
    Path real(Path directory) throws IOException {
        Path known = directories.get(directory);
        if (known == null) {
            known = directory.toRealPath();
            directories.put(directory, known);
        }
        return known;
    }

    private void carryTree(String name, Path directory, FileStamp stamp) throws IOException {
        if (isInTree(directory)) {
            return;
        }
        if (limits.isLive(directory)) {
            reader.leave(new Element(Element.Kind.LIVE, directory, stamp, "named by --live"));
            return;
        }
        DirectoryTree tree = DirectoryTree.walk(directory.toFile(), limits.files(), limits.directoryBytes());
        String reason = !tree.tooLarge().isEmpty()
                ? tree.tooLarge()
                : bytesTaken + tree.bytes() > limits.totalBytes() ? "beyond --max-bytes" : "";
        if (!reason.isEmpty()) {
            reader.leave(new Element(Element.Kind.LIVE, directory, stamp, reason));
            return;
        }
        bytesTaken += tree.bytes();
        sightings.tree(name, tree);
        FileSet files = filesOf(directory, tree);
        trees.add(directory);
        readNow(files);
    }

    /** Without what travels already. */
    private FileSet filesOf(Path directory, DirectoryTree tree) throws IOException {
        FileSet files = new FileSet(directory);
        String linked = "";
        for (int i = 0; i < tree.names().size(); i++) {
            String name = tree.names().get(i);
            Path path = directory.resolve(name);
            if (name.endsWith("/")) {
                boolean below = !linked.isEmpty() && name.startsWith(linked);
                linked = below ? linked : FileStamp.ofLink(path).equals(tree.stamp(i)) ? "" : name;
            }
            if (elsewhere.contains(path) || isInTree(path)) {
                continue;
            }
            if (FileSet.isLibraryName(name)) {
                boolean below = !linked.isEmpty() && name.startsWith(linked);
                boolean plain = !below && FileStamp.ofLink(path).equals(tree.stamp(i));
                addLibrary(files, name, tree.stamp(i), plain ? path : path.toRealPath());
            } else {
                files.add(name, tree.stamp(i));
            }
        }
        return files;
    }

    private void addLibrary(FileSet files, String name, FileStamp stamp, Path real) throws IOException {
        Path path = files.directory().resolve(name);
        libraries.put(path, real);
        if (real.equals(path)) {
            files.add(name, stamp);
        } else {
            files.addLink(name, real);
            if (!real.startsWith(files.directory())) {
                carry(real);
            }
        }
    }

    private boolean isInTree(Path path) {
        for (Path tree : trees) {
            if (path.startsWith(tree)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes along the native libraries that lie in {@code directory}, not below it, as far as {@code --max-bytes} allows; nothing where MPI's are. Returns
     * whether libraries are to be looked for there.
     */
    boolean carryLibrariesIn(Path directory) throws IOException {
        List<String> names = sightings.libraries(directory.toString());
        if (names.isEmpty() || names.contains(LibraryPath.MPI_LIBRARY) || isInTree(directory)) {
            return !names.isEmpty() && !names.contains(LibraryPath.MPI_LIBRARY);
        }
        for (String name : names) {
            Path file = directory.resolve(name);
            if (limits.isLive(file)) {
                continue;
            }
            FileStamp stamp = FileStamp.of(file);
            if (bytesTaken + stamp.sizeBytes() <= limits.totalBytes()) {
                carry(file);
            } else {
                reader.leave(new Element(Element.Kind.LIVE, file, stamp, "beyond --max-bytes"));
            }
        }
        return true;
    }

    /** Takes {@code file} along unless it travels already. Returns the path under which its bytes do, an empty one if it is no file that can travel. */
    Path carry(Path file) throws IOException {
        Path directory = real(file.getParent());
        Path path = directory.resolve(file.getFileName());
        Path known = libraries.get(path);
        if (known != null || isInTree(path)) {
            link(file.getParent(), directory);
            return known == null ? path : known;
        }
        FileStamp stamp = FileStamp.of(path);
        sightings.file(path.toString(), stamp);
        if (!stamp.isRegular() || stamp.sizeBytes() > Integer.MAX_VALUE) {
            return Path.of("");
        }
        link(file.getParent(), directory);
        Path real = FileStamp.ofLink(path).equals(stamp) ? path : path.toRealPath();
        libraries.put(path, real);
        if (real.equals(path)) {
            bytesTaken += stamp.sizeBytes();
            waitingIn(directory).add(path.getFileName().toString(), stamp);
        } else {
            link(path, real);
            carry(real);
        }
        return real;
    }

    private void link(Path from, Path to) throws IOException {
        if (!from.equals(to) && !isInTree(from) && links.add(from)) {
            sightings.file(from.toString(), FileStamp.of(from));
            waitingIn(from.getParent()).addLink(from.getFileName().toString(), to);
        }
    }

    private FileSet waitingIn(Path directory) {
        FileSet files = waiting.get(directory);
        if (files == null) {
            files = new FileSet(directory);
            waiting.put(directory, files);
        }
        return files;
    }

    /** Reads the single files that were met since the last time. */
    void readWaiting() throws IOException {
        List<FileSet> sets = new ArrayList<>(waiting.values());
        waiting.clear();
        for (FileSet files : sets) {
            readNow(files);
        }
    }

    private void readNow(FileSet files) throws IOException {
        for (Map.Entry<String, ElfLibrary> entry : reader.readFiles(files).entrySet()) {
            Path path = files.directory().resolve(entry.getKey());
            read.put(path, entry.getValue());
            libraries.putIfAbsent(path, path);
        }
    }
}
