package io.bootcast.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.ElementFacts;
import io.bootcast.index.FileFacts;
import io.bootcast.index.Index;
import io.bootcast.index.IndexWriter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNamesTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final int BLOB_BYTES = 1000;

    private final IndexWriter writer = new IndexWriter(17);
    private final LaunchList.Builder list = new LaunchList.Builder().index(DIGEST, 1);

    private int blob(int number) {
        byte[] digest = new byte[32];
        digest[0] = (byte) number;
        return writer.blob(digest, BLOB_BYTES, 0);
    }

    private void element(int kind, String mirror, int blob, FileFacts... files) {
        ElementFacts facts = new ElementFacts(kind, "/app", mirror);
        if (blob >= 0) {
            facts.blob(blob(blob));
        }
        for (FileFacts file : files) {
            facts.file(file);
        }
        writer.element(facts);
    }

    private void require() {
        ImageNames.require(Index.open(writer.finish(), "test"), list.build());
    }

    private String refused() {
        BootcastException thrown = assertThrows(BootcastException.class, this::require);
        assertEquals(Fault.BUNDLE, thrown.fault());
        return thrown.getMessage();
    }

    @Test
    void imageWhenItIsLikeThoseOfRunIsTaken() {
        element(ElementFacts.JAR, "root/app/a.jar", 1);
        element(ElementFacts.JAR, "root/app/a.jar", 1);
        element(ElementFacts.DIRECTORY, "root/app/classes", 2);
        element(ElementFacts.LIVE, "", -1);
        element(ElementFacts.ABSENT, "", -1);
        element(
                ElementFacts.FILES,
                "root/app",
                3,
                FileFacts.file("", 0, 0, 0, false),
                FileFacts.file("conf/", 0, 0, 0, false),
                FileFacts.file("conf/x", 0, BLOB_BYTES, 0, true),
                FileFacts.file("a.jar", 0, 10, 0, false),
                FileFacts.link("lib.so", 10, 8));
        element(ElementFacts.FILES, "root/app", 4, FileFacts.blob("lib.so.1", BLOB_BYTES, 0));
        writer.library("x.so", "/app/x.so", "root/app/x.so");
        writer.library("y.so", "/app/y.so", "");
        list.file("launch/hot", DIGEST, 1, false).file("runtime/bin/java", DIGEST, 1, true);
        list.link("runtime/legal/x", "../bin/java");

        assertDoesNotThrow(this::require);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "root/../../x", "root//x", "root/./x", "", "root\\x"})
    void elementWhenItsPlaceLeadsOutIsRefused(String mirror) {
        element(ElementFacts.JAR, mirror, 1);

        String message = refused();

        assertEquals(
                "image: a name leads out of the image: found=" + mirror + " expected=a relative name without ..",
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "lease", "keep", "stamps", "packs", "packs/0", "launch/list", "launch/home"})
    void nameWhenItIsBootcastsOwnIsRefused(String name) {
        list.file(name, DIGEST, 1, false);

        String message = refused();

        assertEquals("image: a name is Bootcast's own: found=" + name + " expected=another name", message);
    }

    @Test
    void placeOfAnElementWhenItIsBootcastsOwnIsRefused() {
        element(ElementFacts.JAR, "lease", 1);

        String message = refused();

        assertEquals("image: a name is Bootcast's own: found=lease expected=another name", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/../../../../x", "a//x", "\\x"})
    void fileWhenItLeadsOutIsRefused(String name) {
        element(ElementFacts.FILES, "root/app", 1, FileFacts.file(name, 0, 1, 0, false));

        String message = refused();

        assertEquals(
                "image: a name leads out of the image: found=root/app/" + name + " expected=a relative name without ..",
                message);
    }

    @Test
    void libraryWhenItLeadsOutIsRefused() {
        writer.library("x.so", "/app/x.so", "root/../../../tmp/x.so");

        String message = refused();

        assertEquals(
                "image: a name leads out of the image: found=root/../../../tmp/x.so expected=a relative name without ..",
                message);
    }

    @Test
    void twoJarsWhenTheyHaveOnePlaceAreRefused() {
        element(ElementFacts.JAR, "root/a.jar", 1);
        element(ElementFacts.JAR, "root/a.jar", 2);

        String message = refused();

        assertEquals("image: two things have one place: found=root/a.jar expected=one", message);
    }

    @Test
    void fileWhenItLiesBelowALinkIsRefused() {
        element(
                ElementFacts.FILES,
                "root/app",
                1,
                FileFacts.link("lib", 0, 3),
                FileFacts.file("lib/deep/x", 3, 1, 0, false));

        String message = refused();

        assertEquals(
                "image: a name lies below a file or a link: found=root/app/lib/deep/x expected=directories above it",
                message);
    }

    @Test
    void launchListWhenItsFileLiesBelowALinkOfTheIndexIsRefused() {
        element(ElementFacts.FILES, "root/app", 1, FileFacts.link("lib", 0, 3));
        list.file("root/app/lib/x", DIGEST, 1, false);

        String message = refused();

        assertEquals(
                "image: a name lies below a file or a link: found=root/app/lib/x expected=directories above it",
                message);
    }

    @Test
    void launchListWhenItsLinkIsInPlaceOfADirectoryIsRefused() {
        element(ElementFacts.JAR, "root/app/a.jar", 1);
        list.link("root/app", "../launch");

        String message = refused();

        assertEquals(
                "image: a name lies below a file or a link: found=root/app/a.jar expected=directories above it",
                message);
    }

    @ParameterizedTest
    @CsvSource({"0, 1001", "999, 2", "1001, 0", "-1, 1", "0, -1"})
    void fileWhenItsBytesAreNotInTheBlobIsRefused(int offset, int length) {
        element(ElementFacts.FILES, "root/app", 1, FileFacts.file("x", offset, length, 0, false));

        String message = refused();

        assertEquals(
                "image: bytes lie outside of their blob: found=" + offset + "+" + length + " expected=at most 1000",
                message);
    }

    @Test
    void elementWhenItHasNoBlobIsRefused() {
        element(ElementFacts.JAR, "root/a.jar", -1);

        String message = refused();

        assertEquals("image: an element has no blob: found=-1 expected=0 to -1", message);
    }

    @ParameterizedTest
    @CsvSource({
        "a, b, true",
        "a/b/c, ../../x, true",
        "a/b/c, ../../../x, false",
        "a, ../x, false",
        "a, /x, false",
        "a/b, x/../y, false",
        "a/b, ./../x, true"
    })
    void linkWhenItClimbsOutOrBehindANameDoesNotStayInside(String name, String target, boolean inside) {
        assertEquals(inside, Names.staysInside(name, target));
    }

    /** Whatever bytes an index is made of, it is taken or refused. */
    @Test
    void indexWhenItsBytesAreOthersIsTakenOrRefused() {
        element(ElementFacts.JAR, "root/app/a.jar", 1);
        element(
                ElementFacts.FILES,
                "root/app",
                3,
                FileFacts.file("conf/x", 0, 10, 0, true),
                FileFacts.link("l", 10, 8));
        writer.library("x.so", "/app/x.so", "root/app/x.so");
        ByteBuffer honest = writer.finish();
        LaunchList launch = list.build();
        int header = 64;
        int refused = 0;

        for (int at = header; at < honest.limit(); at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] bytes = new byte[honest.limit()];
                honest.duplicate().position(0).get(bytes);
                bytes[at] ^= (byte) (1 << bit);
                try {
                    ImageNames.require(Index.open(ByteBuffer.wrap(bytes), "test"), launch);
                } catch (BootcastException e) {
                    assertEquals(Fault.BUNDLE, e.fault());
                    refused++;
                }
            }
        }

        assertTrue(refused > 100, "refused: " + refused);
    }
}
