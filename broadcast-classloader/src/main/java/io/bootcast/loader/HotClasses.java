package io.bootcast.loader;

import io.bootcast.index.HotWriter;
import io.bootcast.index.Index;
import io.bootcast.index.LoadList;
import io.bootcast.store.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;

/** Makes the hot blob of an image from a load list, when a bundle is built. */
public final class HotClasses {
    private HotClasses() {}

    /**
     * The classes of {@code list}, in its order, with the bytes that the loader defines them from: those of the place that wins. Left out is what the loader takes from
     * elsewhere, or not at all: signed jars, which the JDK's reader verifies; packages of the JDK; elements at home; damaged entries; names that are not in the index.
     */
    public static HotWriter of(LoadList list, Image image) {
        Index index = image.index();
        EntryBytes bytes = new EntryBytes(image);
        HotWriter writer = new HotWriter(index);
        for (String name : list.classes()) {
            int entry = index.find(name);
            if (entry != 0 && isPlain(index, index.firstPlace(entry))) {
                add(index.firstPlace(entry), bytes, writer);
            }
        }
        return writer;
    }

    private static boolean isPlain(Index index, int place) {
        return !index.isInJdk(place) && !index.isUnreadable(place) && !index.isSigned(index.element(place));
    }

    private static void add(int place, EntryBytes bytes, HotWriter writer) {
        try {
            ByteBuffer content = bytes.coldContent(place);
            writer.add(place, content);
        } catch (ZipException e) {
            // Damaged: left where it is, for the loader to find out.
        } catch (IOException e) {
            throw new AssertionError("content is inflated from memory", e);
        }
    }
}
