package io.bootcast.index;

import static io.bootcast.index.IndexFormat.*;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds an index at the root: elements in class path order, each with its entries, then {@link #finish}. The same calls give the same
 * bytes. For one thread.
 */
public final class IndexWriter {
    private static final int SMALLEST_SLOT_COUNT = 16;

    private final int feature;
    private final List<byte[]> elements = new ArrayList<>();
    private final List<byte[]> blobs = new ArrayList<>();
    private final List<byte[]> libraries = new ArrayList<>();
    private final Map<String, Name> names = new HashMap<>();
    private final List<Name> order = new ArrayList<>();
    private long entryBytes;

    /** @param feature the feature release of Java that will read the index */
    public IndexWriter(int feature) {
        this.feature = feature;
    }

    /** Adds a blob and returns its number. */
    public int blob(byte[] sha256, long lengthBytes, long mtimeNanos) {
        ByteBuffer blob = ByteBuffer.allocate(BLOB_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        blobs.add(blob.put(sha256).putLong(lengthBytes).putLong(mtimeNanos).array());
        return blobs.size() - 1;
    }

    /** Adds the next element of the class path and returns its number. */
    public int element(ElementFacts facts) {
        if (elements.size() == 0xFFFF) {
            throw new BootcastException(
                    Fault.CLASS_PATH, "class path has too many elements: found more than 65535; join some of its jars");
        }
        Bytes out = new Bytes();
        out.put1(facts.kind).put1(facts.flags()).put2(facts.sections.size()).put4(facts.blob);
        out.string(facts.originalPath).string(facts.mirrorPath);
        for (String[] section : facts.sections) {
            for (String value : section) {
                out.string(value);
            }
        }
        if (facts.kind == ElementFacts.FILES) {
            out.put4(facts.files.size());
            for (FileFacts file : facts.files) {
                out.put4(file.flags).put4((int) file.lengthBytes).put8(file.offset);
                out.put8(file.mtimeNanos).string(file.name);
            }
        }
        elements.add(out.toByteArray());
        return elements.size() - 1;
    }

    /**
     * Adds what {@code System.loadLibrary} shall find for the file name {@code name}.
     *
     * @param mirrorPath its path in the image's directory, relative; empty if it stays at home
     */
    public void library(String name, String originalPath, String mirrorPath) {
        libraries.add(
                new Bytes().string(name).string(originalPath).string(mirrorPath).toByteArray());
    }

    /** Adds an entry of {@code element}; entries of one element are added together, and elements in class path order. */
    public void entry(int element, String name, JarEntryFacts facts, long mtimeMillis) {
        put(element, name, facts, mtimeMillis, 0);
        if (name.endsWith("/") && !name.endsWith("//") && name.length() > 1) {
            put(element, name.substring(0, name.length() - 1), facts, mtimeMillis, PLACE_DIRECTORY_ALIAS);
        }
    }

    private void put(int element, String name, JarEntryFacts facts, long mtimeMillis, int flags) {
        Name known = names.get(name);
        if (known == null) {
            known = new Name(name);
            names.put(name, known);
            order.add(known);
            entryBytes += known.headBytes();
        }
        ByteBuffer place = ByteBuffer.allocate(PLACE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        place.putShort((short) element).put((byte) facts.method).put((byte) (flags | facts.flags()));
        place.putShort((short) facts.release).putShort((short) 0).putLong(facts.offset);
        place.putInt((int) facts.storedBytes).putInt((int) facts.contentBytes).putLong(mtimeMillis);
        known.add(element, place.array(), flags);
    }

    /** The whole index as one buffer, ready to be written from position 0. */
    public ByteBuffer finish() {
        for (Name name : order) {
            entryBytes += (long) name.places.size() * PLACE_BYTES;
        }
        int slotCount = SMALLEST_SLOT_COUNT;
        while (slotCount < order.size() * 2L) {
            slotCount *= 2;
        }
        long elementBytes = 4L * elements.size() + sum(elements);
        long slotsAt = HEADER_BYTES;
        long blobsAt = slotsAt + (long) slotCount * SLOT_BYTES;
        long elementsAt = blobsAt + (long) blobs.size() * BLOB_BYTES;
        long librariesAt = elementsAt + elementBytes;
        long entriesAt = librariesAt + sum(libraries) + 3 & ~3L;
        long length = entriesAt + entryBytes;
        if (length > Integer.MAX_VALUE) {
            throw new BootcastException(
                    Fault.CLASS_PATH,
                    "class path has too many entries for one index: bytes=" + length + " limit=" + Integer.MAX_VALUE
                            + "; leave elements out with --live");
        }
        ByteBuffer out = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < blobs.size(); i++) {
            out.position((int) blobsAt + i * BLOB_BYTES).put(blobs.get(i));
        }
        writeElements(out, (int) elementsAt);
        for (byte[] library : libraries) {
            out.put(library);
        }
        writeEntries(out, (int) entriesAt, (int) slotsAt, slotCount);
        out.putInt(FEATURE_AT, feature);
        out.putInt(SLOT_COUNT_AT, slotCount)
                .putInt(ENTRY_COUNT_AT, order.size())
                .putInt(SLOTS_AT, (int) slotsAt);
        out.putInt(ELEMENTS_AT, (int) elementsAt).putInt(ELEMENT_COUNT_AT, elements.size());
        out.putInt(BLOBS_AT, (int) blobsAt).putInt(BLOB_COUNT_AT, blobs.size());
        out.putInt(LIBRARIES_AT, libraries.isEmpty() ? 0 : (int) librariesAt)
                .putInt(LIBRARY_COUNT_AT, libraries.size());
        Index.HEADER.write(out, length);
        return out.position(0);
    }

    private static long sum(List<byte[]> parts) {
        long bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length;
        }
        return bytes;
    }

    private void writeElements(ByteBuffer out, int elementsAt) {
        int at = elementsAt + 4 * elements.size();
        out.position(at);
        for (int i = 0; i < elements.size(); i++) {
            out.putInt(elementsAt + 4 * i, at);
            out.position(at).put(elements.get(i));
            at = out.position();
        }
    }

    private void writeEntries(ByteBuffer out, int entriesAt, int slotsAt, int slotCount) {
        out.position(entriesAt);
        for (Name name : order) {
            int at = out.position();
            out.putShort((short) name.utf8.length)
                    .putShort((short) name.places.size())
                    .put(name.utf8);
            out.position(at + name.headBytes());
            for (byte[] place : name.places) {
                out.put(place);
            }
            int slot = slotOf(name.hash, slotCount);
            while (out.getInt(slotsAt + slot * SLOT_BYTES + 4) != 0) {
                slot = slot + 1 & slotCount - 1;
            }
            out.putInt(slotsAt + slot * SLOT_BYTES, name.hash).putInt(slotsAt + slot * SLOT_BYTES + 4, at);
        }
    }

    /** A name with its places so far. */
    private static final class Name {
        final int hash;
        final byte[] utf8;
        final List<byte[]> places = new ArrayList<>(1);
        private int lastElement = -1;
        private boolean lastIsAlias;

        Name(String name) {
            hash = name.hashCode();
            utf8 = name.getBytes(StandardCharsets.UTF_8);
        }

        int headBytes() {
            return 4 + utf8.length + 3 & ~3;
        }

        /** One place per element: of several entries with one name the JDK's jar reader finds the last, and a file before a directory. */
        void add(int element, byte[] place, int flags) {
            boolean alias = (flags & PLACE_DIRECTORY_ALIAS) != 0;
            if (element != lastElement) {
                places.add(place);
            } else if (!alias || lastIsAlias) {
                places.set(places.size() - 1, place);
            } else {
                return;
            }
            lastElement = element;
            lastIsAlias = alias;
        }
    }
}
