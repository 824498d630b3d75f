package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.index.TestJar;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Elements that stayed at home, and what is written to a directory later. Oracle: {@code URLClassLoader} over the originals, and a real {@code java -cp}. */
class HomeElementsTest extends LoaderFixture {
    @Test
    void elementsWhenTheyStayAtHomeAreAskedInTheirTurn() throws Exception {
        Path first = classJar("first.jar", "p.A", "p.FirstAndLive");
        Path live = classDirectory(
                "live",
                new TestClasses()
                        .add("p.FirstAndLive", source("p.FirstAndLive", "live"))
                        .add("p.LiveAndLast", source("p.LiveAndLast", "live"))
                        .compile());
        Path last = classJar("last.jar", "p.LiveAndLast", "p.Last");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, first, live, last)) {
            for (String name : new String[] {"p.A", "p.FirstAndLive", "p.LiveAndLast", "p.Last"}) {
                String expected = says(image.stock(), name);

                assertEquals(expected, says(image.loader(), name));
            }
            assertEquals(outcome(image.stock(), "p.Late"), outcome(image.loader(), "p.Late"));

            classDirectory(
                    "live",
                    new TestClasses()
                            .add("p.Late", source("p.Late", "written later"))
                            .compile());
            assertEquals("written later", says(image.loader(), "p.Late"));
            assertEquals(
                    "file:" + live + "/",
                    image.loader()
                            .loadClass("p.Late")
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString());
        }
    }

    @Test
    void resourcesWhenElementsStayAtHomeAreFoundInTheirTurn() throws Exception {
        Path first = resourceJar("first.jar", "common.txt", "first.txt");
        Path live = resourceDirectory("live", "common.txt", "live.txt", "live-and-last.txt");
        Path liveJar = resourceJar("live.jar", "common.txt", "in-live-jar.txt", "p/");
        Path last = resourceJar("last.jar", "common.txt", "live-and-last.txt", "last.txt");
        try (TestImage image =
                TestImage.ofLive(List.of(live.toString(), liveJar.toString()), store, first, live, liveJar, last)) {
            assertResourcesAsStock(
                    image,
                    "common.txt",
                    "first.txt",
                    "live.txt",
                    "live-and-last.txt",
                    "in-live-jar.txt",
                    "last.txt",
                    "missing",
                    "",
                    "p",
                    "p/",
                    "META-INF/MANIFEST.MF");

            resourceDirectory("live", "late.txt", "last.txt");
            assertResourcesAsStock(image, "late.txt", "last.txt");
        }
    }

    /** Pinned: what the documentation says of a directory that was sent. */
    @Test
    void fileWhenAddedLaterToASentDirectoryIsNeverFound() throws Exception {
        Path program = programJar(example.LateApp.class);
        Path late = lateClass();
        Path root = Files.createDirectories(directory.resolve("classes"));
        String classPath = TwoJvms.path(program, root);

        List<String> stock = new TwoJvms(directory).stock(classPath, "example.LateApp", root + "", late + "");
        List<String> ours = new TwoJvms(directory).ours(classPath, "example.LateApp", root + "", late + "");

        String missing = "java.lang.ClassNotFoundException: p.Late null none";
        assertEquals("before " + missing, stock.get(0));
        assertEquals("after file:" + root + "/ file:" + root + "/p/late.txt written late", stock.get(1));
        assertEquals(List.of("before " + missing, "after " + missing, "then " + missing), ours);
    }

    @Test
    void fileWhenTheProgramWritesItToALiveDirectoryIsFound() throws Exception {
        Path program = programJar(example.LateApp.class);
        Path late = lateClass();
        Path root = Files.createDirectories(directory.resolve("classes"));
        Path last = classJar("last.jar", "p.Late");

        List<String> said = new TwoJvms(directory)
                .live(root)
                .assertSame(TwoJvms.path(program, root), "example.LateApp", root + "", late + "");
        new TwoJvms(directory)
                .live(root)
                .assertSame(TwoJvms.path(program, root, last), "example.LateApp", root + "", late + "");

        assertEquals("after file:" + root + "/ file:" + root + "/p/late.txt written late", said.get(1));
    }

    /** No {@code --live}: a terabyte stays where it is of itself, and what the program writes there is found. */
    @Test
    void fileWhenWrittenToADirectoryOfATerabyteIsFound() throws Exception {
        Path program = programJar(example.LateApp.class);
        Path late = lateClass();
        Path root = Files.createDirectories(directory.resolve("home/data")).getParent();
        for (int i = 0; i < 4; i++) {
            try (RandomAccessFile file =
                    new RandomAccessFile(root.resolve("data/part" + i).toFile(), "rw")) {
                file.setLength(1L << 38);
            }
        }

        List<String> said =
                new TwoJvms(directory).assertSame(TwoJvms.path(program, root), "example.LateApp", root + "", late + "");

        assertEquals("after file:" + root + "/ file:" + root + "/p/late.txt written late", said.get(1));
    }

    private Path lateClass() throws Exception {
        return Files.write(
                directory.resolve("Late.class"),
                new TestClasses().empty("p.Late").compile().get("p.Late"));
    }

    @Test
    void jarWhenItStaysAtHomeKeepsItsManifestSignersAndSeal() throws Exception {
        Signer signer = Signer.get();
        Path live = new TestJar()
                .manifest("Implementation-Title: at home", "Class-Path: lib/more.jar", "", "Name: q/", "Sealed: true")
                .classes(new TestClasses()
                        .empty("p.A")
                        .empty("q.B")
                        .empty("Unnamed")
                        .compile())
                .write(directory.resolve("live.jar"));
        signer.sign(live, "ONE");
        new TestJar()
                .manifest("Implementation-Title: more")
                .classes(new TestClasses().empty("r.C").empty("q.D").compile())
                .write(directory.resolve("lib/more.jar"));
        Path last = classJar("last.jar", "p.E", "q.F", "s.G");
        String classPath = TwoJvms.path(programJar(example.SignersApp.class, example.PackagesApp.class), live, last);
        String[] names = {"p.A", "q.B", "Unnamed", "r.C", "q.D", "p.E", "q.F", "s.G", "p.Missing"};

        TwoJvms jvms = new TwoJvms(directory).live(live);
        List<String> signers = jvms.assertSame(classPath, "example.SignersApp", names);
        List<String> packages = jvms.assertSame(classPath, "example.PackagesApp", names);

        assertEquals("p.A CN=ONE file:" + live + " at home", signers.get(0));
        assertEquals("r.C file:" + directory.resolve("lib/more.jar") + " more", signers.get(3));
        assertEquals("q.D java.lang.SecurityException: sealing violation: package q is sealed", packages.get(4));
        assertEquals("q.F java.lang.SecurityException: sealing violation: package q is sealed", packages.get(6));
    }
}
