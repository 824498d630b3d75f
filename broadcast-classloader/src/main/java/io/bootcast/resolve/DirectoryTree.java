package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The files below a directory, links followed, in sorted order; or the fact that there are too many to take along. */
public final class DirectoryTree {
    private static final int DEEPEST = 100;

    private final File directory;
    private final int fileLimit;
    private final long byteLimit;
    private final List<String> names = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private int files;
    private long bytes;
    private String tooLarge = "";

    private DirectoryTree(File directory, int fileLimit, long byteLimit) {
        this.directory = directory;
        this.fileLimit = fileLimit;
        this.byteLimit = byteLimit;
    }

    /** Walks {@code directory} until a limit is passed. One listing per directory, one stamp per file. */
    public static DirectoryTree walk(File directory, int fileLimit, long byteLimit) throws IOException {
        DirectoryTree tree = new DirectoryTree(directory, fileLimit, byteLimit);
        tree.names.add("");
        tree.stamps.add(FileStamp.of(directory));
        tree.visit("", 0);
        return tree;
    }

    private void visit(String prefix, int depth) throws IOException {
        String[] children = new File(directory, prefix).list();
        if (children == null || depth > DEEPEST) {
            return;
        }
        Arrays.sort(children);
        for (String child : children) {
            String name = prefix + child;
            FileStamp stamp = FileStamp.of(new File(directory, name));
            if (stamp.isDirectory()) {
                names.add(name + "/");
                stamps.add(stamp);
                visit(name + "/", depth + 1);
            } else if (stamp.isRegular()) {
                names.add(name);
                stamps.add(stamp);
                files++;
                bytes += stamp.sizeBytes();
            }
            if (files > fileLimit || names.size() > 2L * fileLimit) {
                tooLarge = "has more than " + fileLimit + " files";
            } else if (bytes > byteLimit) {
                tooLarge = "has more than " + byteLimit + " bytes";
            }
            if (!tooLarge.isEmpty()) {
                return;
            }
        }
    }

    /** Why the walk was given up, or an empty string. */
    public String tooLarge() {
        return tooLarge;
    }

    /** Names relative to the directory, parts parted by {@code /}; those of directories end with one, that of the directory itself is empty. */
    public List<String> names() {
        return names;
    }

    public FileStamp stamp(int i) {
        return stamps.get(i);
    }

    public long bytes() {
        return bytes;
    }

    /** 64 bits (FNV-1a) over all names and stamps: if they are the same, so is the tree. */
    public String fingerprint() {
        long hash = Fingerprint.EMPTY;
        for (int i = 0; i < names.size(); i++) {
            hash = Fingerprint.add(hash, names.get(i) + " " + stamps.get(i).text() + "\n");
        }
        return "tree-" + Long.toHexString(hash);
    }
}
