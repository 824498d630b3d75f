package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;

/**
 * A file whose kernel lock says that a process lives: it is gone when the process is, however it ended. The lock belongs to the process (POSIX),
 * and closing any descriptor of the file gives it up, so a process opens a lock file once: see {@link Locks}.
 *
 * <p>The one class besides the MPI adapter that may block; the {@code Watchdog} of the process bounds it.
 */
final class LockFile {
    private static final long FIRST_WAIT_MILLIS = 1;
    private static final long LONGEST_WAIT_MILLIS = 50;

    private final File path;
    private final RandomAccessFile file;
    private FileLock lock;

    LockFile(File path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path, "rw");
    }

    /** Takes the lock if nobody is in the way; gives up a lock of the other kind that is held. */
    boolean tryLock(boolean shared) throws IOException {
        release();
        try {
            lock = file.getChannel().tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException e) {
            return false;
        }
        return lock != null;
    }

    /** Waits until the lock is there. */
    void lock(boolean shared) throws IOException {
        long wait = FIRST_WAIT_MILLIS;
        while (!tryLock(shared)) {
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BootcastException(Fault.STORE, "interrupted while waiting for a lock: file=" + path, e);
            }
            wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
        }
    }

    /** The first byte of the file, or 0. Needs the lock. */
    int mark() throws IOException {
        file.seek(0);
        return Math.max(0, file.read());
    }

    /** Writes the first byte. Needs the exclusive lock. */
    void mark(int value) throws IOException {
        file.seek(0);
        file.write(value);
    }

    void release() throws IOException {
        if (lock != null) {
            lock.release();
            lock = null;
        }
    }

    void close() throws IOException {
        file.close();
    }
}
