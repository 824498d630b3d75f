package io.bootcast.build.bundle;

import com.github.luben.zstd.util.Native;
import com.github.luben.zstd.util.ZstdVersion;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.Set;

/** Loads zstd's native library, and removes the copy at once: zstd-jni would leave it in the temporary directory if the process is killed. */
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

    private static boolean load(String resource, Path directory) throws IOException {
        try (InputStream in = Native.class.getResourceAsStream(resource)) {
            if (in == null) {
                return false;
            }
            Path copy = Files.createTempFile(directory, "bootcast-", NAME);
            try {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                System.load(copy.toString());
                return true;
            } finally {
                Files.delete(copy);
            }
        }
    }
}
