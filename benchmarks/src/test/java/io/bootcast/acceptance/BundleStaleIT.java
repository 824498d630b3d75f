package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that was changed after the build and kept its length and its time is found, and its old code is never run. */
class BundleStaleIT {
    private static final int STORE_FAULT = 65;
    private static final int BUNDLE_FAULT = 72;
    private static final FileTime TIME = FileTime.fromMillis(1_700_000_000_000L);
    private static final List<String> NONE = List.of();
    private static final List<String> NO_ARCHIVES = List.of("--no-archives");

    @TempDir
    Path directory;

    private Path jar;
    private List<String> app;
    private BundleStarts starts;

    @BeforeEach
    void makeProgram() throws IOException {
        jar = directory.resolve("app.jar");
        app = List.of("-cp", jar.toString(), "changing.Main");
        starts = new BundleStarts(
                directory.resolve("app.tar.zst"),
                Path.of("/dev/shm/bootcast-stale-it-" + ProcessHandle.current().pid()));
        makeJar("code A");
    }

    @AfterEach
    void clean() throws IOException {
        TestBed.delete(starts.store());
    }

    @Test
    void verifyWhenAJarHasChangedNamesIt() throws IOException {
        starts.build(NO_ARCHIVES, app).run().expect(0);
        makeJar("code B");

        Result verified = starts.verify().run().expect(BUNDLE_FAULT);

        assertTrue(verified.out().contains("stale: file=" + jar + " found="), verified::toString);
        assertTrue(verified.out().contains(" 1 wrong"), verified::toString);
    }

    @Test
    void storeWhenAJarHasChangedBeforeTheFirstStageHasNoImage() throws IOException {
        starts.build(NO_ARCHIVES, app).run().expect(0);
        makeJar("code B");

        refuse();

        assertEquals(Map.of(), BundleStarts.content(starts.store()));
        starts.java(NONE, NONE).run().expect(STORE_FAULT);
    }

    /** Also where the image is there already: a second stage would otherwise send nothing and say that all is well. */
    @Test
    void stagedImageWhenAJarHasChangedIsAsBeforeUntilRebuiltThenRunsNewCode() throws IOException {
        starts.build(NONE, app).run().expect(0);
        starts.stage().run().expect(0);
        assertEquals("code A\n", starts.java(NONE, NONE).run().expect(0).out());
        var before = BundleStarts.content(starts.store());
        makeJar("code B");

        refuse();

        assertEquals(before, BundleStarts.content(starts.store()));

        starts.build(NONE, app).run().expect(0);
        starts.stage().run().expect(0);
        Result result = starts.java(List.of("--verbose"), NONE).run().expect(0);
        assertEquals("code B\n", result.out());
        assertTrue(result.err().startsWith("bootcast: class-data archive: stock.0: file="), result::toString);
        starts.verify().run().expect(0);
    }

    private void refuse() {
        Result refused = starts.stage().run().expect(BUNDLE_FAULT);
        String line = "bootcast: the bundle is stale: file=" + jar + " has changed since it was built; build it again";
        assertTrue(refused.err().contains(line), refused::toString);
    }

    /** A program that prints {@code word}; of one length, whatever the word of six characters, as nothing is compressed. */
    private void makeJar(String word) throws IOException {
        long lengthBefore = Files.exists(jar) ? Files.size(jar) : -1;
        Path source = Files.createDirectories(directory.resolve("changing")).resolve("Main.java");
        Files.writeString(
                source,
                "package changing;\npublic class Main {\n  public static void main(String[] a) { System.out.println(\""
                        + word + "\"); }\n}\n");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-d", directory.toString(), source.toString());
        assertEquals(0, status);
        byte[] content = Files.readAllBytes(directory.resolve("changing/Main.class"));
        JarEntry entry = new JarEntry("changing/Main.class");
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTime(TIME.toMillis());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        }
        Files.setLastModifiedTime(jar, TIME);
        assertTrue(lengthBefore < 0 || lengthBefore == Files.size(jar), "the test needs jars of one length");
    }
}
