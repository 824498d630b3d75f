package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a file is and when it last changed: if all five values are what they were, the content is taken to be what it was. Times are
 * nanoseconds since 1970.
 */
public final class FileStamp {
    /** The stamp of a name that does not exist. */
    public static final FileStamp MISSING = new FileStamp(0, 0, -1, 0, 0, 0);

    private static final int EXECUTE_BY_OWNER = 0100;

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_DIRECTORY = 0040000;
    private static final int TYPE_REGULAR = 0100000;

    /** Reasons of the kernel that, for the stock class path, only mean that there is no such file. */
    private static final String[] NO_FILE = {
        "Not a directory", "Too many levels of symbolic links", "File name too long"
    };

    private final long device;
    private final long inode;
    private final long sizeBytes;
    private final long mtimeNanos;
    private final long ctimeNanos;
    private final int mode;

    private FileStamp(long device, long inode, long sizeBytes, long mtimeNanos, long ctimeNanos, int mode) {
        this.device = device;
        this.inode = inode;
        this.sizeBytes = sizeBytes;
        this.mtimeNanos = mtimeNanos;
        this.ctimeNanos = ctimeNanos;
        this.mode = mode;
    }

    /** The stamp of what {@code path} leads to, or {@link #MISSING}. One system call. */
    public static FileStamp of(Path path) throws IOException {
        return read(path);
    }

    /** The stamp of what {@code file} leads to, or {@link #MISSING}, also for a name that this JVM cannot express (a locale of ASCII only). */
    static FileStamp of(File file) throws IOException {
        Path path;
        try {
            path = file.toPath();
        } catch (InvalidPathException e) {
            return MISSING;
        }
        return read(path);
    }

    /** The stamp of {@code path} itself, also if it is a symbolic link, or {@link #MISSING}. One system call. */
    public static FileStamp ofLink(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileStamp read(Path path, LinkOption... options) throws IOException {
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(path, "unix:dev,ino,size,lastModifiedTime,ctime,mode", options);
        } catch (NoSuchFileException e) {
            return MISSING;
        } catch (FileSystemException e) {
            for (String reason : NO_FILE) {
                if (e.getReason() != null && e.getReason().contains(reason)) {
                    return MISSING;
                }
            }
            throw e;
        }
        return new FileStamp(
                (Long) attributes.get("dev"),
                (Long) attributes.get("ino"),
                (Long) attributes.get("size"),
                nanos(attributes.get("lastModifiedTime")),
                nanos(attributes.get("ctime")),
                (Integer) attributes.get("mode"));
    }

    private static long nanos(Object time) {
        return ((FileTime) time).to(TimeUnit.NANOSECONDS);
    }

    public boolean exists() {
        return sizeBytes >= 0;
    }

    public boolean isDirectory() {
        return (mode & TYPE_MASK) == TYPE_DIRECTORY;
    }

    /** False for directories and for pipes, sockets and devices, which nobody can take along. */
    boolean isRegular() {
        return (mode & TYPE_MASK) == TYPE_REGULAR;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /** Last modification, nanoseconds since 1970. */
    public long mtimeNanos() {
        return mtimeNanos;
    }

    /** The file permission bits, 0 to 07777. */
    public int permissions() {
        return mode & 07777;
    }

    /** When its content, name or rights were changed last, in nanoseconds since 1970. */
    public long ctimeNanos() {
        return ctimeNanos;
    }

    /** True if its owner may execute it. */
    public boolean isExecutable() {
        return (mode & EXECUTE_BY_OWNER) != 0;
    }

    /** The five values as text without blanks, to be remembered and compared. */
    public String text() {
        return device + ":" + inode + ":" + sizeBytes + ":" + mtimeNanos + ":" + ctimeNanos;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileStamp && text().equals(((FileStamp) other).text());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(inode * 31 + mtimeNanos);
    }

    @Override
    public String toString() {
        return text();
    }
}
