package io.bootcast.build;

import io.bootcast.build.bundle.BundleReader;
import io.bootcast.build.bundle.Manifest;
import io.bootcast.build.reach.Reached;
import io.bootcast.build.reach.ReachedFile;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.store.LaunchList;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bootcast inspect}: says what a bundle holds. Reads its head only: the file is not looked through. */
@Command(name = "inspect", description = "Shows what a bundle holds.")
final class InspectCommand implements Callable<Integer> {
    private static final int READ_BYTES = 1 << 16;
    private static final int NOT_REACHED = 1;
    private static final int NAME_DIGITS = 32;
    private static final int SHOWN_DIGITS = 12;
    private static final String RUNTIME = "runtime";
    private static final String HOT_BLOB = "hot blob";

    @Parameters(paramLabel = "BUNDLE")
    private File file = new File("");

    @Option(names = "--json", description = "the manifest as it is")
    private boolean json;

    @Option(names = "--why", paramLabel = "CLASS", description = "how that class is reached from the main class")
    private String why = "";

    private final PrintStream out;

    InspectCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (!why.isEmpty()) {
            return showWhy();
        }
        byte[] bytes;
        try (BundleReader reader = new BundleReader(file)) {
            bytes = reader.manifest();
        }
        Manifest manifest = Manifest.of(bytes);
        if (json) {
            out.print(new String(bytes, StandardCharsets.UTF_8));
        } else {
            show(manifest);
        }
        out.flush();
        return 0;
    }

    /** Reads the bundle up to the blob that tells it. */
    private int showWhy() throws IOException {
        try (BundleReader reader = new BundleReader(file)) {
            String wanted = LaunchList.of(reader.launchList()).items().stream()
                    .filter(item -> item.name().equals(ReachedFile.NAME))
                    .map(LaunchList.Item::digest)
                    .findFirst()
                    .orElseThrow(() -> new BootcastException(
                            Fault.BUNDLE, "the bundle does not say: file=" + file + "; build it with a main class"));
            String digest = reader.next();
            while (!digest.equals(wanted)) {
                digest = reader.next();
            }
            List<Reached> chain = ReachedFile.read(readBlob(reader)).chain(why.replace('/', '.'));
            if (chain.isEmpty()) {
                out.println(why + " is not reached from the main class");
                return NOT_REACHED;
            }
            chain.forEach(one -> out.println(one.describe()));
            return 0;
        }
    }

    private static String readBlob(BundleReader reader) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[READ_BYTES];
        for (int count = reader.read(buffer, 0, READ_BYTES); count >= 0; count = reader.read(buffer, 0, READ_BYTES)) {
            bytes.write(buffer, 0, count);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void show(Manifest manifest) {
        long unpacked =
                manifest.blobs().stream().mapToLong(Manifest.Blob::bytes).sum();
        fact("bundle", file + ", " + number(file.length()) + " bytes; unpacked " + number(unpacked));
        fact("format", manifest.version() + ", written by Bootcast " + manifest.bootcast());
        fact(
                "image",
                manifest.launch()
                        .substring(0, Math.min(NAME_DIGITS, manifest.launch().length())));
        Manifest.Jdk jdk = manifest.jdk();
        fact("JDK", jdk.version() + ", " + jdk.vendor() + ", " + jdk.architecture());
        fact("main", manifest.main().isEmpty() ? "none" : manifest.main());
        fact("class path", manifest.classPath());
        fact("options", manifest.options().isEmpty() ? "none" : String.join(" ", manifest.options()));
        fact("load list", counts(manifest.loadList()));
        fact(HOT_BLOB, hotBlob(manifest));
        Manifest.JavaRuntime runtime = manifest.runtime();
        fact(
                RUNTIME,
                runtime.files() == 0 ? "none" : runtime.files() + " files, " + number(runtime.bytes()) + " bytes");
        table("archives", archives(manifest));
        table("source jars", sources(manifest));
        table("blobs", kinds(manifest));
        table("", blobs(manifest));
    }

    private void fact(String name, String value) {
        out.println(String.format("%-12s%s", name, value));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String counts(Map<String, Long> loadList) {
        List<String> counts = new ArrayList<>();
        new TreeMap<>(loadList).forEach((what, count) -> counts.add(count + " " + what));
        return counts.isEmpty() ? "none" : String.join(", ", counts);
    }

    private static String hotBlob(Manifest manifest) {
        return manifest.blobs().stream()
                .filter(blob -> blob.kind().equals(HOT_BLOB))
                .map(blob -> number(blob.bytes()) + " bytes")
                .findFirst()
                .orElse("none");
    }

    private static List<List<String>> archives(Manifest manifest) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NAME", "WAY", "OOPS", "GC", "HEADERS", "AGENT", "FILE"));
        for (Manifest.Archive archive : manifest.archives()) {
            rows.add(List.of(
                    archive.name(),
                    archive.way(),
                    archive.oops(),
                    archive.gc(),
                    archive.headers(),
                    archive.agent(),
                    archive.file()));
        }
        return rows;
    }

    private static List<List<String>> sources(Manifest manifest) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BYTES", "SHA-256", "PATH"));
        for (Manifest.Source source : manifest.sources()) {
            rows.add(List.of(number(source.bytes()), shortened(source.sha256()), source.path()));
        }
        return rows;
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(SHOWN_DIGITS, digest.length()));
    }

    /** How many blobs of each kind, and how long they are together. */
    private static List<List<String>> kinds(Manifest manifest) {
        Map<String, long[]> kinds = new TreeMap<>();
        for (Manifest.Blob blob : manifest.blobs()) {
            long[] sum = kinds.computeIfAbsent(blob.kind(), any -> new long[2]);
            sum[0]++;
            sum[1] += blob.bytes();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BYTES", "COUNT", "KIND"));
        kinds.forEach((kind, sum) -> rows.add(List.of(number(sum[1]), number(sum[0]), kind)));
        return rows;
    }

    /** Those of a runtime are some hundred, and nobody's news. */
    private static List<List<String>> blobs(Manifest manifest) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BYTES", "SHA-256", "KIND", "NAMES"));
        for (Manifest.Blob blob : manifest.blobs()) {
            if (!blob.kind().equals(RUNTIME)) {
                rows.add(List.of(
                        number(blob.bytes()),
                        shortened(blob.digest()),
                        blob.kind(),
                        blob.names().isEmpty() ? "-" : String.join(" ", blob.names())));
            }
        }
        return rows;
    }

    /** Columns as wide as their widest cell; numbers to the right. */
    private void table(String title, List<List<String>> rows) {
        out.println();
        if (!title.isEmpty()) {
            out.println(rows.size() == 1 ? title + ": none" : title);
        }
        if (rows.size() == 1) {
            return;
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(any -> any.get(at).length())
                        .max()
                        .orElse(0);
                boolean right = rows.get(0).get(column).equals("BYTES")
                        || rows.get(0).get(column).equals("COUNT");
                boolean last = column == row.size() - 1;
                line.append("  ")
                        .append(String.format(
                                right ? "%" + width + "s" : last ? "%s" : "%-" + width + "s", row.get(column)));
            }
            out.println(line);
        }
    }
}
