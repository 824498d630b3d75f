package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.HotBlob;
import io.bootcast.index.Index;
import io.bootcast.index.IndexFormat;
import io.bootcast.resolve.LibraryPath;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An image that was opened: its index, and its elements' bytes, each mapped when it is first needed. Any thread. */
public final class Image {
    private static final int UNKNOWN = 0;
    private static final int ALLOWED = 1;
    private static final int FORBIDDEN = 2;

    /** The hot blob, relative to the image's directory. Only images that came as a bundle have one. */
    private static final String HOT = "launch/hot";

    private final File home;
    private final Index index;
    private final HotBlob hot;
    private final Slot[] slots;
    private int execution = UNKNOWN;

    /** Asks whether there is a hot blob, and opens it. */
    Image(File home, Index index) throws IOException {
        this.home = home;
        this.index = index;
        File hotFile = new File(home, HOT);
        this.hot = hotFile.exists() ? HotBlob.open(StoreFiles.open(hotFile), hotFile.getPath(), index) : null;
        this.slots = new Slot[index.elementCount()];
        for (int element = 0; element < slots.length; element++) {
            slots[element] = new Slot();
        }
    }

    public Index index() {
        return index;
    }

    /** What the image has beside its class path: nothing, if it did not come as a bundle. Reads it anew each time. */
    public LaunchList launchList() {
        File file = new File(home, LaunchFiles.LIST);
        try {
            return file.exists() ? LaunchList.of(StoreFiles.bytes(StoreFiles.open(file))) : LaunchList.NONE;
        } catch (IOException e) {
            throw new BootcastException(
                    Fault.STORE,
                    "image: cannot read the launch list: file=" + file + " reason=" + BootcastException.reason(e),
                    e);
        }
    }

    /** True if the content of some classes lies here uncompressed. */
    public boolean hasHot() {
        return hot != null;
    }

    /** The content of those classes; only if {@link #hasHot}. */
    public HotBlob hot() {
        return hot;
    }

    /** Where {@code element} can be found as a file: its copy in the store, or its original where it stayed at home. */
    public File file(int element) {
        String mirror = index.mirrorPath(element);
        return mirror.isEmpty() ? new File(index.originalPath(element)) : new File(home, mirror);
    }

    /**
     * The native library that {@code System.loadLibrary} shall load for the file name {@code name}, or an empty path where that is left to the JVM. The copy in the store; its
     * original where it stayed at home, the store's mount forbids execution, or somebody has emptied the store. Asks nothing if the index does not know the name.
     */
    public File library(String name) {
        int library = index.findLibrary(name);
        if (library == 0) {
            return new File("");
        }
        File copy = new File(home, index.libraryMirrorPath(library));
        boolean inStore = !index.libraryMirrorPath(library).isEmpty() && mayExecute() && copy.exists();
        return inStore ? copy : new File(index.libraryOriginalPath(library));
    }

    /**
     * The JVM's library path {@code path} with the store's copy before each directory of which libraries came along; empty if there is none, or nothing can be loaded from
     * the store. What is written into such a directory later is still found there.
     */
    public String[] libraryPath(String path) {
        List<String> directories = new ArrayList<>();
        boolean changed = false;
        for (String directory : LibraryPath.directories(path)) {
            int copy = index.findLibrary(directory + IndexFormat.DIRECTORY_END);
            if (copy != 0 && mayExecute()) {
                directories.add(new File(home, index.libraryMirrorPath(copy)).getPath());
                changed = true;
            }
            directories.add(directory);
        }
        return changed ? directories.toArray(new String[0]) : new String[0];
    }

    /** False if the store is mounted so that no native library can be loaded from it. The first call reads the list of mounts. */
    public synchronized boolean mayExecute() {
        if (execution == UNKNOWN) {
            execution = Mounts.ofThisProcess().isNoexec(home) ? FORBIDDEN : ALLOWED;
        }
        return execution == ALLOWED;
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
