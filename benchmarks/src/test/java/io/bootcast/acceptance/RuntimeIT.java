package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.build.archive.Jdk;
import io.bootcast.build.archive.ModuleSet;
import io.bootcast.build.archive.RuntimeMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that was linked out of the tests' JDK runs a real application from another directory than the one it was made in. */
class RuntimeIT {
    private static final String WITHOUT = "jdk.jlink|jdk.jpackage"; // what a JDK without jmods cannot give

    @TempDir
    Path directory;

    private final Jdk jdk = Jdk.of(Path.of(System.getProperty("java.home")));

    @Test
    void runtimeWithTheModulesOfHibernateRunsItFromAnotherDirectory() throws IOException {
        MeasuredApp app = MeasuredApp.hibernate(directory);
        List<Path> jars = new ArrayList<>(List.of(directory.resolve("library.jar")));
        try (Stream<Path> files =
                Files.list(HibernateApp.in(LocalStarts.checkout()).directory().resolve("lib"))) {
            files.forEach(jars::add);
        }

        Set<String> modules = new ModuleSet(jdk).of(jars, List.of());
        Path moved = make(modules);

        System.out.println("modules for Hibernate: JDK " + jdk.feature() + ": " + modules.size() + " of "
                + modules(jdk.tool("java")).size() + ", MB " + RuntimeMaker.lengthBytes(moved) / 1_000_000);
        run(moved, app.words().toArray(new String[0]));
        assertHasArchivesAndSettings(moved);
    }

    /** Linking all takes a minute. */
    @Test
    @EnabledIfSystemProperty(named = "bootcast.full", matches = "true")
    void runtimeWithAllModulesHasThemElsewhere() throws IOException {
        Path moved = make(Set.of());

        assertEquals(
                modules(jdk.tool("java")), modules(moved.resolve("bin/java").toString()));
        assertHasArchivesAndSettings(moved);
    }

    private Path make(Set<String> modules) throws IOException {
        Path made = directory.resolve("made");
        new RuntimeMaker(jdk).make(modules, made);
        return Files.move(made, directory.resolve("moved"));
    }

    private void assertHasArchivesAndSettings(Path runtime) throws IOException {
        for (String oops : List.of("-XX:+UseCompressedOops", "-XX:-UseCompressedOops")) {
            run(runtime, "-Xshare:on", "-XX:+UseG1GC", oops, "-version");
        }
        assertEquals(jdk.vmVersion(), Jdk.of(runtime).vmVersion());
        for (String file : List.of("lib/security/cacerts", "conf/security/java.security")) {
            assertEquals(-1, Files.mismatch(jdk.home().resolve(file), runtime.resolve(file)), file);
        }
        try (Stream<Path> files = Files.walk(runtime)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                assertTrue(link.toRealPath().startsWith(runtime.toRealPath()), link::toString);
            }
        }
    }

    private static Command.Result run(Path runtime, String... words) {
        return Command.of(words)
                .after(runtime.resolve("bin/java").toString())
                .run()
                .expect(0);
    }

    private static Set<String> modules(String java) {
        Set<String> modules =
                new TreeSet<>(Command.of(java, "--list-modules").run().expect(0).lines());
        modules.removeIf(line -> line.matches("(" + WITHOUT + ")@.*"));
        return modules;
    }
}
