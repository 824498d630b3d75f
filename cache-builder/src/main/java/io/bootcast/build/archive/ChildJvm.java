package io.bootcast.build.archive;

import io.bootcast.boot.ArchiveCheck;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a process to its end: standard input is empty, all output goes to one file, and the variables that hold options of JVMs are not handed on. */
final class ChildJvm {
    /** What a server gets to end, and a JVM to write what it has learned. */
    private static final int GRACE_SECONDS = 120;

    /** How many lines at the end of an output may say why. */
    private static final int LAST_LINES = 6;

    private static final int MOST_TEXT_BYTES = 100_000;

    private static final File NOTHING = new File("/dev/null");

    private ChildJvm() {}

    /** What a process said, and how it ended. */
    record Ended(int exitCode, String text) {
        /** Why it failed: what its last lines say. */
        String reason() {
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return ArchiveCheck.reason(String.join("\n", last), "nothing");
        }
    }

    /** Runs {@code words} for {@code seconds} at most and returns what they print. */
    static Ended ask(List<String> words, int seconds) {
        try {
            Path log = Files.createTempFile("bootcast-ask", ".txt");
            try {
                Process process = start(words, log, /* append= */ false);
                boolean ended = await(process, seconds);
                process.destroyForcibly();
                String text = Files.readString(log, StandardCharsets.UTF_8);
                return ended
                        ? new Ended(process.exitValue(), text)
                        : new Ended(-1, text + "\nno answer within seconds=" + seconds);
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            return new Ended(-1, BootcastException.reason(e));
        }
    }

    /**
     * Runs {@code words} until they end, or ends them by SIGTERM after {@code stopAfterSeconds} unless that is 0. Output is appended to {@code log}.
     */
    static Ended run(List<String> words, Path log, int stopAfterSeconds) {
        try {
            long before = Files.exists(log) ? Files.size(log) : 0;
            Process process = start(words, log, /* append= */ true);
            try {
                if (stopAfterSeconds == 0) {
                    await(process, Integer.MAX_VALUE);
                } else if (!await(process, stopAfterSeconds)) {
                    process.destroy();
                    await(process, GRACE_SECONDS);
                }
            } finally {
                process.destroyForcibly();
            }
            await(process, GRACE_SECONDS);
            return new Ended(process.exitValue(), textFrom(log, before));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code log} holds behind {@code offset}, or the end of it where that is much. */
    private static String textFrom(Path log, long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(offset, file.length() - MOST_TEXT_BYTES));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Process start(List<String> words, Path log, boolean append) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(
                        append
                                ? ProcessBuilder.Redirect.appendTo(log.toFile())
                                : ProcessBuilder.Redirect.to(log.toFile()));
        ArchiveCheck.clearOptions(builder.environment());
        return builder.start();
    }

    /** False if {@code seconds} passed first. */
    private static boolean await(Process process, int seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BootcastException(Fault.BUNDLE, "interrupted while a trial run was going on", e);
        }
    }
}
