package io.bootcast.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.FileFacts;
import io.bootcast.index.IndexWriter;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beside the class path as they lie in the store. */
class ImageFilesTest {
    private static final byte[] LIBRARY = StoreContent.content(100_000, 1);
    private static final byte[] PACK = "textscriptliba.so.1".getBytes(StandardCharsets.UTF_8);
    private static final long MTIME_NANOS = 1_700_000_000_123_456_789L;

    @TempDir
    Path temporary;

    private Store store;
    private Image image;

    @BeforeEach
    void publish() throws IOException {
        store = StoreContent.open(temporary.resolve("store"), new Locks());
        IndexWriter index = new IndexWriter(17);
        ElementFacts jar = new ElementFacts(ElementFacts.JAR, "/app/lib/a.jar", "root/app/lib/a.jar");
        jar.blob(index.blob(Digest.bytes(StoreContent.blob(store, LIBRARY)), LIBRARY.length, 0));
        index.element(jar);
        ElementFacts packed = new ElementFacts(ElementFacts.FILES, "/app", "root/app");
        packed.blob(index.blob(Digest.bytes(StoreContent.blob(store, PACK)), PACK.length, 0));
        packed.file(FileFacts.file("", 0, 0, 0, /* executable= */ false));
        packed.file(FileFacts.file("empty/", 0, 0, 0, /* executable= */ false));
        packed.file(FileFacts.file("conf/text", 0, 4, MTIME_NANOS, /* executable= */ false));
        packed.file(FileFacts.file("bin/script", 4, 6, MTIME_NANOS, /* executable= */ true));
        packed.file(FileFacts.link("lib/liba.so", 10, 9));
        packed.file(FileFacts.file("lib/a.jar", 0, 4, MTIME_NANOS, /* executable= */ false));
        index.element(packed);
        ElementFacts whole = new ElementFacts(ElementFacts.FILES, "/app", "root/app");
        whole.blob(index.blob(Digest.bytes(StoreContent.blob(store, LIBRARY)), LIBRARY.length, 0));
        whole.file(FileFacts.blob("lib/liba.so.1", LIBRARY.length, 0));
        index.element(whole);
        index.library("liba.so", "/app/lib/liba.so", "root/app/lib/liba.so");
        index.library("libhome.so", "/app/lib/libhome.so", "");
        index.library("/app/lib/", "/app/lib", "root/app/lib");
        ByteBuffer bytes = index.finish();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        String digest = StoreContent.blob(store, content);
        store.publishImage(digest);
        image = store.open(Store.imageId(digest));
    }

    /** The last one out takes the store with it, links and all. */
    @AfterEach
    void leave() {
        store.leave();
        assertArrayEquals(new String[0], temporary.toFile().list());
    }

    private Path root(String name) {
        File jar = image.file(0);
        return Path.of(jar.getParentFile().getParent(), name);
    }

    @Test
    void filesWhenPackedHaveTheirContentTimeAndPermission() throws IOException {
        assertEquals("text", Files.readString(root("conf/text")));
        assertEquals(MTIME_NANOS, Files.getLastModifiedTime(root("conf/text")).to(TimeUnit.NANOSECONDS));
        assertFalse(Files.isExecutable(root("conf/text")));
        assertEquals("script", Files.readString(root("bin/script")));
        assertTrue(Files.isExecutable(root("bin/script")));
        assertTrue(Files.isDirectory(root("empty")));
    }

    @Test
    void libraryWhenItIsABlobIsThatBlobAndItsLinkLeadsToIt() throws IOException {
        Path blob = store.blob(StoreContent.blob(store, LIBRARY)).toPath();

        assertEquals(
                Files.getAttribute(image.file(0).toPath(), "unix:ino"),
                Files.getAttribute(root("lib/liba.so.1"), "unix:ino"));
        assertEquals(Files.size(blob), Files.size(root("lib/liba.so")));
        assertTrue(Files.isSymbolicLink(root("lib/liba.so")));
        assertEquals(Path.of("liba.so.1"), Files.readSymbolicLink(root("lib/liba.so")));
    }

    @Test
    void fileWhenItIsAnElementOfTheClassPathIsNotWritten() throws IOException {
        assertArrayEquals(LIBRARY, Files.readAllBytes(root("lib/a.jar")));
    }

    @Test
    void libraryWhenItCameAlongIsInTheStoreElseAtHome() {
        assertEquals(root("lib/liba.so").toFile(), image.library("liba.so"));
        assertEquals(new File("/app/lib/libhome.so"), image.library("libhome.so"));
        assertEquals(new File(""), image.library("liba.so.1"));
        assertEquals(new File(""), image.library("libabsent.so"));
    }

    @Test
    void libraryWhenSomebodyHasEmptiedTheStoreIsAtHome() throws IOException {
        Files.delete(root("lib/liba.so"));

        assertFalse(Files.exists(root("lib/liba.so"), LinkOption.NOFOLLOW_LINKS));
        assertEquals(new File("/app/lib/liba.so"), image.library("liba.so"));
    }

    @Test
    void libraryPathWhenADirectoryCameAlongHasItsCopyBeforeIt() {
        String[] changed = image.libraryPath("/usr/lib:/app/lib:");
        String[] unchanged = image.libraryPath("/usr/lib:/app/lib/:/app");

        assertArrayEquals(new String[] {"/usr/lib", root("lib").toString(), "/app/lib", "."}, changed);
        assertArrayEquals(new String[0], unchanged);
    }

    @Test
    void imageWhenItsFilesAreKeptIsIntactUntilAPackIsDamaged() throws IOException {
        File home = new File(image.file(0).getPath().replaceFirst("/root/app/.*", ""));
        assertTrue(store.isIntact(home.getName()));

        Path pack = home.toPath().resolve("packs/1");
        Files.setAttribute(pack, "unix:mode", 0600);
        Files.writeString(pack, "TEXTscriptliba.so.1");

        assertFalse(store.isIntact(home.getName()));
    }
}
