package io.bootcast.build;

import io.bootcast.path.DataPath;
import io.bootcast.path.Prepared;
import io.bootcast.path.Settings;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.Image;
import io.bootcast.store.LaunchList;
import io.bootcast.store.Locks;
import io.bootcast.store.Store;
import io.bootcast.store.StorePlace;
import io.bootcast.transport.Launcher;
import io.bootcast.transport.SoloTransport;
import io.bootcast.transport.Watchdog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A store of its own on this machine, in which the image of a bundle takes shape as it will on the nodes: trial runs and class-data archives are made from it. Removed when it is closed. For
 * one thread.
 */
final class Workshop implements AutoCloseable {
    private static final int READ_BYTES = 1 << 20;

    private final Path directory;
    private final Locks locks = new Locks();
    private final Thread atEnd = new Thread(this::endEarly, "bootcast-build-end");
    private final Store store;

    /** @param parent an existing directory on this machine; empty: that of {@code java.io.tmpdir} */
    Workshop(String parent) throws IOException {
        this.directory = parent.isEmpty()
                ? Files.createTempDirectory("bootcast-build")
                : Files.createTempDirectory(Path.of(parent), "bootcast-build");
        Runtime.getRuntime().addShutdownHook(atEnd);
        this.store = openStore();
    }

    /** An interrupt from the keyboard, or a job's end, must leave neither the child that is running nor its files. */
    private void endEarly() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            removeFiles();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bootcast: cannot remove " + directory + ": " + e);
        }
    }

    private void removeFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Store openStore() {
        String place = directory.resolve("store").toString();
        return Store.open(new StorePlace(/* executes= */ true), place, Map.of(), locks);
    }

    /** A directory for files that are only needed while the bundle is built. */
    Path directory() {
        return directory;
    }

    Path store() {
        return store.directory().toPath();
    }

    /** Reads the class path into the store, and returns the digest of its index. */
    String readClassPath(Settings settings) throws IOException {
        settings.store = store.directory().getPath();
        settings.keep = true;
        settings.fixedTimes = true;
        settings.abortOnError = true;
        try (Watchdog watchdog = new Watchdog(settings.timeoutSeconds, "build")) {
            DataPath path = new DataPath(settings, Map.of(), Launcher.NONE, watchdog, file -> null, locks);
            Prepared prepared = path.run(new SoloTransport());
            Path index = store().resolve("images/" + prepared.outcome() + "/index");
            String digest = digest(index);
            prepared.leave();
            return digest;
        }
    }

    static String digest(Path file) throws IOException {
        MessageDigest sha = Digest.sha256();
        byte[] buffer = new byte[READ_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                sha.update(buffer, 0, count);
            }
        }
        return Digest.hex(sha.digest());
    }

    /** Copies {@code file} into the store, and returns its digest. */
    String add(Path file) throws IOException {
        String digest = digest(file);
        if (!store.hasBlob(digest)) {
            try (BlobWriter blob = store.newBlob();
                    InputStream in = Files.newInputStream(file)) {
                byte[] buffer = new byte[READ_BYTES];
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    blob.write(buffer, 0, count);
                }
                store.publish(blob, digest, LaunchList.MTIME_NANOS);
            }
        }
        return digest;
    }

    /** The file of a blob. */
    Path blob(String digest) {
        return store.blob(digest).toPath();
    }

    /** Lays out the image of {@code list} as on a node, and returns its directory. It stays until the workshop is closed. */
    Path publish(LaunchList list) throws IOException {
        Path written = directory.resolve("launch-list");
        Files.write(written, list.toBytes());
        String head = add(written);
        store.publishImage(head);
        store.keep(Store.imageId(head));
        return store.image(head).toPath();
    }

    /** What is done with an opened image. */
    interface Use<T> {
        T of(Image image) throws IOException;
    }

    /** What {@code use} gives of the image in {@code directory}, which is open for as long as that takes. */
    <T> T open(Path directory, Use<T> use) throws IOException {
        Store reader = openStore();
        try {
            return use.of(reader.open(directory.getFileName().toString()));
        } finally {
            reader.leave();
        }
    }

    @Override
    public void close() throws IOException {
        store.clean();
        removeFiles();
        Runtime.getRuntime().removeShutdownHook(atEnd);
    }
}
