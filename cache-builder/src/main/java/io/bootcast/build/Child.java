package io.bootcast.build;

import io.bootcast.boot.ArchiveCheck;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that the build starts in the directory of an image, as {@code scripts/bootcast} starts one on a node: with descriptor 9 open on it. */
final class Child {
    private static final String WITH_DESCRIPTOR = "exec 9<\"$1\"; shift; exec \"$@\"";
    private static final int LAST_LINES = 20;

    /** Between SIGTERM and SIGKILL. */
    private static final int GRACE_SECONDS = 30;

    /** Variables that make a process a rank of a job that runs around the build; the child is none. */
    private static final List<String> LAUNCHERS =
            List.of("OMPI_", "PMIX_", "PMI_", "SLURM_STEP", "SLURM_PROCID", "PALS_", "FLUX_", "JSM_", "BOOTCAST_");

    private final Path image;
    private final List<String> words;
    private final Path output;

    /**
     * @param words the command
     * @param output a file for all that it prints
     */
    Child(Path image, List<String> words, Path output) {
        this.image = image;
        this.words = List.copyOf(words);
        this.output = output;
    }

    /**
     * Runs it to its end, or to that which SIGTERM makes; returns its exit code.
     *
     * @param stopAfterSeconds 0: it ends by itself
     */
    int run(long stopAfterSeconds) throws IOException {
        List<String> all = new ArrayList<>(List.of("sh", "-c", WITH_DESCRIPTOR, "sh", image.toString()));
        all.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> LAUNCHERS.stream().anyMatch(name::startsWith));
        ArchiveCheck.clearOptions(builder.environment());
        Process process = builder.start();
        try {
            if (stopAfterSeconds > 0 && !process.waitFor(stopAfterSeconds, TimeUnit.SECONDS)) {
                process.destroy();
                if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new BootcastException(Fault.INTERNAL, "interrupted while waiting for a trial run", e);
        }
    }

    /** The last lines that it printed, for a message. */
    String lastLines() throws IOException {
        List<String> lines = new String(Files.readAllBytes(output), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }
}
