package io.bootcast.build.archive;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What came of the wish for an archive. */
public sealed interface Outcome {
    /**
     * There is one, and the JVM takes it.
     *
     * @param files what the bundle has to carry: the archive, and the one below it where there is one, by their names in the image
     * @param lengthBytes of all files
     * @param exitCode the application's; 143 if it was ended by SIGTERM
     */
    record Made(Variant variant, Map<String, Path> files, long lengthBytes, int exitCode) implements Outcome {
        public Made {
            files = Map.copyOf(files);
        }

        /** The archive itself. */
        public Path file() {
            return Objects.requireNonNull(files.get(variant.file()), "the archive");
        }
    }

    /**
     * There can be none for this class path.
     *
     * @param reason one line for the user
     */
    record Impossible(Variant variant, String reason) implements Outcome {}
}
