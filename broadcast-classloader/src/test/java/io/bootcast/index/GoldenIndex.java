package io.bootcast.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The index of the golden file: one of everything that format version 1 can say. {@code main} writes the file anew; that is right only when a new version
 * of the format gets a golden file of its own.
 */
final class GoldenIndex {
    static final int FEATURE = 21;

    private GoldenIndex() {}

    /** Writes to the path that is the only argument. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), bytes());
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
        ByteBuffer bytes = index.finish();
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
