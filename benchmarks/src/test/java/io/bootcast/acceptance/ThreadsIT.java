package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of every kind, and whoever asks the system class loader, see what they see under the stock {@code java}: checklist lines 39, 45 and 47. */
class ThreadsIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("bootcast.checkout"));
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    static Path directory;

    @BeforeAll
    static void makeClassPath() throws IOException {
        Path classes = directory.resolve("classes");
        for (String name : List.of(
                "ThreadsApp",
                "ThreadsApp$1",
                "ThreadsApp$Service",
                "ThreadsApp$Provider",
                "ThreadsApp$LogHandler",
                "ThreadsFileSystem",
                "ThreadsAgent$App")) {
            copyClass(name, classes.resolve("example/" + name + ".class"));
        }
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("example.ThreadsApp$Service"), "example.ThreadsApp$Provider\n");
        Files.writeString(services.resolve("java.nio.file.spi.FileSystemProvider"), "example.ThreadsFileSystem\n");
        Files.writeString(directory.resolve("logging"), "handlers=example.ThreadsApp$LogHandler\n");
        Command.of(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-pthread",
                        "-I" + JAVA_HOME + "/include",
                        "-I" + JAVA_HOME + "/include/linux",
                        "-o",
                        directory.resolve("libattached.so").toString(),
                        CHECKOUT.resolve("benchmarks/src/test/c/attached.c").toString())
                .run()
                .expect(0);
    }

    private static void copyClass(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = ThreadsIT.class.getResourceAsStream("/example/" + name + ".class")) {
            Files.write(target, in.readAllBytes());
        }
    }

    @Test
    void threadsOfEveryKindWhenCarriedSeeWhatTheyStockSee() {
        List<String> words = List.of(
                "-Djava.util.logging.config.file=" + directory.resolve("logging"),
                "-cp",
                directory.resolve("classes").toString(),
                "example.ThreadsApp",
                directory.resolve("libattached.so").toString());

        Result stock = stock(words).expect(0);
        Result carried = carried(words).expect(0);

        assertEquals(normal(stock), normal(carried));
        assertEquals(
                0,
                stock.lines().stream()
                        .filter(line -> line.contains("application's=false"))
                        .count());
    }

    @Test
    void classOfAnAgentWhenCarriedIsFoundAsStock() throws IOException {
        Path agent = directory.resolve("agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "example.ThreadsAgent");
        Path compiled = directory.resolve("ThreadsAgent.class");
        copyClass("ThreadsAgent", compiled);
        try (OutputStream out = Files.newOutputStream(agent);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry("example/ThreadsAgent.class"));
            jar.write(Files.readAllBytes(compiled));
        }
        List<String> words = List.of(
                "-javaagent:" + agent, "-cp", directory.resolve("classes").toString(), "example.ThreadsAgent$App");

        Result stock = stock(words).expect(0);
        Result carried = carried(words).expect(0);

        assertEquals(normal(stock), normal(carried));
    }

    private static Result stock(List<String> words) {
        List<String> all = new ArrayList<>(List.of(JAVA_HOME + "/bin/java"));
        all.addAll(words);
        return Command.of(all).run();
    }

    private static Result carried(List<String> words) {
        List<String> all = new ArrayList<>(List.of(
                CHECKOUT.resolve("scripts/bootcast").toString(),
                "run",
                "--transport",
                "solo",
                "--store",
                directory.resolve("store").toString()));
        all.addAll(words);
        return Command.of(all).with("JAVA_HOME", JAVA_HOME).run();
    }

    private static String normal(Result result) {
        return result.out() + "----\n" + result.err();
    }
}
