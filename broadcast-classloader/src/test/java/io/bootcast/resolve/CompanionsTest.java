package io.bootcast.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What travels beside the class path, and what {@code System.loadLibrary} shall find. Libraries are ELF files without code: nobody loads them here. */
class CompanionsTest {
    private static final String DEFAULT_PATH = "/nowhere/lib";

    @TempDir
    Path temporary;

    private Path app;
    private Path jar;
    private List<String> withFiles = List.of();
    private List<String> nativeDirectories = List.of();
    private String libraryPath = DEFAULT_PATH;
    private boolean libraryPathIsGiven;
    private long totalBytes = Long.MAX_VALUE;
    private final List<String> live = new ArrayList<>();
    private Sightings sightings;

    @BeforeEach
    void makeClassPath() throws IOException {
        app = Files.createDirectories(temporary.toRealPath().resolve("app"));
        jar = new TestJar()
                .manifest()
                .write(Files.createDirectories(app.resolve("lib")).resolve("a.jar"));
    }

    private Limits limits() {
        return new Limits(totalBytes, live);
    }

    private RecordingReader resolve(Object... classPath) throws IOException {
        List<String> elements = new ArrayList<>();
        for (Object element : classPath) {
            elements.add(element.toString());
        }
        RecordingReader reader = new RecordingReader();
        Resolver resolver = new Resolver(limits(), reader);
        resolver.resolve(String.join(":", elements));
        resolver.resolveFiles(new Companions(withFiles, nativeDirectories, libraryPath, libraryPathIsGiven));
        sightings = resolver.sightings();
        return reader;
    }

    private Path library(String name) throws IOException {
        return TestElf.wide().write(app.resolve(name));
    }

    private Path file(String name) throws IOException {
        Path file = app.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private Path link(String name, String target) throws IOException {
        Path link = app.resolve(name);
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, Path.of(target));
    }

    private List<String> paths(String... names) {
        List<String> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(app + "/" + name);
        }
        return paths;
    }

    private List<String> found(String... places) {
        List<String> found = new ArrayList<>();
        for (String place : places) {
            found.add(place.replace(" ", " " + app + "/"));
        }
        return found;
    }

    @Test
    void librariesBesideAJarTravelAndAreFound() throws IOException {
        library("lib/libx.so");
        library("lib/liby.so.1.2");
        library("lib/deep/libz.so");
        file("lib/notes.txt");

        RecordingReader reader = resolve(jar);

        assertEquals(paths("lib/libx.so", "lib/liby.so.1.2"), reader.files());
        assertEquals(found("carried lib/libx.so"), reader.found());
        assertEquals(List.of(), reader.left());
    }

    @Test
    void nothingBesideAJarIsNothing() throws IOException {
        file("lib/notes.txt");

        RecordingReader reader = resolve(jar, "/nowhere/b.jar");

        assertEquals(List.of(), reader.files());
        assertEquals(List.of(), reader.found());
    }

    @Test
    void directoryOfNativeTravelsWithAllBelowAndIsSearchedAtItsTop() throws IOException {
        library("n/libx.so");
        library("n/sub/liby.so");
        file("n/sub/data.bin");
        Files.createDirectories(app.resolve("n/empty"));
        nativeDirectories = List.of(app + "/n");

        RecordingReader reader = resolve(jar);

        assertEquals(paths("n/libx.so", "n/sub/data.bin", "n/sub/liby.so"), reader.files());
        assertEquals(found("carried n/libx.so"), reader.found());
    }

    @Test
    void directoriesOfTheUsersLibraryPathTravelInTheirOrder() throws IOException {
        library("one/libx.so");
        library("two/libx.so");
        library("two/liby.so");
        library("lib/liby.so");
        library("lib/libz.so");
        libraryPath = app + "/one:" + app + "/two:/usr/lib:" + app + "/missing";
        libraryPathIsGiven = true;

        RecordingReader reader = resolve(jar);

        assertEquals(found("carried lib/libz.so", "carried one/libx.so", "carried two/liby.so"), reader.found());
        assertEquals(paths("lib/liby.so", "lib/libz.so", "one/libx.so", "two/libx.so", "two/liby.so"), reader.files());
    }

    @Test
    void directoryThatTheJvmSearchesFirstKeepsItsLibraries() throws IOException {
        library("home/libx.so");
        library("n/libx.so");
        library("n/liby.so");
        libraryPath = app + "/home";
        nativeDirectories = List.of(app + "/n");

        RecordingReader reader = resolve(jar);

        assertEquals(paths("n/libx.so", "n/liby.so"), reader.files());
        assertEquals(found("carried n/liby.so"), reader.found());
    }

    @Test
    void libraryWithTheNameOfOneOfTheJdkIsLeftToTheJvm() throws IOException {
        library("n/libzip.so");
        library("n/liby.so");
        libraryPath = app + "/n";
        libraryPathIsGiven = true;

        RecordingReader reader = resolve(jar);

        assertEquals(found("carried n/liby.so"), reader.found());
    }

    @Test
    void directoryOfNativeThatTheJvmSearchesByItselfHasItsPlaceThere() throws IOException {
        library("first/libx.so");
        library("second/libx.so");
        libraryPath = app + "/first:" + app + "/second";
        nativeDirectories = List.of(app + "/second");

        RecordingReader leftToJvm = resolve(jar);
        nativeDirectories = List.of(app + "/second", app + "/first");
        RecordingReader carried = resolve(jar);

        assertEquals(List.of(), leftToJvm.found());
        assertEquals(found("carried first/libx.so"), carried.found());
    }

    @Test
    void directoriesOfTheSystemAndOfMpiAndWithoutLibrariesStayAtHome() throws IOException {
        library("openmpi/libmpi_java.so");
        library("openmpi/libx.so");
        file("empty/notes.txt");
        libraryPath = System.getProperty("java.home") + "/lib:/usr/lib:" + app + "/openmpi:" + app + "/empty";
        libraryPathIsGiven = true;

        RecordingReader reader = resolve(jar);

        assertEquals(List.of(), reader.files());
        assertEquals(List.of(), reader.found());
    }

    /** Open MPI installs its bindings beside its libraries; the JDK has a jar among its own. */
    @Test
    void librariesBesideAJarOfTheJdkOrOfMpiStayAtHome() throws IOException {
        library("openmpi/libmpi_java.so");
        library("openmpi/libmpi.so");
        Path mpi = new TestJar().manifest().write(app.resolve("openmpi/mpi.jar"));

        RecordingReader reader = resolve(mpi, System.getProperty("java.home") + "/lib/jrt-fs.jar");

        assertEquals(2, reader.elements().size());
        assertEquals(List.of(), reader.files());
        assertEquals(List.of(), reader.found());
    }

    @Test
    void directoryThatIsLiveOrTooLargeStaysAtHomeAndIsSearchedThere() throws IOException {
        library("n/libx.so");
        library("m/liby.so");
        nativeDirectories = List.of(app + "/n", app + "/m");
        live.add(app + "/n");
        totalBytes = Files.size(jar) + 1;

        RecordingReader reader = resolve(jar);

        assertEquals(List.of(), reader.files());
        assertEquals(found("home m/liby.so", "home n/libx.so"), reader.found());
        assertEquals(
                List.of("LIVE " + app + "/n (named by --live)", "LIVE " + app + "/m (beyond --max-bytes)"),
                reader.left());
    }

    @Test
    void librariesBesideAJarThatStaysAtHomeAreFound() throws IOException {
        library("lib/libx.so");
        live.add(app + "/lib");

        RecordingReader reader = resolve(jar);

        assertEquals(List.of(), reader.files());
        assertEquals(found("home lib/libx.so"), reader.found());
    }

    @Test
    void missingDirectoriesAreSaid() throws IOException {
        nativeDirectories = List.of(app + "/n");
        withFiles = List.of(app + "/f");

        RecordingReader reader = resolve(jar);

        assertEquals(
                List.of("ABSENT " + app + "/f (does not exist)", "ABSENT " + app + "/n (does not exist)"),
                reader.left());
    }

    @Test
    void neededLibrariesByOriginTravelTransitively() throws IOException {
        TestElf.wide().needs("libb.so.1", "libc.so.6").runpath("$ORIGIN/../dep").write(app.resolve("lib/liba.so"));
        TestElf.wide().needs("libc.so").runpath("/opt/x:${ORIGIN}/deeper").write(app.resolve("dep/libb.so.1"));
        library("dep/deeper/libc.so");
        library("dep/unneeded.so");

        RecordingReader reader = resolve(jar);

        assertEquals(paths("dep/deeper/libc.so", "dep/libb.so.1", "lib/liba.so"), reader.files());
        assertEquals(found("carried lib/liba.so"), reader.found());
    }

    @Test
    void neededLibrariesByRpathOfTheirLoaderTravel() throws IOException {
        TestElf.wide().needs("libb.so").rpath("$ORIGIN/../dep").write(app.resolve("lib/liba.so"));
        TestElf.wide().needs("libc.so").write(app.resolve("dep/libb.so"));
        library("dep/libc.so");
        TestElf.wide().needs("libe.so").runpath("$ORIGIN/../dep2").write(app.resolve("lib/libd.so"));
        TestElf.wide().needs("libf.so").write(app.resolve("dep2/libe.so"));
        library("dep2/libf.so");

        RecordingReader reader = resolve(jar);

        assertEquals(paths("dep/libb.so", "dep/libc.so", "dep2/libe.so", "lib/liba.so", "lib/libd.so"), reader.files());
    }

    @Test
    void neededLibrariesInACycleAndByPathTravelOnce() throws IOException {
        TestElf.wide()
                .needs("$ORIGIN/../dep/libb.so", "/opt/abs.so", "rel/libx.so")
                .write(app.resolve("lib/liba.so"));
        TestElf.wide()
                .needs("liba.so", "libb.so")
                .runpath("$ORIGIN:$ORIGIN/../lib")
                .write(app.resolve("dep/libb.so"));

        RecordingReader reader = resolve(jar);

        assertEquals(paths("dep/libb.so", "lib/liba.so"), reader.files());
    }

    /** The dynamic linker passes over libraries of another architecture, so all that it may meet must be there. */
    @Test
    void neededLibraryInSeveralPlacesTravelsFromAll() throws IOException {
        TestElf.wide().needs("libb.so").runpath("$ORIGIN/../l32:$ORIGIN/../l64").write(app.resolve("lib/liba.so"));
        TestElf.narrow().write(app.resolve("l32/libb.so"));
        library("l64/libb.so");

        RecordingReader reader = resolve(jar);

        assertEquals(paths("l32/libb.so", "l64/libb.so", "lib/liba.so"), reader.files());
    }

    @Test
    void librariesOfADirectoryOnTheClassPathNeedTheirsToo() throws IOException {
        TestElf.wide().needs("libb.so").runpath("$ORIGIN/../../dep").write(app.resolve("classes/sub/liba.so"));
        library("dep/libb.so");

        RecordingReader reader = resolve(app.resolve("classes"));

        assertEquals(paths("dep/libb.so"), reader.files());
    }

    @Test
    void linksTravelAsLinks() throws IOException {
        library("n/libx.so.1.2");
        link("n/libx.so.1", "libx.so.1.2");
        link("n/libx.so", "libx.so.1");
        link("n/data", "libx.so.1.2");
        nativeDirectories = List.of(app + "/n");

        RecordingReader reader = resolve(jar);

        String real = app + "/n/libx.so.1.2";
        assertEquals(
                List.of(app + "/n/data", app + "/n/libx.so -> libx.so.1.2", app + "/n/libx.so.1 -> libx.so.1.2", real),
                reader.files());
        assertEquals(found("carried n/libx.so"), reader.found());
    }

    @Test
    void linksThatLeadElsewhereTravelWithWhatTheyLeadToAndWhatThatNeeds() throws IOException {
        TestElf.wide().needs("libb.so").runpath("$ORIGIN").write(app.resolve("pkg/a/liba.so.1"));
        library("pkg/a/libb.so");
        link("view/liba.so", "../pkg/a/liba.so.1");
        link("lib/libc.so", "../pkg/c/libc.so.3");
        library("pkg/c/libc.so.3");
        libraryPath = app + "/view";
        libraryPathIsGiven = true;

        RecordingReader reader = resolve(jar);

        assertEquals(
                List.of(
                        app + "/lib/libc.so -> ../pkg/c/libc.so.3",
                        app + "/pkg/a/liba.so.1",
                        app + "/pkg/a/libb.so",
                        app + "/pkg/c/libc.so.3",
                        app + "/view/liba.so -> ../pkg/a/liba.so.1"),
                reader.files());
        assertEquals(found("carried lib/libc.so", "carried view/liba.so"), reader.found());
    }

    @Test
    void linkedDirectoriesAreThereUnderBothNames() throws IOException {
        TestElf.wide().needs("libb.so").runpath("$ORIGIN/../dep").write(app.resolve("v1/native/liba.so"));
        library("v1/real-dep/libb.so");
        link("v1/dep", "real-dep");
        link("native", "v1/native");
        nativeDirectories = List.of(app + "/native");

        RecordingReader reader = resolve(jar);

        assertEquals(
                List.of(
                        app + "/native -> v1/native",
                        app + "/v1/dep -> real-dep",
                        app + "/v1/native/liba.so",
                        app + "/v1/real-dep/libb.so"),
                reader.files());
        assertEquals(found("carried v1/native/liba.so"), reader.found());
    }

    @Test
    void libraryInALinkedDirectoryBelowKeepsItsTruePlace() throws IOException {
        library("elsewhere/liba.so");
        file("elsewhere/data");
        link("n/sub", "../elsewhere");
        file("n/z");
        nativeDirectories = List.of(app + "/n");

        RecordingReader reader = resolve(jar);

        assertEquals(
                List.of(
                        app + "/elsewhere/liba.so",
                        app + "/n/sub/data",
                        app + "/n/sub/liba.so -> ../../elsewhere/liba.so",
                        app + "/n/z"),
                reader.files());
    }

    @Test
    void danglingLinksAndDirectoriesWithTheNameOfALibraryAreNoLibraries() throws IOException {
        link("lib/liba.so", "nowhere.so");
        Files.createDirectories(app.resolve("lib/libb.so"));
        library("n/liba.so");
        library("n/libb.so");
        nativeDirectories = List.of(app + "/n");

        RecordingReader reader = resolve(jar);

        assertEquals(paths("n/liba.so", "n/libb.so"), reader.files());
        assertEquals(found("carried n/liba.so", "carried n/libb.so"), reader.found());
    }

    @Test
    void filesTravelWithoutBeingSearchedAndWithoutTheJarsOfTheClassPath() throws IOException {
        file("conf/app.properties");
        file("classes/x.txt");
        library("libtop.so");
        withFiles = List.of(app.toString(), app + "/conf");

        RecordingReader reader = resolve(jar, app.resolve("classes"));

        assertEquals(paths("conf/app.properties", "libtop.so"), reader.files());
        assertEquals(List.of(), reader.found());
    }

    @Test
    void fileThatIsNamedByItselfTravels() throws IOException {
        file("conf/app.properties");
        file("conf/other.properties");
        link("conf/link.properties", "app.properties");
        withFiles = List.of(app + "/conf/link.properties");

        RecordingReader reader = resolve(jar);

        assertEquals(
                List.of(app + "/conf/app.properties", app + "/conf/link.properties -> app.properties"), reader.files());
    }

    private boolean isUnchanged() throws IOException {
        for (String line : sightings.lines()) {
            if (!Sightings.isUnchanged(line, limits())) {
                return false;
            }
        }
        return true;
    }

    private interface Change {
        void make() throws IOException;
    }

    private void assertSeen(Change change) throws IOException {
        resolve(jar);
        assertTrue(isUnchanged());

        change.make();

        assertFalse(isUnchanged());
    }

    @Test
    void changesInWhatTravelsAreSeen() throws IOException {
        library("n/libx.so");
        TestElf.wide().needs("libb.so", "libc.so").runpath("$ORIGIN/../dep").write(app.resolve("lib/liba.so"));
        library("dep/libb.so");
        file("conf/x");
        withFiles = List.of(app + "/conf");
        nativeDirectories = List.of(app + "/n");

        assertSeen(() -> file("conf/y"));
        assertSeen(() -> Files.writeString(app.resolve("conf/x"), "other"));
        assertSeen(() -> file("n/sub/deep"));
        assertSeen(() -> Files.writeString(app.resolve("lib/liba.so"), "other"));
        assertSeen(() -> library("lib/libnew.so"));
        TestElf.wide().needs("libb.so", "libc.so").runpath("$ORIGIN/../dep").write(app.resolve("lib/liba.so"));
        assertSeen(() -> Files.writeString(app.resolve("dep/libb.so"), "other"));
        assertSeen(() -> library("dep/libc.so"));
    }

    @Test
    void changesInWhatTheJvmSearchesFirstAreSeen() throws IOException {
        library("n/libx.so");
        libraryPath = app + "/home:" + app + "/late";
        Files.createDirectories(app.resolve("home"));
        nativeDirectories = List.of(app + "/n");

        assertSeen(() -> library("home/libx.so"));
        assertSeen(() -> library("late/liby.so"));
    }

    /** Jars often lie where programs write. */
    @Test
    void otherFilesBesideAJarAreNoChange() throws IOException {
        library("lib/libx.so");
        resolve(jar);

        file("lib/output.log");

        assertTrue(isUnchanged());
    }

    @Test
    void directoryOfAWildcardIsNotListedAgain() throws IOException {
        library("lib/libx.so");

        RecordingReader reader = resolve(app + "/lib/*");

        assertEquals(paths("lib/libx.so"), reader.files());
        assertEquals(
                List.of("listed"),
                sightings.lines().stream()
                        .filter(line -> line.contains(app + "/lib") && !line.startsWith("file "))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .toList());
    }
}
