package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.Index;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An image that was opened: its index, and its elements' bytes, each mapped when it is first needed. Any thread. */
public final class Image {
    private final File home;
    private final Index index;
    private final Slot[] slots;

    Image(File home, Index index) {
        this.home = home;
        this.index = index;
        this.slots = new Slot[index.elementCount()];
        for (int element = 0; element < slots.length; element++) {
            slots[element] = new Slot();
        }
    }

    public Index index() {
        return index;
    }

    /** Where {@code element} can be found as a file: its copy in the store, or its original where it stayed at home. */
    public File file(int element) {
        String mirror = index.mirrorPath(element);
        return mirror.isEmpty() ? new File(index.originalPath(element)) : new File(home, mirror);
    }

    /** The bytes of the element's blob; positions and limits are the caller's to set on a duplicate. */
    public ByteBuffer bytes(int element) {
        ByteBuffer known = slots[element].bytes;
        return known == null ? open(element) : known;
    }

    private synchronized ByteBuffer open(int element) {
        Slot slot = slots[element];
        if (slot.bytes == null) {
            File file = index.kind(element) == ElementFacts.JAR ? file(element) : new File(home, "packs/" + element);
            try {
                slot.bytes = StoreFiles.open(file);
            } catch (IOException e) {
                throw new BootcastException(
                        Fault.STORE,
                        "image: cannot open a blob: file=" + file + " reason=" + BootcastException.reason(e),
                        e);
            }
        }
        return slot.bytes;
    }

    /** An element's bytes, safely handed from the thread that opened them to all others. */
    private static final class Slot {
        volatile ByteBuffer bytes;
    }
}
