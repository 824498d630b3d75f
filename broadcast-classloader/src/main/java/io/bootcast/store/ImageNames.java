package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.FileFacts;
import io.bootcast.index.Index;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks through an index and a launch list that somebody else has made: all that they would put into an image has a name inside it, a place of its own, and bytes inside its
 * blob. Asks nothing of the file system. Where a link of a packed directory leads is in the pack: {@link #requireLink}.
 *
 * <p>What is safe one by one must be safe together: nothing lies below a link, and a link's target climbs before it descends, so that no chain of links leads out.
 */
public final class ImageNames {
    /** Longer than any path that Linux takes. */
    public static final int MOST_LINK_BYTES = 4096;

    private static final int LONGEST_SHOWN = 120;

    /** What the store and the node's leader write themselves. */
    private static final String[] RESERVED = {
        "index",
        "lease",
        "keep",
        "stamps",
        "packs",
        "launch/list",
        "launch/options.args",
        "launch/plain.args",
        "launch/descriptor.args",
        "launch/home",
        "launch/defaults",
        "launch/refused"
    };

    private static final String DIRECTORY = "directory";
    private static final String LINK = "link";

    private final Index index;
    /** What is at each place: a blob's digest, {@link #LINK}, or {@link #DIRECTORY}. */
    private final Map<String, String> places = new HashMap<>();

    private ImageNames(Index index) {
        this.index = index;
    }

    /**
     * Returns if {@code index} and {@code list} can be laid out as one image.
     *
     * @throws BootcastException with {@link Fault#BUNDLE} if they cannot, or the index is damaged
     */
    public static void require(Index index, LaunchList list) {
        ImageNames names = new ImageNames(index);
        try {
            names.readJars();
            names.readDirectories();
            names.readEntries();
            names.readLibraries();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw refused("the index is damaged", BootcastException.reason(e), "offsets inside the file");
        }
        for (LaunchList.Item item : list.items()) {
            requireNotReserved(item.name());
            if (names.places.containsKey(item.name())) {
                throw refused("two things have one place", item.name(), "one");
            }
            names.places.put(item.name(), item.isLink() ? LINK : item.digest());
        }
        names.requireDirectoriesAbove();
    }

    /**
     * Returns if the link {@code name} of an image may lead to {@code target}.
     *
     * @throws BootcastException with {@link Fault#BUNDLE} if it leads out of the image
     */
    public static void requireLink(String name, String target) {
        if (target.isEmpty() || !Names.staysInside(name, target)) {
            throw refused("a link leads out of the image", name + " -> " + target, "a place inside");
        }
    }

    private void readJars() {
        for (int element = 0; element < index.elementCount(); element++) {
            String mirror = index.mirrorPath(element);
            int kind = index.kind(element);
            require(kind >= ElementFacts.JAR && kind <= ElementFacts.FILES, "an unknown kind", "" + kind, "0 to 4");
            if (kind == ElementFacts.JAR) {
                put(mirror, digestOf(element));
            } else if (kind == ElementFacts.LIVE || kind == ElementFacts.ABSENT) {
                require(mirror.isEmpty(), "an element that stays at home has a place", mirror, "none");
            }
        }
    }

    private void readDirectories() {
        for (int element = 0; element < index.elementCount(); element++) {
            int kind = index.kind(element);
            if (kind == ElementFacts.DIRECTORY || kind == ElementFacts.FILES) {
                String mirror = index.mirrorPath(element);
                digestOf(element);
                put(mirror, DIRECTORY);
                readFiles(element, mirror);
            }
        }
    }

    private void readFiles(int element, String mirror) {
        for (FileFacts file : index.files(element)) {
            requireInBlob(element, file.offset(), file.lengthBytes());
            if (file.isDirectory()) {
                put(below(mirror, file.name()), DIRECTORY);
            } else if (file.isLink()) {
                require(
                        file.lengthBytes() <= MOST_LINK_BYTES,
                        "a link's target is too long",
                        Integer.toString(file.lengthBytes()),
                        "at most " + MOST_LINK_BYTES);
                put(below(mirror, file.name()), LINK);
            } else {
                putIfFree(below(mirror, file.name()), digestOf(element));
            }
        }
    }

    private void readEntries() {
        for (int slot = 0; slot < index.slots(); slot++) {
            int entry = index.entryInSlot(slot);
            for (int i = 0; entry != 0 && i < index.placeCount(entry); i++) {
                int place = index.place(entry, i);
                int element = index.element(place);
                require(element < index.elementCount(), "an entry of no element", index.name(entry), "one of those");
                int kind = index.kind(element);
                if (kind == ElementFacts.JAR) {
                    requireInBlob(element, index.offset(place), index.storedBytes(place));
                } else if (kind == ElementFacts.DIRECTORY) {
                    requireInBlob(element, index.offset(place), index.contentBytes(place));
                    if (!index.isDirectoryAlias(place)) {
                        String name = index.name(entry);
                        boolean directory = name.isEmpty() || name.endsWith("/");
                        putIfFree(below(index.mirrorPath(element), name), directory ? DIRECTORY : digestOf(element));
                    }
                }
            }
        }
    }

    private void readLibraries() {
        for (int library : index.libraries()) {
            String mirror = index.libraryMirrorPath(library);
            if (!mirror.isEmpty()) {
                requireName(mirror);
            }
        }
    }

    private String digestOf(int element) {
        int blob = index.blobOf(element);
        require(
                blob >= 0 && blob < index.blobCount(),
                "an element has no blob",
                Integer.toString(blob),
                "0 to " + (index.blobCount() - 1));
        return Digest.hex(index.blobDigest(blob));
    }

    private void requireInBlob(int element, long offset, int lengthBytes) {
        long end = index.blobBytes(index.blobOf(element));
        require(
                offset >= 0 && lengthBytes >= 0 && offset <= end - lengthBytes,
                "bytes lie outside of their blob",
                offset + "+" + lengthBytes,
                "at most " + end);
    }

    private static String below(String mirror, String name) {
        String path = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        return path.isEmpty() ? mirror : mirror + "/" + path;
    }

    /** One place may be named twice if the same is there. */
    private void put(String name, String what) {
        requireName(name);
        String there = places.put(name, what);
        require(there == null || there.equals(what), "two things have one place", name, "one");
    }

    /** A file of a directory may be an element by itself, which comes first. */
    private void putIfFree(String name, String what) {
        requireName(name);
        String there = places.get(name);
        if (there == null) {
            places.put(name, what);
        } else if (there.equals(LINK) || there.equals(DIRECTORY) != what.equals(DIRECTORY)) {
            throw refused("two things have one place", name, "one");
        }
    }

    private static void requireName(String name) {
        require(Names.isBelow(name), "a name leads out of the image", name, "a relative name without ..");
        requireNotReserved(name);
    }

    private static void requireNotReserved(String name) {
        for (String reserved : RESERVED) {
            if (name.startsWith(reserved)
                    && (name.length() == reserved.length() || name.charAt(reserved.length()) == '/')) {
                throw refused("a name is Bootcast's own", name, "another name");
            }
        }
    }

    private void requireDirectoriesAbove() {
        Set<String> known = new HashSet<>();
        for (String name : places.keySet()) {
            for (int end = name.lastIndexOf('/'); end > 0; end = name.lastIndexOf('/', end - 1)) {
                String above = name.substring(0, end);
                if (!known.add(above)) {
                    break; // and so were those above it
                }
                String there = places.get(above);
                require(
                        there == null || there.equals(DIRECTORY),
                        "a name lies below a file or a link",
                        name,
                        "directories above it");
            }
        }
    }

    private static void require(boolean right, String what, String found, String expected) {
        if (!right) {
            throw refused(what, found, expected);
        }
    }

    private static BootcastException refused(String what, String found, String expected) {
        return new BootcastException(
                Fault.BUNDLE, "image: " + what + ": found=" + shown(found) + " expected=" + expected);
    }

    /** {@code text} as it can stand in a message of one line: control characters replaced, its end cut off where it is long. */
    public static String shown(String text) {
        int length = Math.min(text.length(), LONGEST_SHOWN);
        StringBuilder shown = new StringBuilder(length + 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            shown.append(c < ' ' || c >= 0x7F && c < 0xA0 ? '?' : c);
        }
        return shown.append(length < text.length() ? "…" : "").toString();
    }
}
