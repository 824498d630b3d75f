package io.bootcast.store;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out what an image has beside its class path, and the argument files with which {@code scripts/bootcast} starts {@code java} on it:
 *
 * <pre>
 * launch/list             the launch list
 * launch/options.args     options of the application's own
 * launch/plain.args       options of the application's own and the class path, as absolute names in this store
 * launch/descriptor.args  the same with the class path below descriptor 9, which leads to the image's directory: the same text in every store, as class-data archives want it
 * NAME                    a link to the blob, for each file of the launch list
 * </pre>
 */
final class LaunchFiles {
    /** The launch list's own place in an image. */
    static final String LIST = "launch/list";

    /** The image's directory as a process sees it that has descriptor 9 open on it. */
    static final String DESCRIPTOR = "/proc/self/fd/9";

    private final ImageMaker maker;
    private final File home;

    LaunchFiles(ImageMaker maker, File home) {
        this.maker = maker;
        this.home = home;
    }

    /** @param place where the image is going to be when it is published */
    void make(LaunchList list, String head, Index index, File place) throws IOException {
        ImageMaker.mkdirs(new File(home, "launch"));
        maker.link(head, new File(home, LIST));
        for (LaunchList.Item item : list.items()) {
            File file = new File(home, item.name());
            ImageMaker.mkdirs(file.getParentFile());
            if (item.isLink()) {
                Files.createSymbolicLink(file.toPath(), Path.of(item.target()));
            } else {
                maker.linkWithTime(item.digest(), file, LaunchList.MTIME_NANOS);
                if (item.isExecutable()) {
                    Files.setPosixFilePermissions(file.toPath(), PosixFilePermissions.fromString("r-x------"));
                }
            }
        }
        List<String> options = list.options();
        write("launch/options.args", options);
        write("launch/plain.args", withClassPath(options, index, place.getPath()));
        write("launch/descriptor.args", withClassPath(options, index, DESCRIPTOR));
    }

    private void write(String name, List<String> words) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            appendQuoted(text, word);
        }
        try (FileOutputStream out = new FileOutputStream(new File(home, name))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The same, and the class path with the image at {@code place}. */
    private static List<String> withClassPath(List<String> options, Index index, String place) {
        List<String> words = new ArrayList<>(options);
        StringBuilder path = new StringBuilder();
        for (int element = 0; element < index.elementCount(); element++) {
            String name = name(index, element, place);
            path.append(path.length() == 0 || name.isEmpty() ? "" : File.pathSeparator)
                    .append(name);
        }
        words.add("-cp");
        words.add(path.toString());
        return words;
    }

    /** Empty for what is no element of the class path. One that was left at home keeps its name, so that the JVM looks there. */
    private static String name(Index index, int element, String place) {
        return switch (index.kind(element)) {
            case ElementFacts.JAR, ElementFacts.DIRECTORY -> place + "/" + index.mirrorPath(element);
            case ElementFacts.LIVE -> index.originalPath(element);
            default -> "";
        };
    }

    /** One word as the launcher's argument files have it. */
    private static void appendQuoted(StringBuilder text, String word) {
        text.append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            text.append(c == '"' || c == '\\' ? "\\" : "").append(c);
        }
        text.append("\"\n");
    }
}
