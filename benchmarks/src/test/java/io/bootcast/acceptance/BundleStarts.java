package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The commands of a bundle on this host, with the tests' JDK and a store of their own.
 *
 * @param bundle its file
 * @param store the directory of the store
 */
record BundleStarts(Path bundle, Path store) {
    /** JVMs put a file each into /tmp/hsperfdata_USER, which a killed one leaves there. */
    static final String NO_PERF_DATA = "-XX:-UsePerfData";

    /** {@code bootcast WORDS}. */
    static Command bootcast(List<String> words) {
        List<String> all = new ArrayList<>(
                List.of(LocalStarts.checkout().resolve("scripts/bootcast").toString()));
        all.addAll(words);
        return LocalStarts.inJdk(Command.of(all));
    }

    /** {@code bootcast build -o BUNDLE OPTIONS APP}; {@code app} is class path, main class and arguments. */
    Command build(List<String> options, List<String> app) {
        List<String> words = new ArrayList<>(List.of("build", "-o", bundle.toString()));
        words.addAll(options);
        words.addAll(app);
        return bootcast(words);
    }

    Command stage() {
        return bootcast(List.of("stage", bundle.toString(), "--store", store.toString(), NO_PERF_DATA));
    }

    /** {@code bootcast java BUNDLE OPTIONS MAIN ARGUMENTS}. */
    Command java(List<String> options, List<String> program) {
        List<String> words = new ArrayList<>(List.of("java", bundle.toString(), "--store", store.toString()));
        words.addAll(options);
        words.addAll(program);
        return bootcast(words);
    }

    Command clean() {
        return bootcast(List.of("clean", "--store", store.toString()));
    }

    Command verify() {
        return bootcast(List.of("verify", bundle.toString()));
    }

    /** The directory of the image that is staged. */
    Path image() throws IOException {
        return store.resolve("images")
                .resolve(Files.readString(Path.of(store + "/staged" + bundle)).trim());
    }

    /** All files below {@code directory} with their SHA-256, directories with {@code "directory"}, by their relative names. */
    static Map<String, String> content(Path directory) throws IOException {
        Map<String, String> found = new TreeMap<>();
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.toList()) {
                    found.put(
                            directory.relativize(path).toString(), Files.isRegularFile(path) ? sha(path) : "directory");
                }
            }
        }
        return found;
    }

    /** The SHA-256 of a file. */
    static String sha(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
