package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever the user's flags, {@code bootcast java} takes the classes of the load list from the archive that was made for them, and from none where there is none. The program is H2's own
 * tool, which runs a script of SQL: about 600 classes of one jar.
 */
class BundleArchivesIT {
    private static final double LEAST = 0.95;
    private static final int CLASSES = 500;
    private static final int FIRST_WITH_AOT = 24;
    private static final String OTHER_USER = "54321";
    private static final Path OWN =
            Path.of("/dev/shm/bootcast-archives-it-" + ProcessHandle.current().pid());
    private static final String SCRIPT =
            """
            create table book(id int primary key, title varchar(40), published int);
            insert into book values (1, 'Dune', 1965), (2, 'Emma', 1815), (3, 'Ulysses', 1922);
            create view old as select * from book where published < 1950;
            select title, row_number() over (order by published) from book where id in (select id from old);
            select json_array(title) from book order by 1;
            """;

    private static BundleStarts matching;
    private static BundleStarts plain;
    private static List<String> app;
    private static String expected;
    private static Path agent;

    /** What users give, and what {@code build} was told of it. */
    enum Flag {
        LARGE_HEAP("-Xmx40g", "-Xmx40g") {
            @Override
            boolean needsItsOwn() {
                return true;
            }
        },
        Z("-XX:+UseZGC", "-XX:+UseZGC") {
            @Override
            boolean needsItsOwn() {
                return true;
            }
        },
        PARALLEL("-XX:+UseParallelGC", "-XX:+UseParallelGC") {
            @Override
            boolean needsItsOwn() {
                return false;
            }
        },
        AGENT("-javaagent", "-javaagent:" + OWN.resolve("agent.jar")) {
            @Override
            boolean needsItsOwn() {
                return Runtime.version().feature() >= FIRST_WITH_AOT;
            }
        };

        private final String built;
        private final String given;

        Flag(String built, String given) {
            this.built = built;
            this.given = given;
        }

        /** Whether the JVM refuses an archive that was made without it: docs/decisions/0021. */
        abstract boolean needsItsOwn();
    }

    @BeforeAll
    static void buildAndStage() throws IOException {
        TestBed.delete(OWN);
        Files.createDirectory(OWN);
        Files.setPosixFilePermissions(OWN, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path script = Files.writeString(OWN.resolve("script.sql"), SCRIPT);
        agent = OWN.resolve("agent.jar");
        makeAgent();
        app = List.of(
                "-cp",
                h2().toString(),
                "org.h2.tools.RunScript",
                "-url",
                "jdbc:h2:mem:books",
                "-showResults",
                "-script",
                script.toString());
        expected = Command.of(LocalStarts.stock(List.of(), app)).run().expect(0).out();
        List<String> options = new ArrayList<>();
        for (Flag flag : Flag.values()) {
            options.addAll(List.of("--for", flag.built));
        }
        matching = new BundleStarts(OWN.resolve("matching.tar.zst"), OWN.resolve("store"));
        plain = new BundleStarts(OWN.resolve("plain.tar.zst"), OWN.resolve("store"));
        matching.build(options, app).run().expect(0);
        plain.build(List.of(), app).run().expect(0);
        matching.stage().run().expect(0);
        plain.stage().run().expect(0);
    }

    private static Path h2() throws IOException {
        try (Stream<Path> jars =
                Files.list(HibernateApp.in(LocalStarts.checkout()).directory().resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("h2-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void makeAgent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "example.BundleAgent");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(agent), manifest)) {
            out.putNextEntry(new ZipEntry("example/BundleAgent.class"));
            try (var in = BundleArchivesIT.class.getResourceAsStream("/example/BundleAgent.class")) {
                in.transferTo(out);
            }
        }
    }

    @AfterAll
    static void removeAll() throws IOException {
        TestBed.delete(OWN);
    }

    @ParameterizedTest
    @EnumSource
    void classesWhenAnArchiveWasMadeForTheFlagComeFromIt(Flag flag) throws IOException {
        Started started = Started.of(matching, flag.given);

        started.assertFromArchive(matching);
    }

    @ParameterizedTest
    @EnumSource
    void classesWhenNoArchiveWasMadeForTheFlagComeFromNoneThatTheJvmRefuses(Flag flag) throws IOException {
        Started started = Started.of(plain, flag.given);

        if (flag.needsItsOwn()) {
            started.assertFromNone("bootcast: class-data archive: none: no one was made for oops=");
        } else {
            started.assertFromArchive(plain);
        }
    }

    @Test
    void classesWhenAnotherUserStagesTheBundleComeFromTheArchive() throws IOException {
        Path installation = copyOfInstallation();
        Path store = Path.of(OWN + "-other");
        Path log = Files.createDirectory(OWN.resolve("other")).resolve("classes.log");
        Command.of("chown", OTHER_USER, log.getParent().toString()).run().expect(0);
        String bundle = matching.bundle().toString();
        List<String> words = new ArrayList<>(List.of("java", bundle, "--store", store.toString()));
        words.add("-Xlog:class+load:file=" + log);
        words.addAll(app.subList(2, app.size()));
        try {
            asOther(installation, "stage", bundle, "--store", store.toString())
                    .run()
                    .expect(0);

            Result result =
                    asOther(installation, words.toArray(new String[0])).run().expect(0);

            BundleStarts theirs = new BundleStarts(matching.bundle(), store);
            new Started(result, Started.share(theirs, log)).assertShare("another user");
        } finally {
            TestBed.delete(store);
        }
    }

    @Test
    void archiveWhenItsBytesHaveChangedInTheStoreIsNotUsedUntilStagedAgain() throws IOException {
        BundleStarts starts = new BundleStarts(plain.bundle(), OWN.resolve("altered-store"));
        starts.stage().run().expect(0);
        Path archive = alterArchive(starts);

        Started started = Started.of(starts, "-XX:+UseG1GC");

        String warning =
                "bootcast: class-data archive stock.0 is not used: missing or changed since it was staged: file="
                        + archive + "; run bootcast clean, then stage again\n";
        assertEquals(warning, withoutNote(started.result.err()));
        started.assertFromNone(warning);
        starts.stage().run().expect(0);
        Started.of(starts, "-XX:+UseG1GC").assertFromArchive(starts);
    }

    private static String withoutNote(String err) {
        return err.lines()
                .filter(line -> !line.startsWith("bootcast: class-data archive: none: "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    private static Path alterArchive(BundleStarts starts) throws IOException {
        Path archive;
        try (Stream<Path> files = Files.list(starts.image().resolve("launch"))) {
            archive = files.filter(file -> file.getFileName().toString().startsWith("stock.0."))
                    .findFirst()
                    .orElseThrow();
        }
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
        try (FileChannel channel = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[4096]), channel.size() / 2);
        }
        return archive;
    }

    /** As a site has it, for all to read: the checkout may be closed to others. */
    private static Path copyOfInstallation() throws IOException {
        Path home = OWN.resolve("installation");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(LocalStarts.checkout().resolve("scripts/bootcast"), home.resolve("bin/bootcast"));
        try (Stream<Path> jars = Files.list(LocalStarts.checkout().resolve("target/bootcast/lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()));
            }
        }
        Command.of("chmod", "-R", "a+rX", home.toString()).run().expect(0);
        return home;
    }

    private static Command asOther(Path installation, String... words) {
        List<String> all = new ArrayList<>(List.of("setpriv", "--reuid", OTHER_USER, "--regid", OTHER_USER));
        all.addAll(List.of("--clear-groups", "env", "HOME=/tmp"));
        all.add(installation.resolve("bin/bootcast").toString());
        all.addAll(List.of(words));
        return LocalStarts.inJdk(Command.of(all)).in(Path.of("/"));
    }

    /** A run, and the share of the load list's classes that came from an archive. */
    private record Started(Result result, double share) {
        static Started of(BundleStarts starts, String option) throws IOException {
            Path log = OWN.resolve("classes.log");
            List<String> options = List.of("--verbose", option, "-XX:-AlwaysPreTouch", "-Xlog:class+load:file=" + log);
            Result result =
                    starts.java(options, app.subList(2, app.size())).run().expect(0);
            return new Started(result, share(starts, log));
        }

        static double share(BundleStarts starts, Path log) throws IOException {
            Set<String> loaded = new HashSet<>();
            Set<String> archived = new HashSet<>();
            for (String line : Files.readAllLines(log)) {
                int source = line.indexOf(" source: ");
                if (source > 0) {
                    String name = line.substring(line.lastIndexOf(' ', source - 1) + 1, source);
                    loaded.add(name);
                    if (line.startsWith("shared objects file", source + " source: ".length())) {
                        archived.add(name);
                    }
                }
            }
            List<String> listed = Files.readAllLines(starts.image().resolve("launch/load-list")).stream()
                    .filter(line -> line.startsWith("class "))
                    .map(line -> line.substring("class ".length(), line.length() - ".class".length()))
                    .map(line -> line.replace('/', '.'))
                    .toList();
            assertTrue(listed.size() > CLASSES, () -> "classes of the load list: " + listed.size());
            assertTrue(loaded.containsAll(listed), "the run loads what the trial run has loaded");
            return (double) listed.stream().filter(archived::contains).count() / listed.size();
        }

        void assertFromArchive(BundleStarts starts) throws IOException {
            String file = starts.image() + "/launch/stock.";
            assertTrue(
                    result.err()
                            .matches("(?s)bootcast: class-data archive: stock\\.\\d: file=\\Q" + file
                                    + "\\E\\d\\.(jsa|aot) oops=(on|off) gc=\\w+ headers=full agent=(no|yes)\n.*"),
                    result::toString);
            assertShare(String.join(" ", result.words().subList(5, 7)));
        }

        void assertShare(String title) {
            System.out.printf("BundleArchivesIT: %s: %.4f of the load list from the archive%n", title, share);
            assertTrue(share > LEAST, () -> "share=" + share + " " + result);
            assertEquals(expected, result.out());
        }

        void assertFromNone(String word) {
            assertTrue(result.err().startsWith(word), result::toString);
            assertEquals(0, share, result::toString);
            assertEquals(expected, result.out());
        }
    }
}
