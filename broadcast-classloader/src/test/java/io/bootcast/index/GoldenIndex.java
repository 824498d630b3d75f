package io.bootcast.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The indexes of the golden files: one of everything that format version 1 can say. {@code main} writes the file anew; that is right only when a new version
 * of the format gets a golden file of its own.
 */
final class GoldenIndex {
    static final int FEATURE = 21;

    private GoldenIndex() {}

    /** Writes to the paths that are the only arguments: the class path's index, and that of files beside it. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), bytes());
        Files.write(Path.of(args[1]), bytesOfFiles());
    }

    static byte[] bytes() {
        IndexWriter index = new IndexWriter(FEATURE);
        ElementFacts jar = new ElementFacts(ElementFacts.JAR, "/home/user/lib/a.jar", "root/home/user/lib/a.jar");
        jar.multiRelease = true;
        jar.blob(index.blob(digest(1), 123_456, 1_700_000_000_000_000_001L));
        jar.sections.add(new String[] {"", "Title", "1.0", "Vendor", "Implementation", "1.0.1", "Implementor", null});
        jar.sections.add(new String[] {"pkg/", null, "2.0", null, null, null, null, "true"});
        int first = index.element(jar);
        index.entry(first, "META-INF/MANIFEST.MF", deflated(100, 60, 80), 0);
        index.entry(first, "pkg/", JarEntryFacts.stored(200, 0), 0);
        JarEntryFacts versioned = deflated(300, 1000, 2000).asRelease(11);
        index.entry(first, "pkg/Main.class", versioned, 0);
        JarEntryFacts inJdk = deflated(1400, 10, 20);
        inJdk.inJdk = true;
        index.entry(first, "java/sql/Extra.class", inJdk, 0);
        index.element(new ElementFacts(ElementFacts.ABSENT, "/home/user/lib/absent.jar", ""));
        ElementFacts directory =
                new ElementFacts(ElementFacts.DIRECTORY, "/home/user/classes", "root/home/user/classes");
        directory.blob(index.blob(digest(2), 500, 0));
        int second = index.element(directory);
        index.entry(second, "", JarEntryFacts.stored(0, 0), 1_700_000_000_000L);
        index.entry(second, "pkg/Main.class", JarEntryFacts.stored(0, 400), 1_700_000_000_001L);
        index.entry(second, "é.txt", JarEntryFacts.stored(400, 100), 1_700_000_000_002L);
        ElementFacts signed =
                new ElementFacts(ElementFacts.JAR, "/home/user/lib/signed.jar", "root/home/user/lib/signed.jar");
        signed.signed = true;
        signed.blob(index.blob(digest(3), 2_000_000_000, -1));
        int third = index.element(signed);
        index.entry(third, "META-INF/MANIFEST.MF", deflated(1_999_999_000, 10, 2_000_000_000), 0);
        index.element(new ElementFacts(ElementFacts.LIVE, "/home/user/live", ""));
        return copyOf(index.finish());
    }

    /** What travels beside the class path. */
    static byte[] bytesOfFiles() {
        IndexWriter index = new IndexWriter(FEATURE);
        ElementFacts packed = new ElementFacts(ElementFacts.FILES, "/home/user/native", "root/home/user/native");
        packed.blob(index.blob(digest(4), 1_000, 0));
        packed.file(FileFacts.file("", 0, 0, 1_700_000_000_000_000_003L, /* executable= */ false));
        packed.file(FileFacts.file("sub/", 0, 0, 1_700_000_000_000_000_004L, /* executable= */ false));
        packed.file(FileFacts.file("sub/é.txt", 0, 300, 1_700_000_000_000_000_005L, /* executable= */ false));
        packed.file(FileFacts.file("sub/tool", 300, 690, -1, /* executable= */ true));
        packed.file(FileFacts.link("liba.so", 990, 10));
        index.element(packed);
        ElementFacts whole = new ElementFacts(ElementFacts.FILES, "/home/user/native", "root/home/user/native");
        whole.blob(index.blob(digest(5), 2_000_000_000, 1_700_000_000_000_000_006L));
        whole.file(FileFacts.blob("liba.so.1", 2_000_000_000, 1_700_000_000_000_000_006L));
        index.element(whole);
        index.library("liba.so", "/home/user/native/liba.so", "root/home/user/native/liba.so");
        index.library("libhome.so", "/home/user/live/libhome.so", "");
        index.library("../native/", "/home/user/native", "root/home/user/native");
        return copyOf(index.finish());
    }

    private static byte[] copyOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    static byte[] digest(int seed) {
        byte[] digest = new byte[IndexFormat.DIGEST_BYTES];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (seed * 16 + i);
        }
        return digest;
    }

    private static JarEntryFacts deflated(long offset, long storedBytes, long contentBytes) {
        JarEntryFacts facts = JarEntryFacts.stored(offset, storedBytes);
        facts.method = IndexFormat.METHOD_DEFLATED;
        facts.contentBytes = contentBytes;
        return facts;
    }
}
