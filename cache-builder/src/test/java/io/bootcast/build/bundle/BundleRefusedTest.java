package io.bootcast.build.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.bundle.TestImage.Made;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.store.Digest;
import io.bootcast.store.LaunchList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles that nobody should unpack. */
class BundleRefusedTest {
    private static final int MANIFEST = 0;
    private static final int LAUNCH = 1;
    private static final int INDEX = 2;
    private static final int BLOB = 3;
    private static final String ACTION = "; copy it again or build it again";

    @TempDir
    private Path directory;

    /** zstd's library is one for the whole JVM. */
    @BeforeAll
    static void loadZstd() {
        ZstdLibrary.require();
    }

    /** The message with FILE instead of the file's name. */
    private String refused(Path file) {
        BootcastException thrown = assertThrows(BootcastException.class, () -> Unbundled.read(file));

        assertEquals(Fault.BUNDLE, thrown.fault());
        String message = thrown.getMessage();
        assertEquals(1, message.lines().count());
        assertTrue(message.contains(file.toString()), message);
        return message.replace(file.toString(), "FILE");
    }

    private String refused(CraftedBundle crafted) throws IOException {
        return refused(crafted.write(directory.resolve("crafted"), "zstd"));
    }

    private static CraftedBundle crafted() {
        return new CraftedBundle(TestImage.small().make());
    }

    private static String notAnnounced(String found, String expected) {
        return "bundle: an entry is not the one announced: file=FILE found=" + found + " expected=" + expected + ACTION;
    }

    @Test
    void bundleWhenItIsHonestIsRead() throws IOException {
        Path file = crafted().write(directory.resolve("honest"), "zstd");

        Unbundled read = Unbundled.read(file);

        assertTrue(read.isIntact());
        assertEquals(4, read.blobs().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "/etc/passwd",
                "blobs/../../evil",
                "blobs\\..\\evil",
                "C:\\evil",
                "blobs/./x",
                "index",
                "lease",
                "BLOBS/x"
            })
    void entryWhenItsNameIsAnotherIsRefused(String name) throws IOException {
        CraftedBundle crafted = crafted();
        String expected = crafted.name(BLOB);
        byte[] content = crafted.content(BLOB);

        String message = refused(crafted.replace(BLOB, CraftedBundle.entry(name, TarConstants.LF_NORMAL, "", content)));

        assertEquals(notAnnounced(name, expected), message);
    }

    @Test
    void entryWhenItsNameHasControlCharactersIsShownWithoutThem() throws IOException {
        CraftedBundle crafted = crafted();
        String expected = crafted.name(BLOB);

        String message = refused(
                crafted.replace(BLOB, CraftedBundle.entry("a\n\u001b[31mb", TarConstants.LF_NORMAL, "", new byte[0])));

        assertEquals(notAnnounced("a??[31mb", expected), message);
    }

    @ParameterizedTest
    @CsvSource({
        "2, ../../outside, (type 2) -> ../../outside",
        "1, /etc/passwd, (type 1) -> /etc/passwd",
        "3, '', (type 3)",
        "4, '', (type 4)",
        "6, '', (type 6)",
        "7, '', (type 7)",
        "x, '', (type x)",
        "L, '', (type L)",
        "K, '', (type K)",
        "S, '', (type S)",
        "V, '', (type V)"
    })
    void entryWhenItIsNoRegularFileIsRefused(char type, String target, String shown) throws IOException {
        CraftedBundle crafted = crafted();
        String name = crafted.name(BLOB);

        String message = refused(crafted.replace(BLOB, CraftedBundle.entry(name, (byte) type, target, new byte[0])));

        assertEquals(
                "bundle: an entry is no regular file: file=FILE found=" + name + " " + shown + " expected=" + name
                        + ACTION,
                message);
    }

    @Test
    void directoryIsRefused() throws IOException {
        CraftedBundle crafted = crafted();

        String message =
                refused(crafted.insert(INDEX, CraftedBundle.entry("blobs/", TarConstants.LF_DIR, "", new byte[0])));

        assertTrue(
                message.startsWith("bundle: an entry is no regular file: file=FILE found=blobs/ (type 5) "), message);
    }

    @Test
    void blobWhenItIsThereTwiceIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        String name = crafted.name(BLOB);
        CraftedBundle.Entry again = CraftedBundle.entry(name, TarConstants.LF_NORMAL, "", crafted.content(BLOB));

        String message = refused(crafted.insert(BLOB + 1, again));

        assertEquals(notAnnounced(name, crafted.name(BLOB + 2)), message);
    }

    @Test
    void blobWhenItIsMissingIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        String missing = crafted.name(BLOB);

        String message = refused(crafted.remove(BLOB));

        assertEquals(notAnnounced(crafted.name(BLOB), missing), message);
    }

    @Test
    void lastBlobWhenItIsMissingIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        String missing = crafted.name(BLOB + 2);

        String message = refused(crafted.remove(BLOB + 2));

        assertEquals("bundle: an entry is missing: file=FILE found=the end expected=" + missing + ACTION, message);
    }

    @Test
    void blobWhenNobodyAnnouncesItIsRefused() throws IOException {
        String message = refused(crafted().add("blobs/more", new byte[10]));

        assertEquals(
                "bundle: there is more than its launch list and index announce: file=FILE found=more expected=the end"
                        + ACTION,
                message);
    }

    @Test
    void blobsWhenInAnotherOrderAreRefused() throws IOException {
        CraftedBundle crafted = crafted();
        String first = crafted.name(BLOB);

        String message = refused(crafted.swap(BLOB, BLOB + 1));

        assertEquals(notAnnounced(crafted.name(BLOB), first), message);
    }

    @Test
    void indexWhenItIsNotTheFirstBlobIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        String first = crafted.name(INDEX);

        String message = refused(crafted.swap(INDEX, BLOB));

        assertEquals(notAnnounced(crafted.name(INDEX), first), message);
    }

    @Test
    void launchListWhenItIsFirstIsRefused() throws IOException {
        String message = refused(crafted().swap(MANIFEST, LAUNCH));

        assertEquals(notAnnounced("launch", "bootcast.json"), message);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void blobWhenItsLengthIsAnotherIsRefused(int more) throws IOException {
        CraftedBundle crafted = crafted();
        byte[] content = crafted.content(BLOB);

        String message = refused(crafted.replace(BLOB, Arrays.copyOf(content, content.length + more)));

        String expected = more < 0 ? Integer.toString(content.length) : "at most " + content.length;
        assertEquals(
                "bundle: the length of " + crafted.name(BLOB) + ": file=FILE found=" + (content.length + more)
                        + " bytes expected=" + expected + ACTION,
                message);
    }

    @Test
    void bytesWhenHiddenBehindAnEntryAreRefused() throws IOException {
        CraftedBundle crafted = crafted();
        byte[] tar = crafted.tar();
        int manifestEnd = BundleFormat.TAR_RECORD_BYTES + crafted.content(MANIFEST).length;
        tar[manifestEnd] = 1;

        String message = refused(CraftedBundle.write(directory.resolve("crafted"), "zstd", tar));

        assertEquals(
                "bundle: something is hidden: file=FILE found=bytes behind bootcast.json expected=zeros" + ACTION,
                message);
    }

    @Test
    void bytesWhenBehindTheEndAreRefused() throws IOException {
        String message = refused(crafted().end(new byte[] {1}));

        assertTrue(message.startsWith("bundle: there is more than its launch list and index announce: "), message);
    }

    @Test
    void zerosWhenWithoutEndAreRefused() throws IOException {
        String message = refused(crafted().end(new byte[100 << 20]));

        assertTrue(message.startsWith("bundle: there is more than its launch list and index announce: "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "gzip", "lz4", "none"})
    void fileWhenItHasMoreBehindTheBundleIsRefused(String compression) throws IOException {
        Path file = crafted().write(directory.resolve("crafted"), compression);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 30_000));

        String message = refused(file);

        assertTrue(message.startsWith("bundle: "), message);
    }

    @Test
    void fileWhenItIsNoBundleIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("app.jar"), "PK\3\4 and so on");

        String message = refused(file);

        assertEquals(
                "bundle: this is none: file=FILE found=0x4034b50 expected=zstd, lz4, gzip or tar as bootcast build writes"
                        + " them" + ACTION,
                message);
    }

    @Test
    void fileWhenEmptyIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("empty"));

        String message = refused(file);

        assertTrue(message.startsWith("bundle: this is none: file=FILE found=0 bytes expected="), message);
    }

    @Test
    void fileWhenThereIsNoneIsRefused() {
        String message = refused(directory.resolve("absent"));

        assertEquals("bundle: there is none: file=FILE found=no such file expected=a bundle" + ACTION, message);
    }

    @Test
    void directoryInPlaceOfAFileIsRefused() {
        String message = refused(directory);

        assertEquals("bundle: there is none: file=FILE found=a directory expected=a bundle" + ACTION, message);
    }

    @Test
    void otherTarIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        byte[] content = "hello".getBytes(StandardCharsets.UTF_8);

        String message =
                refused(crafted.insert(0, CraftedBundle.entry("hello.txt", TarConstants.LF_NORMAL, "", content)));

        assertEquals(notAnnounced("hello.txt", "bootcast.json"), message);
    }

    @Test
    void manifestWhenItIsOfALaterVersionIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        String json = new String(crafted.content(MANIFEST), StandardCharsets.UTF_8);

        String message = refused(crafted.replace(
                MANIFEST, json.replace("\"version\": 1,", "\"version\": 2,").getBytes(StandardCharsets.UTF_8)));

        assertEquals(
                "bundle: file=FILE manifest: another version of the format: found=2 expected=1; build the bundle again, or"
                        + " use the Bootcast that wrote it",
                message);
    }

    @Test
    void manifestWhenItIsHugeIsRefused() throws IOException {
        CraftedBundle crafted = crafted();

        String message = refused(crafted.replace(MANIFEST, new byte[BundleFormat.MOST_HEAD_BYTES + 1]));

        assertEquals(
                "bundle: the length of bootcast.json: file=FILE found=67108865 bytes expected=at most 67108864"
                        + ACTION,
                message);
    }

    @Test
    void launchListWhenTheManifestNamesAnotherIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        byte[] list = new String(crafted.content(LAUNCH), StandardCharsets.UTF_8)
                .replace("example.Main", "example.Evil")
                .getBytes(StandardCharsets.UTF_8);

        String message = refused(crafted.replace(LAUNCH, list));

        assertTrue(
                message.startsWith("bundle: the launch list is not the manifest's: file=FILE found="
                        + Digest.hex(Digest.sha256().digest(list)) + " expected="),
                message);
    }

    /** With a launch list that is changed by {@code from} and {@code to}. */
    private String refusedList(String from, String to) throws IOException {
        CraftedBundle crafted = crafted();
        String text = new String(crafted.content(LAUNCH), StandardCharsets.UTF_8);
        byte[] list = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        String json = new String(crafted.content(MANIFEST), StandardCharsets.UTF_8);
        String digest = Digest.hex(Digest.sha256().digest(crafted.content(LAUNCH)));
        byte[] manifest =
                json.replace(digest, Digest.hex(Digest.sha256().digest(list))).getBytes(StandardCharsets.UTF_8);
        return refused(crafted.replace(LAUNCH, list).replace(MANIFEST, manifest));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../evil|a name leads out of the image",
                "/etc/evil|a name leads out of the image",
                "launch\\..\\evil|a name leads out of the image",
                "index|a name is Bootcast's own",
                "lease|a name is Bootcast's own",
                "keep|a name is Bootcast's own",
                "stamps|a name is Bootcast's own",
                "packs/0|a name is Bootcast's own",
                "launch/list|a name is Bootcast's own",
                "launch/plain.args|a name is Bootcast's own",
                "root/app/a.jar|two things have one place",
                "root/app|a name lies below a file or a link",
                "root/app/a.jar/x|a name lies below a file or a link"
            })
    void launchListWhenItsNameDoesHarmIsRefused(String name, String what) throws IOException {
        String message = refusedList("launch/class-path", name);

        assertTrue(message.contains(": " + what + ": found="), message);
    }

    @Test
    void launchListWhenALinkClimbsBehindANameIsRefused() throws IOException {
        String message = refusedList("end\n", "link\truntime/legal/x\ta/../../y\nend\n");

        assertTrue(message.contains("a link leads out of the image: found=runtime/legal/x -> a/../../y"), message);
    }

    @Test
    void launchListWhenOfALaterVersionIsRefused() throws IOException {
        String message = refusedList("bootcast-launch\t1\n", "bootcast-launch\t2\n");

        assertEquals(
                "bundle: file=FILE launch list: another version: found=2 expected=1; build the bundle again", message);
    }

    @Test
    void blobWhenItAnnouncesMoreThanTheFileCanHoldIsRefusedAtOnce() throws IOException {
        Made made = new TestImage().make();
        LaunchList list = new LaunchList.Builder()
                .index(made.list().indexDigest(), made.list().indexBytes())
                .file("launch/hot", "0".repeat(64), 1L << 40, false)
                .build();
        Made bomb = new Made(list, made.index(), made.blobs());

        String message = refused(new CraftedBundle(bomb).write(directory.resolve("bomb"), "zstd"));

        assertTrue(
                message.matches("bundle: it announces more than a file of \\d+ bytes can honestly hold: file=FILE"
                        + " found=10995116\\d+ bytes expected=at most 6\\d+; copy it again or build it again"),
                message);
    }

    @Test
    void blobsWhenTheirLengthsOverflowAreRefused() throws IOException {
        Made made = new TestImage().make();
        LaunchList list = new LaunchList.Builder()
                .index(made.list().indexDigest(), made.list().indexBytes())
                .file("launch/a", "0".repeat(64), Long.MAX_VALUE, false)
                .file("launch/b", "1".repeat(64), Long.MAX_VALUE, false)
                .build();

        String message = refused(
                new CraftedBundle(new Made(list, made.index(), made.blobs())).write(directory.resolve("bomb"), "zstd"));

        assertTrue(message.contains("image: a blob has no length: found=9223372036854775807"), message);
    }

    @Test
    void blobWhenItIsAlmostOnlyRepetitionIsRefused() throws IOException {
        Made made = new TestImage().file("launch/hot", new byte[80 << 20]).make();

        String message = refused(new CraftedBundle(made).write(directory.resolve("bomb"), "zstd"));

        assertTrue(message.startsWith("bundle: it announces more than a file of "), message);
    }

    @Test
    void frameWhenItsContentIsHugeIsRefused() throws IOException {
        byte[] head = crafted().tar();
        byte[] huge = Arrays.copyOf(head, BundleFormat.PIECE_BYTES + 1);
        ByteBuffer packed = Compression.DEFAULT.pack(huge, huge.length);
        Path file = Files.write(directory.resolve("bomb"), Arrays.copyOf(packed.array(), packed.limit()));

        String message = refused(file);

        assertEquals(
                "bundle: zstd: the content of a frame: file=FILE found=4194305 bytes expected=at most 4194304" + ACTION,
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil.jar", "/etc/evil.jar", "root/../../evil.jar", "root\\..\\evil.jar", ""})
    void indexWhenAnElementLeadsOutOfTheImageIsRefused(String mirror) throws IOException {
        Made made = new TestImage().jar("/app/a.jar", mirror, new byte[10]).make();

        String message = refused(new CraftedBundle(made));

        assertEquals(
                "bundle: file=FILE image: a name leads out of the image: found=" + mirror
                        + " expected=a relative name without ..",
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../outside", "/etc", "a/../../../../outside", "../lib/../../../outside"})
    void linkOfAPackWhenItLeadsOutOfTheImageIsRefused(String target) throws IOException {
        Made made = new TestImage().link("/opt", "lib.so", target).make();

        String message = refused(new CraftedBundle(made));

        assertEquals(
                "bundle: file=FILE image: a link leads out of the image: found=root/opt/lib.so -> " + target
                        + " expected=a place inside",
                message);
    }

    @Test
    void linkOfAPackWhenItStaysInsideIsRead() throws IOException {
        Made made = new TestImage().link("/opt", "lib.so", "../usr/lib.so.1").make();

        Unbundled read = Unbundled.read(new CraftedBundle(made).write(directory.resolve("crafted"), "zstd"));

        assertTrue(read.isIntact());
    }

    @Test
    void indexWhenItsBytesAreOthersIsRefused() throws IOException {
        CraftedBundle crafted = crafted();
        byte[] index = crafted.content(INDEX).clone();
        index[index.length - 1] ^= 1;

        String message = refused(crafted.replace(INDEX, index));

        assertTrue(message.startsWith("bundle: the index is damaged: file=FILE found="), message);
    }

    @Test
    void indexWhenItIsNoneIsRefused() throws IOException {
        byte[] junk = TestImage.content(1000, 3);
        TestImage image = new TestImage();
        LaunchList list =
                new LaunchList.Builder().index(image.blob(junk), junk.length).build();
        Made honest = TestImage.small().make();
        byte[] manifest = new String(honest.manifest().toBytes(), StandardCharsets.UTF_8)
                .replace(
                        Digest.hex(Digest.sha256().digest(honest.list().toBytes())),
                        Digest.hex(Digest.sha256().digest(list.toBytes())))
                .getBytes(StandardCharsets.UTF_8);
        CraftedBundle crafted = new CraftedBundle(honest)
                .replace(MANIFEST, manifest)
                .replace(LAUNCH, list.toBytes())
                .replace(
                        INDEX,
                        CraftedBundle.entry(BundleFormat.BLOBS + list.indexDigest(), TarConstants.LF_NORMAL, "", junk));

        String message = refused(crafted);

        assertTrue(message.startsWith("bundle: file=FILE index cannot be used: "), message);
    }
}
