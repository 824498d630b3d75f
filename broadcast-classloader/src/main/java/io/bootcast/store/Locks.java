package io.bootcast.store;

import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The shared locks that this process holds, each opened once however many of its users there are: the kernel counts locks by process. One
 * object per process (tests run several ranks in one). Any thread.
 */
public final class Locks {
    private final Map<String, Held> held = new HashMap<>();

    /** Takes the shared lock on {@code path}, which is made if it is missing. */
    synchronized void hold(File path) throws IOException {
        Held known = held.get(path.getPath());
        if (known == null) {
            known = new Held(new LockFile(path));
            known.file.lock(/* shared= */ true);
            held.put(path.getPath(), known);
        }
        known.users++;
    }

    /** Gives the shared lock back; true if this process does not hold it any more. */
    synchronized boolean release(File path) throws IOException {
        Held known = held.get(path.getPath());
        if (known == null) {
            return true;
        }
        known.users--;
        if (known.users > 0) {
            return false;
        }
        held.remove(path.getPath());
        known.file.close();
        return true;
    }

    /** True if no process holds the lock on {@code path}; takes nothing. */
    synchronized boolean isFree(File path) throws IOException {
        if (held.containsKey(path.getPath())) {
            return false;
        }
        LockFile file = new LockFile(path);
        try {
            return file.tryLock(/* shared= */ false);
        } finally {
            file.close();
        }
    }

    private static final class Held {
        final LockFile file;
        int users;

        Held(LockFile file) {
            this.file = file;
        }
    }
}
