package io.bootcast.resolve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that travel although they are not on the class path: some or all of those below one directory. Filled by the resolver, then read. */
public final class FileSet {
    private final Path directory;
    private final List<String> names = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();

    /** @param directory absolute, without links */
    FileSet(Path directory) {
        this.directory = directory;
    }

    /** A file, or a directory whose name ends with a slash. */
    void add(String name, FileStamp stamp) {
        names.add(name);
        stamps.add(stamp);
        targets.add("");
    }

    /** A symbolic link to {@code target}, absolute, which travels too. */
    void addLink(String name, Path target) {
        names.add(name);
        stamps.add(FileStamp.MISSING);
        targets.add(directory.resolve(name).getParent().relativize(target).toString());
    }

    public Path directory() {
        return directory;
    }

    public int size() {
        return names.size();
    }

    /** Relative to the directory, parts parted by {@code /}; that of a directory ends with one, or is empty. */
    public String name(int i) {
        return names.get(i);
    }

    /** How the file was; {@link FileStamp#MISSING} for links. */
    public FileStamp stamp(int i) {
        return stamps.get(i);
    }

    /** Where a link leads, relative to its own directory; empty for files and directories. */
    public String target(int i) {
        return targets.get(i);
    }

    public boolean isDirectory(int i) {
        return names.get(i).isEmpty() || names.get(i).endsWith("/");
    }

    /** True for {@code x.so} and {@code x.so.1.2}: names under which native libraries lie in directories. */
    public static boolean isLibraryName(String name) {
        int at = name.lastIndexOf(".so");
        return at > 0 && (at + 3 == name.length() || name.charAt(at + 3) == '.');
    }
}
