package io.bootcast.build.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.archive.Outcome.Impossible;
import io.bootcast.build.archive.Outcome.Made;
import io.bootcast.fault.BootcastException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The oracle is the JVM: what it logs of the classes that it loads. */
@Timeout(60)
class ArchiveMakerTest {
    private static final int TERMINATED = 143;

    /** Made once, by a server that is ended. */
    @TempDir
    static Path built;

    private static SmallImage image;
    private static Variant variant;
    private static Made made;

    @TempDir
    Path directory;

    @BeforeAll
    static void make() throws IOException {
        image = SmallImage.in(built);
        variant = image.variants().get(0);
        try (ArchiveMaker maker = image.maker(30, "serve")) {
            made = (Made) maker.make(variant);
        }
    }

    @Test
    void serverWhenItIsEndedLeavesAnArchive() throws IOException {
        assertEquals(TERMINATED, made.exitCode());
        assertEquals(Files.size(made.file()), made.lengthBytes());
        assertEquals(built.resolve(variant.file()), made.file());
    }

    @Test
    void stockArchiveWhenImageMovesServesItsClassesFromThere() throws IOException {
        Path moved = image.copyTo(directory.resolve("moved"));

        List<String> lines = image.run(moved, variant);

        assertEquals(List.of("hello from file:" + moved + "/home/lib/hello.jar", "source: shared objects file"), lines);
    }

    @Test
    void archiveWhenItIsDamagedIsRefusedWithTheJvmsReason() throws IOException {
        SmallImage copy = new SmallImage(image.copyTo(directory.resolve("copy")));

        String before;
        String after;
        try (ArchiveMaker maker = copy.maker(0)) {
            before = maker.refusal(variant);
            Files.delete(copy.directory().resolve(variant.file()));
            Files.write(copy.directory().resolve(variant.file()), new byte[4096]);
            after = maker.refusal(variant);
        }

        assertEquals("", before);
        assertTrue(after.contains("magic"), after);
    }

    @Test
    void stockArchiveWhenDirectoryHoldsFilesIsImpossible() throws IOException {
        SmallImage full = SmallImage.in(directory);
        Files.createDirectories(directory.resolve("home/empty"));
        Files.createDirectories(directory.resolve("home/classes/example"));
        Files.writeString(directory.resolve("launch/class-path"), "home/empty\nhome/lib/hello.jar\nhome/classes\n");

        Outcome outcome;
        try (ArchiveMaker maker = full.maker(0)) {
            outcome = maker.make(variant);
        }

        assertEquals(
                "no archive for `bootcast java`: directory=home/classes; put it into a jar",
                ((Impossible) outcome).reason());
    }

    @Test
    void makerWhenJvmDoesNotStartSaysWhy() throws IOException {
        SmallImage.in(directory);
        Application wrong = new Application(List.of("-XX:+NoSuchFlag"), Hello.class.getName(), List.of(), 0);

        BootcastException refused;
        try (ArchiveMaker maker =
                new ArchiveMaker(SmallImage.JDK, directory, Start.stock(directory), wrong, directory.resolve("log"))) {
            refused = assertThrows(BootcastException.class, () -> maker.make(variant));
        }

        assertTrue(
                refused.getMessage().startsWith("archive: the JVM wrote none: archive=stock.0 jdk="),
                refused::toString);
        assertTrue(refused.getMessage().contains("NoSuchFlag"), refused::toString);
    }
}
