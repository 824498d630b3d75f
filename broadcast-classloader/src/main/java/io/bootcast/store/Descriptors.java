package io.bootcast.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a process that we can see has a directory open. {@code bootcast java} holds no lease: the shell that starts it cannot lock without a fork, and the JVM that it becomes runs
 * nothing of ours. It has descriptor 9 open on its image's directory instead. Processes of other users, and of other process namespaces, are not seen.
 */
final class Descriptors {
    private static final String NUMBER = "9";

    private Descriptors() {}

    /** True if descriptor 9 of some process leads to {@code directory}. One system call per process of the host. */
    static boolean leadTo(File directory) throws IOException {
        String path = directory.getCanonicalPath();
        for (String process : StoreFiles.list(new File("/proc"))) {
            char first = process.charAt(0);
            if (first >= '0' && first <= '9' && leadsTo(path, process)) {
                return true;
            }
        }
        return false;
    }

    private static boolean leadsTo(String directory, String process) {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc", process, "fd", NUMBER));
            return target.toString().equals(directory);
        } catch (IOException e) {
            return false; // it has none, it has gone, or it is somebody else's
        }
    }
}
