package io.bootcast.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.bundle.Compression;
import io.bootcast.build.bundle.TestImage;
import io.bootcast.build.bundle.TestImage.Made;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.store.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InspectCommandTest {
    private static final int HEAD_BYTES = 2_500;

    @TempDir
    private Path directory;

    private static String inspected(String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InspectCommand command = new InspectCommand(new PrintStream(out, true, StandardCharsets.UTF_8));
        new CommandLine(command).parseArgs(arguments);
        assertEquals(0, command.call());
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path bundle(Made made) throws IOException {
        return made.write(directory.resolve("app.tar.zst"), directory.resolve("blobs"), Compression.DEFAULT);
    }

    @Test
    void bundleWhenInspectedIsShownAsATable() throws IOException {
        byte[] archives = "stock.0 stock on serial,g1 full no launch/stock.0.jsa\n".getBytes(StandardCharsets.UTF_8);
        Made made = TestImage.small().file("launch/archives", archives).make();
        Path file = bundle(made);
        String id = Digest.hex(Digest.sha256().digest(made.list().toBytes())).substring(0, 32);
        String index = made.list().indexDigest().substring(0, 12);

        String shown = inspected(file.toString());

        String expected =
                """
                bundle      FILE, LENGTH bytes; unpacked UNPACKED
                format      1, written by Bootcast 0.1.0-SNAPSHOT
                image       ID
                JDK         17.0.15+6, Debian, amd64
                main        example.Main
                class path  lib/*
                options     -Xmx1g
                load list   12 classes, 3 resources
                hot blob    none
                runtime     none

                archives
                  NAME     WAY    OOPS  GC         HEADERS  AGENT  FILE
                  stock.0  stock  on    serial,g1  full     no     launch/stock.0.jsa

                source jars
                  BYTES  SHA-256       PATH
                  3,000  A___________  /app/a.jar
                    700  B___________  /app/b.jar

                blobs
                  BYTES  COUNT  KIND
                  INDEX      1  index
                  3,700      2  jar
                     84      2  launch
                """;
        String filled = expected.replace("FILE,", file + ",")
                .replace("LENGTH", Long.toString(Files.size(file)).replaceFirst("(...)$", ",$1"))
                .replace("UNPACKED", number(made.index().length + 3784))
                .replace("INDEX", "  " + made.index().length)
                .replace("ID\n", id + "\n")
                .replace("A___________", digest(TestImage.content(3000, 1)))
                .replace("B___________", digest(TestImage.content(700, 2)));
        assertEquals(filled, shown.substring(0, Math.min(filled.length(), shown.length())));
        assertTrue(shown.contains("    " + made.index().length + "  " + index + "  index   index\n"), shown);
    }

    private static String number(int number) {
        return Integer.toString(number).replaceFirst("(...)$", ",$1");
    }

    private static String digest(byte[] content) {
        return Digest.hex(Digest.sha256().digest(content)).substring(0, 12);
    }

    @Test
    void bundleWhenAllBehindItsHeadIsGoneIsShownAllTheSame() throws IOException {
        Made made = new TestImage().jar("/a.jar", TestImage.content(9 << 20, 1)).make();
        Path file = bundle(made);
        Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(Files.readAllBytes(file), HEAD_BYTES));

        String shown = inspected("--json", cut.toString());

        assertEquals(made.manifest().toJson(), shown);
    }

    @Test
    void fileWhenItIsNoBundleIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("x"), "not a bundle");

        BootcastException thrown = assertThrows(BootcastException.class, () -> inspected(file.toString()));

        assertEquals(Fault.BUNDLE, thrown.fault());
    }
}
