package io.bootcast.build.bundle;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.github.luben.zstd.util.Native;
import com.github.luben.zstd.util.ZstdVersion;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Loads zstd's native library from a file without a name: zstd-jni would leave its copy in the temporary directory if the process is killed. */
final class ZstdLibrary {
    private static final String NAME = "libzstd-jni-" + ZstdVersion.VERSION + ".so";

    private ZstdLibrary() {}

    /** Returns when zstd can be used. */
    static synchronized void require() {
        if (Native.isLoaded()) {
            return;
        }
        String resource = "/linux/" + System.getProperty("os.arch") + "/" + NAME;
        String reason = "no " + resource + " in the jar";
        for (String directory : directories()) {
            try {
                if (load(resource, Path.of(directory))) {
                    Native.assumeLoaded();
                    return;
                }
            } catch (IOException | UnsatisfiedLinkError e) {
                reason = BootcastException.reason(e);
            }
        }
        throw new BootcastException(
                Fault.INSTALLATION,
                "zstd cannot be used: tried=" + directories() + " reason=" + reason
                        + "; set -Djava.io.tmpdir to a directory from which libraries may be loaded");
    }

    /** Memory first; a mount may forbid execution. */
    private static Set<String> directories() {
        Set<String> directories = new LinkedHashSet<>();
        directories.add("/dev/shm");
        directories.add(System.getProperty("java.io.tmpdir"));
        directories.add(System.getProperty("user.home"));
        return directories;
    }

    /** The copy has no name from when it is opened, so that no kill can leave it: it is loaded by its descriptor. */
    private static boolean load(String resource, Path directory) throws IOException {
        Path copy = directory
                .toRealPath()
                .resolve("bootcast-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + NAME);
        try (InputStream in = Native.class.getResourceAsStream(resource)) {
            if (in == null) {
                return false;
            }
            try (FileChannel out = FileChannel.open(copy, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
                in.transferTo(Channels.newOutputStream(out));
                System.load(descriptor(copy).toString());
                return true;
            }
        }
    }

    /** The name that this process has for its open file that was {@code deleted}. */
    private static Path descriptor(Path deleted) throws IOException {
        String target = deleted + " (deleted)";
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, target)) {
                    return descriptor;
                }
            }
        }
        throw new NoSuchFileException(target);
    }

    private static boolean leadsTo(Path descriptor, String target) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(target);
        } catch (IOException e) {
            return false; // another thread has closed it
        }
    }
}
