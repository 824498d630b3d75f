package io.bootcast.bench;

import java.util.List;

/**
 * One system call of a rank, as {@code strace -y} has shown it.
 *
 * @param rank the rank that made it, or a process that the rank has started
 * @param thread the thread's id in its node
 * @param name the call's name, such as {@code openat}
 * @param paths all that the call is known to reach: its paths, made absolute; the files behind its descriptors; the file behind the descriptor
 *     that it returned, which tells where links have led
 * @param usesFile true if the call takes a path or a descriptor of whatever kind, a socket's too
 * @param failed true if it returned an error
 * @param program the path given to the process' last successful {@code execve}; empty before
 * @param cause who is behind it
 */
public record Call(
        int rank,
        int thread,
        String name,
        List<String> paths,
        boolean usesFile,
        boolean failed,
        String program,
        Cause cause) {

    /** What a call does to a file, coarsely; the file system's servers see them about like this. */
    public enum Kind {
        OPEN,
        STAT,
        READLINK,
        READ,
        WRITE,
        LIST,
        MAP,
        EXEC,
        CLOSE,
        OTHER;

        static Kind of(String name) {
            return switch (name) {
                case "open", "openat", "openat2", "creat" -> OPEN;
                case "stat", "lstat", "fstat", "newfstatat", "fstatat64", "stat64", "lstat64", "fstat64", "statx" ->
                    STAT;
                case "access", "faccessat", "faccessat2" -> STAT;
                case "readlink", "readlinkat" -> READLINK;
                case "read", "readv", "pread64", "preadv", "preadv2", "readahead", "sendfile", "copy_file_range" ->
                    READ;
                case "write", "writev", "pwrite64", "pwritev", "pwritev2" -> WRITE;
                case "getdents", "getdents64" -> LIST;
                case "mmap", "mmap2" -> MAP;
                case "execve", "execveat" -> EXEC;
                case "close" -> CLOSE;
                default -> OTHER;
            };
        }
    }

    public Kind kind() {
        return Kind.of(name);
    }

    /** The path that the call was given, or else the first file behind a descriptor; empty if there is none. */
    public String path() {
        return paths.isEmpty() ? "" : paths.get(0);
    }

    /** True if any of the call's paths is {@code directory} or lies below it. */
    public boolean isBelow(String directory) {
        for (String path : paths) {
            if (isBelow(path, directory)) {
                return true;
            }
        }
        return false;
    }

    static boolean isBelow(String path, String directory) {
        String prefix = directory.endsWith("/") ? directory.substring(0, directory.length() - 1) : directory;
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
