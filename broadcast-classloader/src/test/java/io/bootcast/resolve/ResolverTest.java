package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Oracle: the order in which the application class loader of a real {@code java} finds a resource that every element holds. */
class ResolverTest {
    private static final String COMMON = "common.txt";
    private static final Limits NO_LIMITS = new Limits(Long.MAX_VALUE, List.of());

    @TempDir
    Path temporary;

    private Path lib;

    @BeforeEach
    void resolveLinks() throws IOException {
        lib = Files.createDirectories(temporary.toRealPath().resolve("lib"));
    }

    private Path jar(String name, String... classPath) throws IOException {
        TestJar jar = classPath.length == 0 ? new TestJar().manifest() : new TestJar().manifest(wrapped(classPath));
        return jar.stored(COMMON, name).write(lib.resolve(name));
    }

    /** The attribute in lines of at most 72 bytes, as the jar specification wants it. */
    private static String wrapped(String... classPath) {
        String line = "Class-Path: " + String.join(" ", classPath);
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < line.length(); at += 70) {
            lines.append(at == 0 ? "" : "\r\n ").append(line, at, Math.min(line.length(), at + 70));
        }
        return lines.toString();
    }

    private Path directory(String name) throws IOException {
        Path made = Files.createDirectories(lib.resolve(name));
        Files.writeString(made.resolve(COMMON), name);
        return made;
    }

    private static RecordingReader resolve(String classPath, Limits limits) throws IOException {
        RecordingReader reader = new RecordingReader();
        new Resolver(limits, reader).resolve(classPath);
        return reader;
    }

    private List<String> stock(String classPath) throws Exception {
        List<String> found = new ArrayList<>();
        for (String line : StockJava.run(lib, temporary.resolve("output"), classPath, ResourceProbe.class, COMMON)) {
            String url = line.substring(COMMON.length() + 1);
            String file = url.startsWith("jar:")
                    ? url.substring("jar:".length(), url.indexOf("!/"))
                    : url.substring(0, url.length() - COMMON.length() - 1);
            found.add(URI.create(file).getPath());
        }
        return found;
    }

    private void assertAsStock(int expectedElements, Path... classPath) throws Exception {
        List<String> parts = new ArrayList<>();
        for (Path part : classPath) {
            parts.add(part.toString());
        }
        assertAsStock(expectedElements, String.join(":", parts));
    }

    private void assertAsStock(int expectedElements, String classPath) throws Exception {
        List<String> expected = stock(classPath);
        assertEquals(expectedElements, expected.size(), () -> "the test's own idea of the oracle: " + expected);
        assertEquals(expected, resolve(classPath, NO_LIMITS).served());
    }

    @Test
    void elementsWhenNothingRefersToOthersAreInOrder() throws Exception {
        assertAsStock(4, jar("b.jar"), directory("classes"), jar("a.jar"), jar("c.zip"));
    }

    @Test
    void classPathOfManifestWhenItNamesJarsFollowsItsJar() throws Exception {
        jar("b.jar");
        jar("c.jar", "d.jar");
        jar("d.jar");

        assertAsStock(5, jar("a.jar", "c.jar", "b.jar"), jar("z.jar"));
    }

    @Test
    void classPathOfManifestWhenItIsLongIsRead() throws Exception {
        String[] names = new String[60];
        for (int i = 0; i < names.length; i++) {
            names[i] = "part" + i * 7 % 60 + "-with-a-long-name.jar";
            jar(names[i]);
        }

        assertAsStock(61, jar("a.jar", names));
    }

    @Test
    void classPathOfManifestWhenItLeadsElsewhereIsRelativeToItsJar() throws Exception {
        jar("sub/b.jar", "../c.jar", "deep/../d.jar", "./e.jar");
        for (String name : new String[] {"c.jar", "sub/d.jar", "sub/e.jar"}) {
            jar(name);
        }

        assertAsStock(5, jar("a.jar", "sub/b.jar"));
    }

    @Test
    void classPathOfManifestWhenItNamesDirectoriesWantsTheirSlash() throws Exception {
        directory("with");
        directory("without");
        directory("x/y");

        assertAsStock(3, jar("a.jar", "with/", "without", "x/y/", "absent/"));
    }

    @Test
    void classPathOfManifestWhenItNamesAJarWithASlashFindsNothing() throws Exception {
        jar("b.jar");

        assertAsStock(1, jar("a.jar", "b.jar/"));
    }

    @Test
    void classPathOfManifestWhenFilesAreAbsentGoesOn() throws Exception {
        jar("b.jar");

        assertAsStock(2, jar("a.jar", "absent.jar", "b.jar", "../absent/c.jar"));
    }

    @Test
    void classPathOfManifestWhenItIsACycleEnds() throws Exception {
        jar("b.jar", "c.jar");
        jar("c.jar", "a.jar", "b.jar", "c.jar");

        assertAsStock(3, jar("a.jar", "a.jar", "b.jar"));
    }

    @Test
    void classPathOfManifestWhenItIsEscapedIsDecoded() throws Exception {
        for (String name : new String[] {"b c.jar", "d%20e.jar", "f+g.jar", "ä.jar", "h#i.jar", "j!k.jar"}) {
            jar(name);
        }

        assertAsStock(7, jar("a.jar", "b%20c.jar", "d%2520e.jar", "f+g.jar", "%C3%A4.jar", "h%23i.jar", "j!k.jar"));
    }

    @Test
    void classPathOfManifestWhenItNamesOtherProtocolsPassesThemOver() throws Exception {
        Path absolute = jar("absolute.jar");
        Path upper = jar("upper.jar");
        jar("relative.jar");

        assertAsStock(
                4,
                jar(
                        "a.jar",
                        "http://localhost/b.jar",
                        "file:" + absolute,
                        "FILE:" + upper,
                        "file:relative.jar",
                        "jar:file:" + absolute + "!/",
                        "mailto:x.jar"));
    }

    @Test
    void classPathOfManifestWhenUrlsHaveHostsFindsThoseOfThisHost() throws Exception {
        Path local = jar("local.jar");
        Path other = jar("other.jar");
        Path plain = jar("plain.jar");

        assertAsStock(3, jar("a.jar", "file://localhost" + local, "file://elsewhere" + other, "file://" + plain));
    }

    @Test
    void classPathOfManifestWhenUrlsHaveQueriesFindsNothing() throws Exception {
        jar("query.jar");
        directory("query");

        assertAsStock(1, jar("a.jar", "query.jar?version=1", "query/?version=1"));
    }

    @Test
    void elementWhenItWasMetBeforeIsPassedOver() throws Exception {
        Path a = jar("a.jar");
        Path b = jar("b.jar", "a.jar", "c.jar");
        Path c = jar("c.jar");
        Path link = Files.createSymbolicLink(lib.resolve("link.jar"), a);
        Path classes = directory("classes");

        assertAsStock(
                4,
                lib + "/./a.jar:" + link + ":" + a + ":" + b + ":" + c + ":" + classes + ":" + classes + "/:" + lib
                        + "/x/../b.jar");
    }

    @Test
    void elementWhenItIsASymbolicLinkIsNamedByItsTarget() throws Exception {
        Path target = directory("target");
        Path real = jar("real/r.jar", "next.jar");
        jar("real/next.jar");
        Files.createSymbolicLink(lib.resolve("directory"), target);
        Path linked = Files.createSymbolicLink(lib.resolve("linked.jar"), real);

        assertAsStock(3, lib.resolve("directory"), linked);
        assertEquals(
                List.of(real.toString(), lib + "/real/next.jar"),
                resolve(linked.toString(), NO_LIMITS).served());
    }

    @Test
    void elementWhenItIsNoJarIsAbsentAndSaysWhy() throws Exception {
        Path empty = Files.createFile(lib.resolve("empty.jar"));
        Path text = Files.writeString(lib.resolve("text.jar"), "this is no jar, only some text");
        Path good = jar("good.jar");

        assertAsStock(1, empty, text, lib.resolve("absent.jar"), lib.resolve("absent/"), good);

        List<String> met =
                resolve(empty + ":" + text + ":" + lib + "/absent.jar:" + good, NO_LIMITS).elements().stream()
                        .map(Element::toString)
                        .toList();
        assertEquals(
                List.of(
                        "ABSENT " + empty + " (is no jar: no end of central directory)",
                        "ABSENT " + text + " (is no jar: no end of central directory)",
                        "ABSENT " + lib + "/absent.jar (does not exist)",
                        "JAR " + good),
                met);
    }

    @Test
    void elementWhenPathCannotExistIsAbsent() throws Exception {
        Path good = jar("good.jar");
        Files.createSymbolicLink(lib.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(lib.resolve("dangling.jar"), Path.of("nowhere.jar"));

        assertAsStock(
                1,
                lib + "/loop:" + lib + "/loop/x.jar:" + lib + "/dangling.jar:" + good + "/inside.jar:" + lib + "/"
                        + "x".repeat(300) + ".jar:" + good);
    }

    @Test
    void classPathWhenItIsEmptyOrRelativeIsOfTheWorkingDirectory() throws Exception {
        List<String> served = resolve("", NO_LIMITS).served();

        assertEquals(List.of(Path.of("").toRealPath().toString()), served);
        assertEquals(
                List.of(Path.of("src").toRealPath().toString()),
                resolve("src", NO_LIMITS).served());
    }

    @Test
    void elementsWhenTheyAreBeyondTheLimitStayAtHome() throws Exception {
        Path first = jar("first.jar");
        Path second = jar("second.jar", "third.jar");
        Path classes = directory("classes");
        Limits limits = new Limits(Files.size(first) + 1, List.of());

        List<String> met = resolve(first + ":" + second + ":" + classes, limits).elements().stream()
                .map(Element::toString)
                .toList();

        assertEquals(
                List.of(
                        "JAR " + first,
                        "LIVE " + second + " (beyond --max-bytes)",
                        "LIVE " + classes + " (beyond --max-bytes)"),
                met);
    }

    @Test
    void elementsWhenTheyAreNamedLiveStayAtHome() throws Exception {
        Path jar = jar("a.jar");
        Path below = jar("sub/b.jar");
        Path similar = jar("sub2/c.jar");
        Path classes = directory("classes");
        Files.createSymbolicLink(lib.resolve("link"), classes);
        Limits limits = new Limits(Long.MAX_VALUE, List.of(jar.toString(), lib + "/x/../sub", lib + "/link"));

        List<String> met = resolve(jar + ":" + below + ":" + similar + ":" + lib + "/link", limits).elements().stream()
                .map(Element::toString)
                .toList();

        assertEquals(
                List.of(
                        "LIVE " + jar + " (named by --live)",
                        "LIVE " + below + " (named by --live)",
                        "JAR " + similar,
                        "LIVE " + classes + " (named by --live)"),
                met);
    }

    @Test
    void elementWhenItMayNotBeReadIsAFault() throws Exception {
        Path jar = jar("a.jar");
        Resolver resolver = new Resolver(NO_LIMITS, new RecordingReader() {
            @Override
            public String readJar(Element element) throws IOException {
                throw new AccessDeniedException(element.path().toString());
            }
        });

        IOException refused = assertThrows(IOException.class, () -> resolver.resolve(jar.toString()));

        assertEquals(jar.toString(), refused.getMessage());
    }

    @Test
    void elementsWhenTheLocaleCannotNameThemAreAbsent() throws Exception {
        Path named = jar("ä.jar");
        Path classes = directory("classes");
        Files.writeString(classes.resolve("ö.txt"), "x");
        String classPath = named + ":" + classes;

        List<String> lines = StockJava.run(
                Map.of("LC_ALL", "C", "LANG", "C"),
                lib,
                temporary.resolve("output"),
                classPath,
                ResolverProbe.class,
                COMMON,
                classPath);

        assertEquals(List.of("stock " + classes, "bootcast " + classes), lines);
    }

    private static List<String> sightings(String classPath, Limits limits) throws IOException {
        Resolver resolver = new Resolver(limits, new RecordingReader());
        resolver.resolve(classPath);
        return resolver.sightings().lines();
    }

    private static boolean isUnchanged(List<String> lines) throws IOException {
        for (String line : lines) {
            if (!Sightings.isUnchanged(line, NO_LIMITS)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void sightingsWhenNothingChangedAreUnchanged() throws Exception {
        Path a = jar("a b.jar", "next.jar", "absent.jar", "sub/");
        jar("next.jar");
        directory("sub");

        List<String> lines =
                sightings(a + ":" + directory("classes") + ":" + lib + "/*:" + lib + "/absent.jar", NO_LIMITS);

        assertTrue(isUnchanged(lines));
        assertEquals(
                1, lines.stream().filter(line -> line.startsWith("listed ")).count());
        assertEquals(2, lines.stream().filter(line -> line.startsWith("tree ")).count());
        assertEquals(3, lines.stream().filter(line -> line.startsWith("file ")).count(), lines::toString);
    }

    private interface Change {
        void make() throws IOException;
    }

    private void assertSeen(String classPath, Change change) throws Exception {
        List<String> lines = sightings(classPath, NO_LIMITS);
        assertTrue(isUnchanged(lines));

        change.make();

        assertFalse(isUnchanged(lines));
    }

    /** A time that no clock gives by accident. */
    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(1_000_000_000_123_456_789L, TimeUnit.NANOSECONDS));
    }

    @Test
    void jarWhenItIsTouchedIsChanged() throws Exception {
        Path a = jar("a.jar");

        assertSeen(a.toString(), () -> touch(a));
    }

    @Test
    void jarWhenItIsReplacedWithTheSameSizeAndTimeIsChanged() throws Exception {
        Path a = jar("a.jar");
        Path other = jar("b.jar");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(a));

        assertEquals(Files.size(a), Files.size(other));
        assertSeen(a.toString(), () -> Files.move(other, a, StandardCopyOption.REPLACE_EXISTING));
    }

    @ParameterizedTest
    @CsvSource({"a.jar,a.jar", "next.jar,next.jar", "classes/x/file,classes/x/file", "classes/x,classes/x/file"})
    void fileWhenItVanishesIsChanged(String name, String file) throws Exception {
        jar("next.jar");
        String classPath = jar("a.jar", "next.jar") + ":" + directory("classes");
        Files.createDirectories(lib.resolve("classes/x"));
        Files.writeString(lib.resolve("classes/x/file"), "x");

        assertSeen(classPath, () -> {
            Files.delete(lib.resolve(file));
            Files.deleteIfExists(lib.resolve(name));
        });
    }

    @Test
    void jarWhenItAppearsIsChanged() throws Exception {
        Path a = jar("a.jar", "late.jar");

        assertSeen(a + ":" + lib + "/later.jar", () -> jar("late.jar"));
        assertSeen(a + ":" + lib + "/later.jar", () -> jar("later.jar"));
    }

    @Test
    void directoryWhenItAppearsIsChanged() throws Exception {
        Path a = jar("a.jar", "late/");

        assertSeen(a.toString(), () -> directory("late"));
        assertSeen(lib + "/later", () -> directory("later"));
    }

    @Test
    void directoryWhenAFileAppearsIsChanged() throws Exception {
        Path classes = directory("classes");
        Files.createDirectories(classes.resolve("deep/er"));

        assertSeen(classes.toString(), () -> Files.writeString(classes.resolve("deep/er/new"), "x"));
        assertSeen(classes.toString(), () -> Files.createDirectory(classes.resolve("deep/er/empty")));
    }

    @Test
    void directoryWhenAFileIsTouchedOrWrittenIsChanged() throws Exception {
        Path classes = directory("classes");
        Path file = classes.resolve(COMMON);

        assertSeen(classes.toString(), () -> touch(file));
        assertSeen(classes.toString(), () -> Files.writeString(file, "other text"));
    }

    @Test
    void listedDirectoryWhenAJarAppearsIsChanged() throws Exception {
        jar("sub/a.jar");
        touch(lib.resolve("sub"));

        assertSeen(lib + "/sub/*", () -> jar("sub/b.jar"));
        assertSeen(lib + "/late/*", () -> jar("late/c.jar"));
    }
}
