package io.bootcast.build.archive;

import java.nio.file.Path;

/** What came of the wish for an archive. */
public sealed interface Outcome {
    /**
     * There is one, and the JVM takes it.
     *
     * @param exitCode the application's; 143 if it was ended by SIGTERM
     */
    record Made(Variant variant, Path file, long lengthBytes, int exitCode) implements Outcome {}

    /**
     * There can be none for this class path.
     *
     * @param reason one line for the user
     */
    record Impossible(Variant variant, String reason) implements Outcome {}
}
