package io.bootcast.store;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;

/**
 * The exclusive lock around every coming and going in a store. The last process removes the store while others may be opening it; so it marks
 * the gate before it removes it, and who gets a marked gate starts again with a new store.
 */
final class Gate implements AutoCloseable {
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
            file = new LockFile(new File(directory, "gate"));
        } catch (FileNotFoundException e) {
            if (directory.isDirectory()) {
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

    /** Says to all who wait at the gate that this store is gone. */
    void markRemoved() throws IOException {
        file.mark(REMOVED);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
