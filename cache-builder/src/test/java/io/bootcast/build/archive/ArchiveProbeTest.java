package io.bootcast.build.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.boot.ArchiveProbe;
import io.bootcast.boot.ArchiveProbe.Probed;
import io.bootcast.store.LaunchList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node's JVM says of archives that were made elsewhere. */
@Timeout(60)
class ArchiveProbeTest {
    private static final String NO_OOPS = "-XX:-UseCompressedOops";

    @TempDir
    static Path built;

    private static SmallImage source;

    @TempDir
    Path directory;

    private Path image;

    @BeforeAll
    static void make() throws IOException {
        source = SmallImage.in(built);
        Variant variant = source.variants(NO_OOPS).get(1);
        try (ArchiveMaker maker = source.maker(0)) {
            maker.make(variant);
        }
        Files.writeString(built.resolve("launch/archives"), variant.line() + "\n");
    }

    @BeforeEach
    void copy() throws IOException {
        image = source.copyTo(directory.resolve("image"));
    }

    private Probed probe() {
        return ArchiveProbe.probe(image.toFile(), SmallImage.JDK.tool("java"));
    }

    @Test
    void archiveWhenJvmTakesItIsNotRefused() {
        Probed probed = probe();

        assertEquals("", probed.refused());
        assertTrue(probed.defaults().matches("on (g1|serial) full no\n"), probed::defaults);
    }

    @Test
    void archiveWhenAJarHasAnotherTimeIsRefusedWithTheReason() throws IOException {
        Files.setLastModifiedTime(image.resolve("home/lib/hello.jar"), FileTime.fromMillis(400_000_000_000L));
        Files.write(image.resolve("home/lib/hello.jar"), new byte[100]);

        String refused = probe().refused();

        boolean says = refused.startsWith("stock.1 ") && refused.endsWith("\n") && refused.contains("hello.jar");
        assertTrue(SmallImage.JDK.feature() >= 24 && refused.isEmpty() || says, refused);
    }

    @Test
    void archiveWhenItIsNotUnderstoodIsRefused() throws IOException {
        Files.writeString(image.resolve("launch/archives"), "stock.0 stock\nstock.1 stock on * * * launch/none.jsa\n");

        String[] refused = probe().refused().split("\n");

        assertEquals("stock.0 a line that is not understood", refused[0]);
        assertTrue(refused[1].startsWith("stock.1 "), refused[1]);
    }

    @Test
    void defaultsWhenApplicationHasOptionsAreWithThem() throws IOException {
        LaunchList list = new LaunchList.Builder()
                .set(LaunchList.OPTION + "0000", "-Xmx40g")
                .set(LaunchList.OPTION + "0001", "-XX:+UseParallelGC")
                .set(LaunchList.OPTION + "0002", "-javaagent:/nowhere.jar")
                .index("0".repeat(64), 0)
                .build();
        Files.write(image.resolve("launch/list"), list.toBytes());

        Probed probed = probe();

        assertEquals("off parallel full yes\n", probed.defaults());
        assertEquals("", probed.refused());
    }

    @Test
    void imageWithoutArchivesIsNotAskedAbout() throws IOException {
        Files.delete(image.resolve("launch/archives"));

        Probed probed = ArchiveProbe.probe(image.toFile(), "/nowhere/java");

        assertEquals("", probed.refused() + probed.defaults());
    }

    @Test
    void javaThatDoesNotStartRefusesAll() {
        Probed probed = ArchiveProbe.probe(image.toFile(), "/nowhere/java");

        assertTrue(probed.refused().startsWith("stock.1 "), probed::refused);
        assertEquals("", probed.defaults());
    }
}
