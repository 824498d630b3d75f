package io.bootcast.path;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import io.bootcast.resolve.DirectoryTree;
import io.bootcast.resolve.FileStamp;
import io.bootcast.resolve.Sightings;
import io.bootcast.store.Digest;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The stamps of a bundle's sources, noted beside it in {@code BUNDLE.stamps}: with them root need not hash what nobody has touched. Not in the bundle, because the same input
 * gives the same bundle, whatever its times. A line each: the digest of what was packed, a blank, and a line of {@link Sightings}.
 */
public final class SourceStamps {
    private static final String SUFFIX = ".stamps";
    private static final long NANOS_PER_MILLI = 1_000_000;

    private SourceStamps() {}

    /**
     * The text for what {@code index} describes, to be taken as soon as the sources were read. A source that was changed after {@code sinceMillis} (since 1970) is left out: it may have been read
     * before, and is hashed by who stages the bundle.
     */
    public static String of(Index index, long sinceMillis) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int element = 0; element < index.elementCount(); element++) {
            if (isSource(index, element) && isOlder(new File(index.originalPath(element)), sinceMillis)) {
                text.append(line(index, element, proof(index, element))).append('\n');
            }
        }
        return text.toString();
    }

    private static boolean isOlder(File file, long sinceMillis) throws IOException {
        return FileStamp.of(file.toPath()).ctimeNanos() / NANOS_PER_MILLI < sinceMillis;
    }

    /** Notes {@code text}, which {@link #of} has given, beside {@code bundle}. */
    public static void write(File bundle, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(bundle.getPath() + SUFFIX)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The lines that were noted; none if there is no such file. */
    static Set<String> read(File bundle) throws IOException {
        Set<String> lines = new HashSet<>();
        File file = new File(bundle.getPath() + SUFFIX);
        if (file.exists()) {
            try (FileInputStream in = new FileInputStream(file)) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                int start = 0;
                for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
                    lines.add(text.substring(start, end));
                    start = end + 1;
                }
            }
        }
        return lines;
    }

    /** True for jars and directories. */
    static boolean isSource(Index index, int element) {
        return index.kind(element) == ElementFacts.JAR || index.kind(element) == ElementFacts.DIRECTORY;
    }

    static String line(Index index, int element, String proof) {
        return Digest.hex(index.blobDigest(index.blobOf(element))) + " " + proof;
    }

    /** How the source is now, as {@link Sightings} has it. */
    static String proof(Index index, int element) throws IOException {
        String path = index.originalPath(element);
        return index.kind(element) == ElementFacts.JAR
                ? Sightings.fileLine(path, FileStamp.of(Path.of(path)))
                : Sightings.treeLine(path, tree(path));
    }

    static DirectoryTree tree(String path) throws IOException {
        return DirectoryTree.walk(new File(path), Integer.MAX_VALUE, Long.MAX_VALUE);
    }
}
