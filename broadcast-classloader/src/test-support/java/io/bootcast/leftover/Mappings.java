package io.bootcast.leftover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Mapped files below the temporary directories, deleted ones too. A mapping goes with the buffer's last reference, so it takes a collection. */
final class Mappings implements Kind {
    private static final long LONGEST_MILLIS = 1_000;

    /** A native library, whose file is gone: it stays as long as the JVM. */
    private static final String ZSTD = "libzstd-jni-";

    private final List<String> places = List.of(System.getProperty("java.io.tmpdir") + "/", Stores.HOME + "/");

    @Override
    public String word() {
        return "mapping";
    }

    @Override
    public List<String> held() {
        try {
            return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                    .map(Mappings::file)
                    .filter(file -> places.stream().anyMatch(file::startsWith))
                    .filter(file -> !file.contains(ZSTD))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isJudgedAtOnce() {
        return false;
    }

    @Override
    public boolean settle(List<String> left) {
        collect();
        return true;
    }

    /** Collects, and returns when references are being processed. */
    static void collect() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        Reference<Object> dead = new PhantomReference<>(new Object(), queue);
        System.gc();
        try {
            queue.remove(LONGEST_MILLIS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        } finally {
            Reference.reachabilityFence(dead);
        }
    }

    /** The file of a line such as {@code 7f00-7f01 r--s 00000000 fe:00 1234   /tmp/x}; empty if there is none. */
    private static String file(String line) {
        int at = line.indexOf('/');
        return at < 0 ? "" : Kind.path(line.substring(at));
    }
}
