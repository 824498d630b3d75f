package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * The exclusive lock around every coming and going in a store. The last process removes the store while others may be opening it; so it marks
 * the gate before it removes it, and who gets a marked gate starts again with a new store.
 */
final class Gate implements AutoCloseable {
    static final String NAME = "gate";
    private static final int OPEN = 0;
    private static final int REMOVED = 'X';

    private final LockFile file;

    private Gate(LockFile file) {
        this.file = file;
    }

    /** Passes the gate of the store in {@code directory}, or returns null if the store is gone or going: make it anew and try again. */
    static Gate tryEnter(File directory) throws IOException {
        LockFile file;
        try {
            file = new LockFile(new File(directory, NAME));
        } catch (FileNotFoundException e) {
            boolean gone = BootcastException.reason(e).contains("No such file");
            if (directory.isDirectory() && !gone) {
                throw e;
            }
            return null;
        }
        file.lock(/* shared= */ false);
        if (file.mark() == OPEN) {
            return new Gate(file);
        }
        file.close();
        return null;
    }

    /**
     * Removes the store in {@code directory}, and says so to all who wait at the gate. Its name is free in one step: nobody sees a store without its
     * gate, and so nobody makes a new gate in a store that is being removed.
     */
    void remove(File directory, String unusedName) throws IOException {
        file.mark(REMOVED);
        for (String name : StoreFiles.list(directory)) {
            if (!name.equals(NAME)) {
                StoreFiles.removeTree(new File(directory, name));
            }
        }
        File going = new File(directory.getPath() + ".gone-" + unusedName);
        StoreFiles.removeTree(directory.renameTo(going) ? going : directory);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
