package io.bootcast.store;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/** Reading, mapping and removing files of the store. */
final class StoreFiles {
    /**
     * Up to this size a file is read instead of mapped: the first map of a JVM costs 8 ms and 146 classes on JDK 17, 30 ms and 313 classes on 25
     * (docs/decisions/0002), a read of 64 KiB 0.03 ms.
     */
    private static final long LARGEST_READ_BYTES = 64 * 1024;

    private StoreFiles() {}

    /**
     * The content of {@code file}, for reading at positions 0 to its limit: mapped, or read if it is small. Whatever the application does with its threads: an interrupt
     * closes the channel that maps, so then it is done in a thread that nobody knows.
     */
    static ByteBuffer open(File file) throws IOException {
        try {
            return openHere(file);
        } catch (ClosedByInterruptException e) {
            return new Opener(file).await();
        }
    }

    private static ByteBuffer openHere(File file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
            long length = in.length();
            if (length > LARGEST_READ_BYTES) {
                return in.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, length);
            }
            byte[] bytes = new byte[(int) length];
            in.readFully(bytes);
            return ByteBuffer.wrap(bytes);
        }
    }

    /** The content of {@code file} as a direct buffer, as MPI wants it. */
    static ByteBuffer map(File file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
            long length = in.length();
            return length == 0
                    ? ByteBuffer.allocateDirect(0)
                    : in.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, length);
        }
    }

    /** The content of a small text file, or an empty string if there is none. */
    static String text(File file) throws IOException {
        if (!file.exists()) {
            return "";
        }
        try (FileInputStream in = new FileInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes a small text file so that nobody ever sees half of it. */
    static void replace(File file, File temporary, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(temporary)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        rename(temporary, file);
    }

    static void rename(File from, File to) throws IOException {
        if (!from.renameTo(to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }

    /** The remaining bytes of {@code buffer}, whose position stays. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static long mtime(Path path) throws IOException {
        return Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS);
    }

    static void setMtime(Path path, long mtimeNanos) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(mtimeNanos, TimeUnit.NANOSECONDS));
    }

    /** The names in {@code directory}; none if it is not there. */
    static String[] list(File directory) {
        String[] names = directory.list();
        return names == null ? new String[0] : names;
    }

    /** Removes {@code file} and all below it; links are removed and not followed. What cannot be removed stays. */
    static void removeTree(File file) {
        if (!Files.isSymbolicLink(file.toPath())) {
            File[] children = file.listFiles();
            if (children != null) {
                for (File child : children) {
                    removeTree(child);
                }
            }
        }
        file.delete();
    }

    /** Opens a file in a thread of its own. */
    private static final class Opener extends Thread {
        private final File file;
        private ByteBuffer content;
        private IOException failure;

        Opener(File file) {
            super("bootcast-opener");
            this.file = file;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                content = openHere(file);
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException | Error e) {
                failure = new IOException(e);
            }
        }

        /** The content. The caller's interrupt is there afterwards as before. */
        ByteBuffer await() throws IOException {
            start();
            boolean interrupted = false;
            while (true) {
                try {
                    join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                currentThread().interrupt();
            }
            if (failure != null) {
                throw failure;
            }
            return content;
        }
    }
}
