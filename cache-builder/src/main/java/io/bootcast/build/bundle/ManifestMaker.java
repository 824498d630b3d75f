package io.bootcast.build.bundle;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.FileFacts;
import io.bootcast.index.Index;
import io.bootcast.path.Version;
import io.bootcast.store.Digest;
import io.bootcast.store.LaunchList;
import io.bootcast.store.LaunchList.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes down what an image is made of. */
public final class ManifestMaker {
    private static final String RUNTIME = "runtime/";
    private static final int ARCHIVE_FIELDS = 7;

    private final LaunchList list;
    private final Index index;
    private final Map<String, Kept> blobs = new TreeMap<>();

    private ManifestMaker(LaunchList list, Index index) {
        this.list = list;
        this.index = index;
    }

    /** A blob while it is found out what it is for. */
    private record Kept(long bytes, String kind, Set<String> names) {}

    /**
     * The manifest of the image of {@code list} and {@code index}.
     *
     * @param archives the lines of {@code launch/archives}
     * @param loadList how many of what were learned
     */
    public static Manifest make(LaunchList list, Index index, List<String> archives, Map<String, Long> loadList) {
        ManifestMaker maker = new ManifestMaker(list, index);
        maker.readIndex();
        maker.readList();
        byte[] digest = Digest.sha256().digest(list.toBytes());
        return new Manifest(
                Manifest.FORMAT,
                BundleFormat.VERSION,
                Digest.hex(digest),
                Version.CURRENT,
                new Manifest.Jdk(
                        list.setting(LaunchList.JVM_VERSION),
                        list.setting(LaunchList.JVM_VENDOR),
                        list.setting(LaunchList.ARCHITECTURE)),
                list.setting(LaunchList.MAIN),
                list.setting(LaunchList.CLASS_PATH),
                list.options(),
                maker.sources(),
                maker.blobs(),
                archives.stream().map(ManifestMaker::archive).toList(),
                new TreeMap<>(loadList),
                maker.runtime());
    }

    private void readIndex() {
        add(list.indexDigest(), list.indexBytes(), "index", "index");
        for (int element = 0; element < index.elementCount(); element++) {
            int blob = index.blobOf(element);
            if (blob >= 0) {
                String digest = Digest.hex(index.blobDigest(blob));
                add(digest, index.blobBytes(blob), kind(element), index.mirrorPath(element));
            }
        }
        for (int blob = 0; blob < index.blobCount(); blob++) {
            add(Digest.hex(index.blobDigest(blob)), index.blobBytes(blob), "other", "");
        }
    }

    private String kind(int element) {
        return switch (index.kind(element)) {
            case ElementFacts.JAR -> "jar";
            case ElementFacts.DIRECTORY -> "directory";
            default -> index.files(element).stream().anyMatch(FileFacts::isBlob) ? "file" : "files";
        };
    }

    private void readList() {
        for (Item item : list.items()) {
            if (!item.isLink()) {
                add(item.digest(), item.lengthBytes(), kind(item.name()), item.name());
            }
        }
    }

    private static String kind(String name) {
        if (name.equals("launch/hot")) {
            return "hot blob";
        }
        if (name.endsWith(".jsa") || name.endsWith(".aot")) {
            return "class-data archive";
        }
        int slash = name.indexOf('/');
        return slash < 0 ? "other" : name.substring(0, slash);
    }

    private void add(String digest, long bytes, String kind, String name) {
        Kept kept = blobs.computeIfAbsent(digest, any -> new Kept(bytes, kind, new TreeSet<>()));
        if (!name.isEmpty()) {
            kept.names.add(name);
        }
    }

    private List<Manifest.Blob> blobs() {
        List<Manifest.Blob> all = new ArrayList<>();
        blobs.forEach(
                (digest, blob) -> all.add(new Manifest.Blob(digest, blob.bytes, blob.kind, List.copyOf(blob.names))));
        return all;
    }

    private List<Manifest.Source> sources() {
        List<Manifest.Source> sources = new ArrayList<>();
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.kind(element) == ElementFacts.JAR) {
                int blob = index.blobOf(element);
                sources.add(new Manifest.Source(
                        index.originalPath(element), index.blobBytes(blob), Digest.hex(index.blobDigest(blob))));
            }
        }
        return sources;
    }

    private static Manifest.Archive archive(String line) {
        String[] fields = line.split(" ", -1);
        if (fields.length != ARCHIVE_FIELDS) {
            throw new BootcastException(
                    Fault.INTERNAL, "launch/archives: found=" + line + " expected=" + ARCHIVE_FIELDS + " fields");
        }
        return new Manifest.Archive(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
    }

    private Manifest.JavaRuntime runtime() {
        List<Item> files = list.items().stream()
                .filter(item -> item.name().startsWith(RUNTIME))
                .toList();
        return new Manifest.JavaRuntime(
                files.size(), files.stream().mapToLong(Item::lengthBytes).sum());
    }
}
