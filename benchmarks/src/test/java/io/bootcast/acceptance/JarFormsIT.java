package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.bench.Homes;
import io.bootcast.bench.SystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manifest asks of {@code java -jar}: stock {@code java} of the same release is the oracle. */
class JarFormsIT {
    private static final String MAIN = "Main-Class: example.JarApp";

    @TempDir
    static Path directory;

    private static Path classes;

    @BeforeAll
    static void makeClasses() throws IOException {
        classes = Launch.copy(directory.resolve("classes"), example.JarApp.class);
        Sources.compile(
                directory.resolve("library"),
                Map.of(
                        "Library.java",
                        "package lib; public class Library { public String toString() { return \"library\"; } }"));
        Sources.jar(directory.resolve("lib/library.jar"), directory.resolve("library"));
    }

    /** {@code app.jar} with {@code manifest}, whose lines are parted by semicolons. */
    private static String makeJar(String manifest) {
        Sources.jar(directory.resolve("app.jar"), classes, manifest.split("; *"));
        return "app.jar";
    }

    private static void assertSame(String... words) {
        Launch.in(directory).assertSame(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MAIN,
                "Main-Class:   example/JarApp  ",
                "main-class: example.JarApp",
                MAIN + "; Class-Path: lib/library.jar missing.jar",
                MAIN + "; Class-Path: library/",
                MAIN + "; Add-Opens: java.base/java.lang java.base/java.util",
                MAIN + "; Add-Opens: java.base/java.lang  no.such/module java.base/no.such nothing java.base/java.util",
                MAIN + "; Add-Exports: java.base/sun.net.util",
                MAIN + "; Add-Exports: java.base/sun.net.util; Add-Opens: java.base/java.util",
                MAIN + "; Enable-Native-Access: ALL-UNNAMED",
                MAIN + "; Enable-Native-Access: some.module",
                MAIN + "; Launcher-Agent-Class: example.JarApp",
                MAIN
                        + "; Launcher-Agent-Class: example.JarApp; Can-Retransform-Classes: true; Can-Redefine-Classes: true",
                MAIN + "; Launcher-Agent-Class: example.JarApp; Boot-Class-Path: lib/library.jar",
                MAIN + "; SplashScreen-Image: missing.png",
                MAIN + "; JavaFX-Application-Class: example.JarApp",
                "Main-Class: example.Missing",
                "Main-Class: example.JarApp$Part",
                "Main-Class: ",
                "Launcher-Agent-Class: example.JarApp",
                "Created-By: nobody",
            })
    void manifestIsFollowed(String manifest) {
        String jar = makeJar(manifest);

        assertSame("-jar", jar, "a", "b c", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./app.jar",
                "classes/../app.jar",
                "no.jar",
                "no/app.jar",
                "classes",
                "lib",
                "notes.txt",
                "empty.jar",
                ""
            })
    void jarIsFoundOrMissedByItsName(String name) throws IOException {
        makeJar(MAIN);
        Files.writeString(directory.resolve("notes.txt"), "no jar");
        Files.writeString(directory.resolve("empty.jar"), "");

        assertSame("-jar", name);
    }

    @Test
    void jarWithoutManifestIsRefused() throws IOException {
        Path jar = directory.resolve("without.jar");
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("meta-inf/manifest.mf"));
            zip.write((MAIN + "\n").getBytes("US-ASCII"));
        }

        assertSame("-jar", "without.jar");
    }

    @Test
    void messageIsInTheUsersLanguage() {
        String jar = makeJar("Created-By: nobody");

        assertSame("-Duser.language=ja", "-jar", jar);
    }

    @Test
    void multiReleaseJarServesItsRelease() throws IOException {
        Path content = Launch.copy(directory.resolve("releases"), example.JarApp.class);
        Files.writeString(content.resolve("release.txt"), "base\n");
        for (String release : new String[] {"11", "17", "18", "25", "99"}) {
            Path versions =
                    Files.createDirectories(content.resolve("META-INF/versions").resolve(release));
            Files.writeString(versions.resolve("release.txt"), release + "\n");
        }
        Sources.jar(directory.resolve("app.jar"), content, MAIN, "Multi-Release: true");

        assertSame("-jar", "app.jar");
    }

    @Test
    void optionsOfTheEnvironmentAreRead() {
        String jar = makeJar(MAIN);

        Launch.in(directory)
                .with("JDK_JAVA_OPTIONS", "--add-opens java.base/java.util=ALL-UNNAMED -cp lib/library.jar")
                .assertSame("-jar", jar, "a");
        Launch.in(directory)
                .with("JDK_JAVA_OPTIONS", "-cp lib/library.jar:classes -Dx=y")
                .assertSame("example.JarApp");
    }

    @Test
    void jarWhenSeveralRanksRunItIsAskedForByTheRootOnly() throws IOException {
        Path home = directory.resolve("home");
        Path jar = Sources.jar(
                home.resolve("app.jar"),
                classes,
                MAIN,
                "Add-Opens: java.base/java.util",
                "Launcher-Agent-Class: example.JarApp");
        Path traces = directory.resolve("traces");
        TestBed installation = new TestBed(1);
        String store = directory.resolve("store-of-ranks").toString();
        List<String> words = List.of(installation.bootcast(), "run", "--store", store, "-jar", jar.toString());

        MannersJob.Outcome outcome = MannersJob.of(2, directory.resolve("job")).run(installation.traced(traces, words));

        assertEquals(0, outcome.exitCode(), outcome::toString);
        assertTrue(outcome.out().contains("1: opens java.util: yes"), outcome::toString);
        SystemCalls calls =
                SystemCalls.read(traces, Path.of("").toAbsolutePath().toString(), Homes.NONE);
        assertEquals(Set.of(0, 1), calls.ranks());
        assertEquals(Set.of(0), calls.below(home.toString()).ranks());
    }

    /** Its stack traces come from the middle of the launcher: all other lines are the same. */
    @ParameterizedTest
    @CsvSource({"Throws", "NotPublic", "None", "Missing"})
    void agentOfTheLauncherWhenItFailsEndsTheProcess(String name) {
        String source =
                """
                public class App { public static void main(String[] a) { System.out.println("not this"); } }
                class Throws { public static void agentmain(String s) { throw new IllegalStateException("agent"); } }
                class NotPublic { static void agentmain(String s) { System.out.println("not this"); } }
                class None { }
                """;
        Path agents = Sources.compile(directory.resolve("agents-" + name), Map.of("App.java", source));
        Sources.jar(directory.resolve("agents.jar"), agents, "Main-Class: App", "Launcher-Agent-Class: " + name);
        Launch.Outcome stock = Launch.in(directory).stock("-jar", "agents.jar");

        Launch.Outcome bootcast = Launch.in(directory).bootcast("-jar", "agents.jar");

        assertEquals(withoutFrames(stock), withoutFrames(bootcast));
    }

    private static String withoutFrames(Launch.Outcome outcome) {
        return outcome.toString().replaceAll("\t(at |\\.\\.\\. ).*\n", "");
    }
}
