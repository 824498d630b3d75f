package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an image that came as a bundle has beside its class path: the files that start it (Bootcast's own jars, class-data archives, the hot blob, a Java runtime) and settings. The
 * image is named after the digest of this list. Immutable.
 *
 * <p>UTF-8 text, fields parted by one tab, each line ended by a line feed; the same content has one form:
 *
 * <pre>
 * bootcast-launch 1
 * set   KEY VALUE               by key; keys as below
 * index DIGEST BYTES            the class path's index, whose blobs are not repeated here
 * file  DIGEST BYTES r|x NAME   by name; x: executable; NAME is relative to the image's directory
 * link  NAME TARGET             by name; TARGET is relative to the link's directory and stays inside the image
 * end
 * </pre>
 */
public final class LaunchList {
    /** The original class path, as the user wrote it. */
    public static final String CLASS_PATH = "class-path";

    /** The main class that starts if none is named; empty or absent: one must be named. */
    public static final String MAIN = "main";

    /** The JVM that the bundle was made for: {@code java.vm.version}, {@code java.vendor}, {@code os.arch} of the machine. */
    public static final String JVM_VERSION = "java.vm.version";

    /** See {@link #JVM_VERSION}. */
    public static final String JVM_VENDOR = "java.vendor";

    /** See {@link #JVM_VERSION}. */
    public static final String ARCHITECTURE = "os.arch";

    /** The start of the keys of JVM options that belong to the application: {@code option.0000}, {@code option.0001}, … in order. */
    public static final String OPTION = "option.";

    /** The time of last modification of all files of a bundle, in nanoseconds since 1970: the start of 1980, the first that zip knows. The same input gives the same bundle. */
    public static final long MTIME_NANOS = 315_532_800_000_000_000L;

    /** The directory of the Java runtime, where one comes along. */
    public static final String RUNTIME = "runtime";

    /** Of an image that did not come as a bundle. */
    public static final LaunchList NONE = new LaunchList(Collections.emptyMap(), "", 0, Collections.emptyList());

    private static final String MAGIC = "bootcast-launch";
    private static final int VERSION = 1;
    private static final int DIGEST_CHARACTERS = 64;

    /** Far more than a Java runtime has; a longer list is not honest. */
    private static final int MOST_ITEMS = 100_000;

    /**
     * A file or a link.
     *
     * <p>Not a record: each rank of a node may read one, and records wake much of the JDK.
     */
    public static final class Item {
        private final String name;
        private final String digest;
        private final long lengthBytes;
        private final boolean executable;
        private final String target;

        private Item(String name, String digest, long lengthBytes, boolean executable, String target) {
            this.name = name;
            this.digest = digest;
            this.lengthBytes = lengthBytes;
            this.executable = executable;
            this.target = target;
        }

        /** Its path below the image's directory. */
        public String name() {
            return name;
        }

        public boolean isLink() {
            return !target.isEmpty();
        }

        /** Where a link leads; empty for a file. */
        public String target() {
            return target;
        }

        /** The digest of a file's content; empty for a link. */
        public String digest() {
            return digest;
        }

        public long lengthBytes() {
            return lengthBytes;
        }

        public boolean isExecutable() {
            return executable;
        }
    }

    private final Map<String, String> settings;
    private final String indexDigest;
    private final long indexBytes;
    private final List<Item> items;

    private LaunchList(Map<String, String> settings, String indexDigest, long indexBytes, List<Item> items) {
        this.settings = Collections.unmodifiableMap(settings);
        this.indexDigest = indexDigest;
        this.indexBytes = indexBytes;
        this.items = Collections.unmodifiableList(items);
    }

    /** By key, sorted. */
    public Map<String, String> settings() {
        return settings;
    }

    /** The value of {@code key}, or an empty string. */
    public String setting(String key) {
        String value = settings.get(key);
        return value == null ? "" : value;
    }

    /** JVM options that belong to the application, in order. */
    public List<String> options() {
        List<String> options = new ArrayList<>();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (setting.getKey().startsWith(OPTION)) {
                options.add(setting.getValue());
            }
        }
        return options;
    }

    public String indexDigest() {
        return indexDigest;
    }

    public long indexBytes() {
        return indexBytes;
    }

    /** True if a Java runtime comes along. */
    public boolean hasRuntime() {
        for (Item item : items) {
            if (item.name.equals(RUNTIME + "/bin/java")) {
                return true;
            }
        }
        return false;
    }

    /** Files by name, then links by name. */
    public List<Item> items() {
        return items;
    }

    /** The list as it is stored. */
    public byte[] toBytes() {
        StringBuilder text = new StringBuilder();
        line(text, MAGIC, Integer.toString(VERSION));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            line(text, "set", setting.getKey(), setting.getValue());
        }
        line(text, "index", indexDigest, Long.toString(indexBytes));
        for (Item item : items) {
            if (item.isLink()) {
                line(text, "link", item.name, item.target);
            } else {
                String mode = item.executable ? "x" : "r";
                line(text, "file", item.digest, Long.toString(item.lengthBytes), mode, item.name);
            }
        }
        line(text, "end");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String... fields) {
        for (int i = 0; i < fields.length; i++) {
            text.append(i == 0 ? "" : "\t").append(fields[i]);
        }
        text.append('\n');
    }

    /** True if {@code bytes} begin as a list does, and not as an index. */
    static boolean isOne(ByteBuffer bytes) {
        boolean same = bytes.remaining() > MAGIC.length();
        for (int i = 0; same && i < MAGIC.length(); i++) {
            same = bytes.get(bytes.position() + i) == MAGIC.charAt(i);
        }
        return same;
    }

    /**
     * The list that {@code bytes} hold.
     *
     * @throws BootcastException with {@link Fault#BUNDLE} if they hold none, one of another version, or one whose names lead out of the image or twice to one place
     */
    public static LaunchList of(byte[] bytes) {
        LaunchList list = new Parser(new String(bytes, StandardCharsets.UTF_8)).parse();
        if (!Arrays.equals(list.toBytes(), bytes)) {
            throw refused("lines are out of order, there twice, or behind the end", "such lines", "none");
        }
        return list;
    }

    private static BootcastException refused(String what, Object found, Object expected) {
        return new BootcastException(
                Fault.BUNDLE,
                "launch list: " + what + ": found=" + found + " expected=" + expected + "; build the bundle again");
    }

    /** Collects what a list is made of. */
    public static final class Builder {
        private final Map<String, String> settings = new TreeMap<>();
        private final Map<String, Item> files = new TreeMap<>();
        private final Map<String, Item> links = new TreeMap<>();
        private String indexDigest = "";
        private long indexBytes;

        public Builder set(String key, String value) {
            requirePlain(key);
            requirePlain(value);
            settings.put(key, value);
            return this;
        }

        public Builder index(String digest, long lengthBytes) {
            requireDigest(digest);
            indexDigest = digest;
            indexBytes = lengthBytes;
            return this;
        }

        public Builder file(String name, String digest, long lengthBytes, boolean executable) {
            requireDigest(digest);
            if (lengthBytes < 0) {
                throw refused("a length is negative", lengthBytes, "0 or more");
            }
            add(files, new Item(name, digest, lengthBytes, executable, ""));
            return this;
        }

        /** A link that leads to {@code target}, seen from the directory of {@code name}. */
        public Builder link(String name, String target) {
            requirePlain(target);
            if (target.isEmpty() || !Names.staysInside(name, target)) {
                throw refused("a link leads out of the image", name + " -> " + target, "a place inside");
            }
            add(links, new Item(name, "", 0, false, target));
            return this;
        }

        private void add(Map<String, Item> items, Item item) {
            requirePlain(item.name);
            if (!Names.isBelow(item.name)) {
                throw refused("a name leads out of the image", item.name, "a relative name without ..");
            }
            if (files.containsKey(item.name) || links.containsKey(item.name)) {
                throw refused("a name is there twice", item.name, "once");
            }
            if (files.size() + links.size() == MOST_ITEMS) {
                throw refused("too many files", "more than " + MOST_ITEMS, "at most " + MOST_ITEMS);
            }
            items.put(item.name, item);
        }

        private static void requirePlain(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) < ' ') {
                    throw refused("a text has a control character", (int) text.charAt(i), "none");
                }
            }
        }

        private static void requireDigest(String digest) {
            boolean right = digest.length() == DIGEST_CHARACTERS;
            for (int i = 0; right && i < digest.length(); i++) {
                char c = digest.charAt(i);
                right = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            }
            if (!right) {
                throw refused("a digest is no SHA-256", digest, DIGEST_CHARACTERS + " hexadecimal digits");
            }
        }

        /** The list. Refuses one that has no index, or a file or link below a name that is a file or a link itself. */
        public LaunchList build() {
            if (indexDigest.isEmpty()) {
                throw refused("there is no index", "none", "one");
            }
            List<Item> items = new ArrayList<>(files.values());
            items.addAll(links.values());
            for (Item item : items) {
                for (int end = item.name.indexOf('/'); end > 0; end = item.name.indexOf('/', end + 1)) {
                    String above = item.name.substring(0, end);
                    if (files.containsKey(above) || links.containsKey(above)) {
                        throw refused("a name lies below a file or a link", item.name, "directories above it");
                    }
                }
            }
            return new LaunchList(settings, indexDigest, indexBytes, items);
        }
    }

    /** Takes the lines one by one. Whether a list that is written again is the same, so that nothing can hide in it, is for others to see. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        LaunchList parse() {
            String[] head = nextLine();
            if (head.length != 2 || !head[0].equals(MAGIC)) {
                throw refused("this is none", head[0], MAGIC);
            }
            if (!head[1].equals(Integer.toString(VERSION))) {
                throw refused("another version", head[1], VERSION);
            }
            Builder builder = new Builder();
            for (String[] line = nextLine(); !line[0].equals("end") || line.length != 1; line = nextLine()) {
                take(line, builder);
            }
            return builder.build();
        }

        private static void take(String[] line, Builder builder) {
            String kind = line[0] + line.length;
            switch (kind) {
                case "set3" -> builder.set(line[1], line[2]);
                case "index3" -> builder.index(line[1], number(line[2]));
                case "file5" -> builder.file(line[4], line[1], number(line[2]), line[3].equals("x"));
                case "link3" -> builder.link(line[1], line[2]);
                default -> throw refused("an unknown line", line[0], "set, index, file, link or end");
            }
        }

        private static long number(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw refused("not a number", text, "a number of bytes");
            }
        }

        private String[] nextLine() {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                throw refused("it is cut short", "character " + at, "a line 'end'");
            }
            List<String> fields = new ArrayList<>();
            for (int tab = text.indexOf('\t', at); tab >= 0 && tab < end; tab = text.indexOf('\t', at)) {
                fields.add(text.substring(at, tab));
                at = tab + 1;
            }
            fields.add(text.substring(at, end));
            at = end + 1;
            return fields.toArray(new String[0]);
        }
    }
}
