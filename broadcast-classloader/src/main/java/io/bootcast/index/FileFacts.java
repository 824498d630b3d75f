package io.bootcast.index;

/** One file of an element that no class path lookup searches: where its bytes are in the element's blob, and what it is like. */
public final class FileFacts {
    final String name;
    final long offset;
    final long lengthBytes;
    final long mtimeNanos;
    final int flags;

    FileFacts(String name, long offset, long lengthBytes, long mtimeNanos, int flags) {
        this.name = name;
        this.offset = offset;
        this.lengthBytes = lengthBytes;
        this.mtimeNanos = mtimeNanos;
        this.flags = flags;
    }

    /** A file, or a directory if {@code name} ends with a slash or is empty. */
    public static FileFacts file(String name, long offset, long lengthBytes, long mtimeNanos, boolean executable) {
        int flags = executable ? IndexFormat.FILE_EXECUTABLE : 0;
        return new FileFacts(name, offset, lengthBytes, mtimeNanos, flags);
    }

    /** A symbolic link, whose bytes in the blob are the UTF-8 of where it leads. */
    public static FileFacts link(String name, long offset, long lengthBytes) {
        return new FileFacts(name, offset, lengthBytes, 0, IndexFormat.FILE_LINK);
    }

    /** A file that is its element's whole blob, so that no copy of it is needed. */
    public static FileFacts blob(String name, long lengthBytes, long mtimeNanos) {
        return new FileFacts(name, 0, lengthBytes, mtimeNanos, IndexFormat.FILE_IS_BLOB);
    }

    /** Relative to the element's path. */
    public String name() {
        return name;
    }

    public boolean isDirectory() {
        return name.isEmpty() || name.endsWith("/");
    }

    public boolean isLink() {
        return (flags & IndexFormat.FILE_LINK) != 0;
    }

    public boolean isBlob() {
        return (flags & IndexFormat.FILE_IS_BLOB) != 0;
    }

    public boolean isExecutable() {
        return (flags & IndexFormat.FILE_EXECUTABLE) != 0;
    }

    /** Of its bytes in the element's blob. */
    public int offset() {
        return (int) offset;
    }

    public int lengthBytes() {
        return (int) lengthBytes;
    }

    /** Last modification, nanoseconds since 1970. */
    public long mtimeNanos() {
        return mtimeNanos;
    }
}
