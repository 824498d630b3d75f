package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The files below a directory, links followed, in sorted order; or the reason not to take them along: too many, too large, too deep.
 *
 * <p>Whoever says {@code -cp .} in a directory of a terabyte or of a million names wants to know that at once. So the tree is walked level by level:
 * all directories of a level are listed before the first of their names is looked at, each listing is given up where it passes the limit, and the first
 * file that is too large ends the walk. A tree of too many names costs no look at any name of the level that holds them, and never more than
 * a tree that is just small enough.
 */
public final class DirectoryTree {
    private static final int DEEPEST = 100;

    private final int fileLimit;
    private final long byteLimit;
    private final List<String> names = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private long listed;
    private int files;
    private long bytes;
    private String tooLarge = "";

    private DirectoryTree(int fileLimit, long byteLimit) {
        this.fileLimit = fileLimit;
        this.byteLimit = byteLimit;
    }

    /** Walks {@code directory} until a limit is passed. One listing per directory, one stamp per file. */
    public static DirectoryTree walk(File directory, int fileLimit, long byteLimit) throws IOException {
        DirectoryTree tree = new DirectoryTree(fileLimit, byteLimit);
        Child root = new Child(directory, "", FileStamp.of(directory));
        List<Child> level = new ArrayList<>();
        level.add(root);
        for (int depth = 0; !level.isEmpty() && tree.tooLarge.isEmpty(); depth++) {
            if (depth > DEEPEST) {
                tree.tooLarge = "has more than " + DEEPEST + " levels";
            } else if (tree.list(level)) {
                level = tree.look(level);
            }
        }
        if (tree.tooLarge.isEmpty()) {
            tree.add(root, "");
        }
        return tree;
    }

    /** Lists the directories of a level; false if that alone shows that there are too many names. */
    private boolean list(List<Child> level) throws IOException {
        for (Child directory : level) {
            directory.children = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory.file.toPath())) {
                for (Path path : stream) {
                    listed++;
                    // A name is a file or a directory, and neither may be more than the limit.
                    if (listed > 2L * fileLimit) {
                        return tooManyFiles();
                    }
                    String name = path.getFileName().toString();
                    directory.children.add(new Child(new File(directory.file, name), name, null));
                }
            } catch (AccessDeniedException e) {
                // Whoever knows a file's name may still open it: at home only.
                tooLarge = "has a directory that cannot be listed";
                return false;
            } catch (NoSuchFileException | NotDirectoryException e) {
                // It has gone in the meantime.
                continue;
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            Collections.sort(directory.children);
        }
        return true;
    }

    private boolean tooManyFiles() {
        tooLarge = "has more than " + fileLimit + " files";
        return false;
    }

    /** Looks at what a level's directories hold until a limit is passed; returns the next level. */
    private List<Child> look(List<Child> level) throws IOException {
        List<Child> next = new ArrayList<>();
        for (Child directory : level) {
            for (Child child : directory.children) {
                child.stamp = FileStamp.of(child.file);
                if (child.stamp.isDirectory()) {
                    next.add(child);
                } else if (child.stamp.isRegular()) {
                    files++;
                    bytes += child.stamp.sizeBytes();
                }
                if (files > fileLimit) {
                    tooManyFiles();
                    return next;
                }
                if (bytes > byteLimit) {
                    tooLarge = "has more than " + byteLimit + " bytes";
                    return next;
                }
            }
        }
        return next;
    }

    /** A directory's name comes before those of what it holds. */
    private void add(Child child, String name) {
        names.add(name);
        stamps.add(child.stamp);
        if (child.children != null) {
            for (Child inner : child.children) {
                if (inner.stamp.isDirectory()) {
                    add(inner, name + inner.name + "/");
                } else if (inner.stamp.isRegular()) {
                    add(inner, name + inner.name);
                }
            }
        }
    }

    /** Why the walk was given up, or an empty string. */
    public String tooLarge() {
        return tooLarge;
    }

    /**
     * Names relative to the directory, parts parted by {@code /}; those of directories end with one, that of the directory itself is empty. None if the walk
     * was given up.
     */
    public List<String> names() {
        return names;
    }

    public FileStamp stamp(int i) {
        return stamps.get(i);
    }

    /** The files' bytes, as far as they were looked at. */
    public long bytes() {
        return bytes;
    }

    /** 64 bits (FNV-1a) over all names and stamps, or the reason why the walk was given up: if they are the same, so is the tree. */
    public String fingerprint() {
        long hash = Fingerprint.add(Fingerprint.EMPTY, tooLarge);
        for (int i = 0; i < names.size(); i++) {
            hash = Fingerprint.add(hash, names.get(i) + " " + stamps.get(i).text() + "\n");
        }
        return "tree-" + Long.toHexString(hash);
    }

    /** A name in a directory. */
    private static final class Child implements Comparable<Child> {
        final File file;
        final String name;
        FileStamp stamp;
        /** Null for what is no directory. */
        List<Child> children;

        Child(File file, String name, FileStamp stamp) {
            this.file = file;
            this.name = name;
            this.stamp = stamp;
        }

        @Override
        public int compareTo(Child other) {
            return name.compareTo(other.name);
        }
    }
}
