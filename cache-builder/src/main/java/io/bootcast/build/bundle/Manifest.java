package io.bootcast.build.bundle;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.store.ImageNames;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What a bundle is, for people and tools: JSON at its very start, its fields in the order below. Nothing in it decides what is unpacked. No times and no names of machines: the
 * same content gives the same bytes.
 *
 * @param format {@link #FORMAT}
 * @param version of the bundle's format
 * @param launch SHA-256 of the launch list, whose start is the name of the image
 * @param bootcast version of the Bootcast that wrote it
 * @param classPath as the user wrote it
 * @param options the JVM's, of the application
 * @param sources the jars that it was made from
 * @param loadList how many of each kind were learned
 * @param runtime empty counts if none came along
 */
public record Manifest(
        String format,
        int version,
        String launch,
        String bootcast,
        Jdk jdk,
        String main,
        String classPath,
        List<String> options,
        List<Source> sources,
        List<Blob> blobs,
        List<Archive> archives,
        Map<String, Long> loadList,
        JavaRuntime runtime) {
    /** What it is called in a bundle. */
    static final String FORMAT = "bootcast-bundle";

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final List<String> HEAD = List.of("format", "version", "launch");

    /** The JVM that the bundle was made for. */
    public record Jdk(String version, String vendor, String architecture) {}

    /** A jar where the user has it. */
    public record Source(String path, long bytes, String sha256) {}

    /** Content of the bundle; its names are below the image's directory. */
    public record Blob(String digest, long bytes, String kind, List<String> names) {}

    /** A line of {@code launch/archives}. */
    public record Archive(String name, String way, String oops, String gc, String headers, String agent, String file) {}

    /** The Java runtime that came along. */
    public record JavaRuntime(long files, long bytes) {}

    public Manifest {
        options = copy(options);
        sources = copy(sources);
        blobs = copy(blobs);
        archives = copy(archives);
    }

    /** Gson hands over what it found, nothing too; {@link #of} refuses that. */
    @SuppressWarnings("NullAway")
    private static <T> List<T> copy(List<T> list) {
        return list == null ? null : List.copyOf(list);
    }

    /** True if both say the same, whichever Bootcast wrote them. */
    public boolean agreesWith(Manifest other) {
        JsonObject mine = GSON.toJsonTree(this).getAsJsonObject();
        JsonObject others = GSON.toJsonTree(other).getAsJsonObject();
        mine.remove("bootcast");
        others.remove("bootcast");
        return mine.equals(others);
    }

    byte[] toBytes() {
        return (GSON.toJson(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** As it stands in the bundle. */
    public String toJson() {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }

    /**
     * The manifest in {@code bytes}.
     *
     * @throws BootcastException with {@link Fault#BUNDLE} if it is none, of a later version, or incomplete
     */
    public static Manifest of(byte[] bytes) {
        launchDigest(bytes);
        Manifest manifest = parsed(text(bytes));
        requireComplete(manifest);
        return manifest;
    }

    private static Manifest parsed(String json) {
        try {
            return GSON.fromJson(json, Manifest.class);
        } catch (RuntimeException e) { // Gson's own, or its wrapping of what a constructor throws
            throw refused("it is no JSON of this kind", BootcastException.reason(e), "what bootcast build writes");
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void requireComplete(Object value) {
        if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                requireComplete(valueOf(component, record));
            }
        } else if (value instanceof List<?> list) {
            list.forEach(Manifest::requireComplete);
        }
    }

    private static Object valueOf(RecordComponent component, Record record) {
        Object value;
        try {
            value = component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record's own accessor", e);
        }
        if (value == null) {
            throw refused("a field is missing", "no " + component.getName(), component.getName());
        }
        return value;
    }

    /**
     * The digest of the launch list that a manifest names. Reads its first fields only: that is all that whoever unpacks a bundle wants of it.
     *
     * @throws BootcastException with {@link Fault#BUNDLE} if it is no manifest, or one of a later version
     */
    static String launchDigest(byte[] bytes) {
        try (JsonReader json = new JsonReader(new StringReader(text(bytes)))) {
            json.beginObject();
            String format = field(json, 0).nextString();
            if (!format.equals(FORMAT)) {
                throw refused("it is another's", format, FORMAT);
            }
            int version = field(json, 1).nextInt();
            if (version != BundleFormat.VERSION) {
                throw refused("another version of the format", version, BundleFormat.VERSION);
            }
            return field(json, 2).nextString();
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw refused("it is no JSON of this kind", BootcastException.reason(e), "what bootcast build writes");
        }
    }

    private static JsonReader field(JsonReader json, int number) throws IOException {
        String name = json.nextName();
        if (!name.equals(HEAD.get(number))) {
            throw refused("a field is missing", name, HEAD.get(number));
        }
        return json;
    }

    private static BootcastException refused(String what, Object found, Object expected) {
        return new BootcastException(
                Fault.BUNDLE,
                "manifest: " + what + ": found=" + ImageNames.shown(found.toString()) + " expected=" + expected
                        + "; build the bundle again, or use the Bootcast that wrote it");
    }
}
