package io.bootcast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    private static final byte[] FIRST = StoreContent.content(100_000, 1);
    private static final byte[] SECOND = StoreContent.content(500, 2);

    @TempDir
    Path temporary;

    private final Locks locks = new Locks();

    private Store open() {
        return StoreContent.open(temporary.resolve("store"), locks);
    }

    /** The last one out takes the store with it. */
    @AfterEach
    void nothingIsLeft() {
        assertArrayEquals(new String[0], temporary.toFile().list());
    }

    private static void damage(File file) throws IOException {
        FileTime mtime = Files.getLastModifiedTime(file.toPath());
        Files.setPosixFilePermissions(file.toPath(), PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile damaged = new RandomAccessFile(file, "rw")) {
            int at = (int) damaged.length() / 2;
            damaged.seek(at);
            int old = damaged.read();
            damaged.seek(at);
            damaged.write(old ^ 1);
        }
        Files.setLastModifiedTime(file.toPath(), mtime);
    }

    private String[] names(Store store, String directory) {
        return new File(store.directory(), directory).list();
    }

    @Test
    void blobWhenPublishedIsThereWithItsContentTimeAndNoWriters() throws IOException {
        Store store = open();
        long mtimeNanos = 1_234_567_890_123_456_789L;
        String digest = "ab".repeat(32);

        BlobWriter writer = store.newBlob();
        writer.write(ByteBuffer.wrap(FIRST));
        writer.write(SECOND, 100, 50);
        boolean before = store.hasBlob(digest);
        store.publish(writer, digest, mtimeNanos);
        writer.close();

        assertFalse(before);
        assertTrue(store.hasBlob(digest));
        assertEquals(FIRST.length + 50, store.mapBlob(digest).remaining());
        assertTrue(store.mapBlob(digest).isDirect());
        assertEquals(ByteBuffer.wrap(FIRST), store.openBlob(digest).duplicate().limit(FIRST.length));
        assertEquals(
                "2009-02-13T23:31:30.123456789Z",
                Files.getLastModifiedTime(store.blob(digest).toPath()).toString());
        assertEquals(
                "r--------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(store.blob(digest).toPath())));
        assertArrayEquals(new String[0], names(store, "tmp"));
        store.leave();
    }

    @Test
    void blobWhenNotPublishedLeavesNothing() throws IOException {
        Store store = open();

        try (BlobWriter writer = store.newBlob()) {
            writer.write(FIRST, 0, FIRST.length);
        }

        assertArrayEquals(new String[0], names(store, "tmp"));
        assertArrayEquals(new String[0], names(store, "blobs"));
        store.leave();
    }

    @Test
    void blobWhenItIsMissingIsAStoreFault() {
        Store store = open();

        BootcastException thrown = assertThrows(BootcastException.class, () -> store.mapBlob("none"));

        assertEquals(Fault.STORE, thrown.fault());
        assertEquals(
                "store: cannot map: file=" + store.directory() + "/blobs/none reason=" + store.directory()
                        + "/blobs/none (No such file or directory); another place: --store DIR",
                thrown.getMessage());
        store.leave();
    }

    @Test
    void imageWhenPublishedIsThereAsAWhole() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST, SECOND);
        String id = Store.imageId(index);

        boolean before = store.hasImage(id);
        store.publishImage(index);
        store.publishImage(index);
        Image image = store.open(id);

        assertFalse(before);
        assertTrue(store.hasImage(id));
        assertEquals(32, id.length());
        assertArrayEquals(FIRST, StoreContent.jar(image, 0));
        assertArrayEquals(SECOND, StoreContent.jar(image, 1));
        assertEquals(new File(store.directory(), "images/" + id + "/root/app/1.jar"), image.file(1));
        assertArrayEquals(new String[0], names(store, "tmp"));
        store.leave();
    }

    /** link(2) says that a file is not there if rename(2) replaces it at that moment. */
    @Test
    void imageWhenItsBlobIsReplacedMeanwhileIsPublished() throws Exception {
        int images = 300;
        Store store = open();
        Store other = open();
        AtomicBoolean done = new AtomicBoolean();
        Thread replacing = new Thread(() -> {
            try {
                while (!done.get()) {
                    StoreContent.blob(other, SECOND);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        replacing.start();
        try {
            for (int i = 0; i < images; i++) {
                store.publishImage(StoreContent.index(store, SECOND, StoreContent.content(i + 1, i)));
            }
        } finally {
            done.set(true);
            replacing.join();
        }

        assertEquals(images, names(store, "images").length);
        other.leave();
        store.leave();
    }

    @Test
    void imageWhenABlobIsMissingIsNotPublished() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST, SECOND);
        String missing = StoreContent.blob(store, SECOND);
        Files.delete(store.blob(missing).toPath());

        assertThrows(IOException.class, () -> store.publishImage(index));

        assertFalse(store.hasImage(Store.imageId(index)));
        assertArrayEquals(new String[0], names(store, "tmp"));
        assertArrayEquals(new String[0], names(store, "images"));
        store.leave();
    }

    @Test
    void imageWhenItIsNotThereCannotBeOpened() {
        Store store = open();

        BootcastException thrown = assertThrows(BootcastException.class, () -> store.open("no-such-image"));

        assertEquals(
                "store: cannot open: file=" + store.directory()
                        + "/images/no-such-image reason=the image is gone; another place: --store DIR",
                thrown.getMessage());
        store.leave();
    }

    @Test
    void imageWhenNothingWasTouchedIsIntact() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST);
        store.publishImage(index);

        boolean intact = store.isIntact(Store.imageId(index));

        assertTrue(intact);
        store.leave();
    }

    @Test
    void imageWhenAByteChangedBehindSizeAndMtimeIsRemovedWithItsBlob() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST, SECOND);
        String first = StoreContent.blob(store, StoreContent.content(3, 3));
        store.publishImage(index);
        String id = Store.imageId(index);
        File jar = new File(store.directory(), "images/" + id + "/root/app/0.jar");
        damage(jar);

        boolean intact = store.isIntact(id);

        assertFalse(intact);
        assertFalse(store.hasImage(id));
        assertEquals(3, names(store, "blobs").length, "the index, the other jar and an unconnected blob");
        assertTrue(store.hasBlob(index));
        assertTrue(store.hasBlob(first));
        store.leave();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 40, -1})
    void imageWhenItsIndexIsDamagedIsRemovedWithTheIndex(int at) throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST);
        store.publishImage(index);
        File file = new File(store.directory(), "images/" + Store.imageId(index) + "/index");
        Files.setPosixFilePermissions(file.toPath(), PosixFilePermissions.fromString("rw-------"));
        try (RandomAccessFile damaged = new RandomAccessFile(file, "rw")) {
            damaged.seek(at < 0 ? damaged.length() - 1 : at);
            damaged.write(0x5A);
        }

        boolean intact = store.isIntact(Store.imageId(index));

        assertFalse(intact);
        assertFalse(store.hasImage(Store.imageId(index)));
        assertFalse(store.hasBlob(index));
        store.leave();
    }

    @Test
    void imageWhenAFileIsGoneIsNotIntact() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST);
        store.publishImage(index);
        String id = Store.imageId(index);
        Files.delete(new File(store.directory(), "images/" + id + "/root/app/0.jar").toPath());

        boolean intact = store.isIntact(id);

        assertFalse(intact);
        assertFalse(store.hasImage(id));
        store.leave();
    }

    @Test
    void imageWhenAnotherOneLinksItsBlobStaysIntact() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST);
        store.publishImage(index);
        String before = Files.readString(stamps(store, index));
        String other = StoreContent.index(store, SECOND, FIRST);
        store.publishImage(other);

        boolean first = store.isIntact(Store.imageId(index));
        String after = Files.readString(stamps(store, index));
        boolean again = store.isIntact(Store.imageId(index));

        assertTrue(first && again);
        assertFalse(before.equals(after), "the new stamps are recorded, so that the next check hashes nothing");
        assertTrue(store.isIntact(Store.imageId(other)));
        store.leave();
    }

    private static Path stamps(Store store, String index) {
        return new File(store.directory(), "images/" + Store.imageId(index) + "/stamps").toPath();
    }

    @Test
    void damagedBlobsWhenAskedForAreDroppedAndOthersStay() throws IOException {
        Store store = open();
        String damaged = StoreContent.index(store, FIRST);
        String sound = StoreContent.index(store, SECOND);
        store.publishImage(damaged);
        store.publishImage(sound);
        damage(new File(store.directory(), "images/" + Store.imageId(damaged) + "/root/app/0.jar"));

        store.dropDamaged();

        assertFalse(store.hasImage(Store.imageId(damaged)));
        assertTrue(store.hasImage(Store.imageId(sound)));
        assertEquals(3, names(store, "blobs").length, "both indexes and the sound jar");
        store.leave();
    }

    @Test
    void imageWhenKeptStaysUntilCleaned() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST);
        store.publishImage(index);
        store.keep(Store.imageId(index));
        store.open(Store.imageId(index));

        store.leave();
        Store later = open();
        boolean stayed = later.hasImage(Store.imageId(index));
        later.leave();
        int left = open().clean();

        assertTrue(stayed);
        assertEquals(0, left);
    }

    @Test
    void blobWhenNoImageLinksItGoesWithTheLastLeaver() throws IOException {
        Store store = open();
        String index = StoreContent.index(store, FIRST);
        store.publishImage(index);
        store.keep(Store.imageId(index));
        String lonely = StoreContent.blob(store, SECOND);

        store.leave();
        Store later = open();

        assertFalse(later.hasBlob(lonely));
        assertTrue(later.hasBlob(index));
        later.clean();
    }

    @Test
    void ranksOfOneProcessWhenTheyShareLocksKeepTheImageForEachOther() throws IOException {
        Store one = open();
        Store other = open();
        String index = StoreContent.index(one, FIRST);
        one.publishImage(index);
        one.open(Store.imageId(index));
        Image image = other.open(Store.imageId(index));

        one.leave();
        boolean stays = other.hasImage(Store.imageId(index));
        byte[] content = StoreContent.jar(image, 0);
        other.leave();

        assertTrue(stays);
        assertArrayEquals(FIRST, content);
    }

    @Test
    void storeWhenSomebodyRemovedItCanBeLeftAndMadeAnew() throws IOException {
        Store store = open();
        StoreFiles.removeTree(store.directory());

        store.leave();
        Store anew = open();
        String digest = StoreContent.blob(anew, FIRST);

        assertTrue(anew.hasBlob(digest));
        assertFalse(locks.isFree(new File(anew.directory(), "busy")));
        anew.leave();
    }

    @Test
    void textWhenRememberedIsRecalled() throws IOException {
        Store store = open();

        store.remember("recipes/key", "line\nline ä\n");
        String found = store.recall("recipes/key");
        String nothing = store.recall("recipes/other");

        assertEquals("line\nline ä\n", found);
        assertEquals("", nothing);
        store.leave();
    }

    @Test
    void keyWhenLockedIsForOneAtATime() throws Exception {
        Store store = open();
        Store.KeyLock lock = store.lockKey("k");
        boolean[] got = new boolean[1];
        Thread other = new Thread(() -> {
            try {
                store.lockKey("k").close();
                got[0] = true;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        other.start();
        while (other.getState() != Thread.State.TIMED_WAITING && !got[0]) {
            Thread.onSpinWait();
        }
        boolean early = got[0];
        lock.close();
        other.join();

        assertFalse(early);
        assertTrue(got[0]);
        store.leave();
    }
}
