package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages and their seals. Oracle: a real {@code java -cp}, after the same class loads in the same order. */
class PackagesTest {
    @TempDir
    Path temporary;

    private Path directory;
    private Path store;

    @BeforeEach
    void resolveLinks() throws Exception {
        directory = temporary.toRealPath();
        store = directory.resolve("store");
    }

    private Path jar(String file, String[] manifest, String... classes) throws Exception {
        TestClasses sources = new TestClasses();
        for (String name : classes) {
            sources.empty(name);
        }
        TestJar jar = manifest.length == 0 ? new TestJar() : new TestJar().manifest(manifest);
        return jar.classes(sources.compile()).write(directory.resolve(file));
    }

    /** Loads the classes in this order, by stock and by ours; returns what both said. */
    private List<String> assertAsStock(List<Path> classPath, String... names) throws Exception {
        List<Object> elements = new ArrayList<>(classPath);
        elements.add(new TestJar()
                .classes(TestClasses.of(example.PackagesApp.class))
                .write(directory.resolve("program.jar")));
        return new TwoJvms(directory).assertSame(TwoJvms.path(elements.toArray()), "example.PackagesApp", names);
    }

    private static final String[] ALL_VALUES = {
        "Specification-Title: spec", "Specification-Version: 1.2", "Specification-Vendor: spec vendor",
        "Implementation-Title: impl", "Implementation-Version: 1.2.3", "Implementation-Vendor: impl vendor"
    };

    @Test
    void packageWhenManifestHasValuesHasThem() throws Exception {
        Path jar = jar("a.jar", ALL_VALUES, "p.A", "p.q.B", "Unnamed");

        assertAsStock(List.of(jar), "p.A", "p.q.B", "Unnamed");
    }

    @Test
    void packageWhenThereIsNoManifestHasNoValues() throws Exception {
        Path jar = jar("a.jar", new String[0], "p.A");
        Path root = Files.createDirectories(directory.resolve("classes/q"));
        Files.write(
                root.resolve("B.class"),
                new TestClasses().empty("q.B").compile().get("q.B"));

        assertAsStock(List.of(jar, directory.resolve("classes")), "p.A", "q.B");
    }

    @Test
    void packageWhenItHasASectionOfItsOwnPutsItFirst() throws Exception {
        String[] manifest = {
            "Implementation-Title: main",
            "Implementation-Version: 1",
            "",
            "Name: p/",
            "Implementation-Title: own",
            "",
            "Name: q/",
            "Specification-Title: of q",
            "",
            "Name: p/A.class",
            "Implementation-Title: never"
        };
        Path jar = jar("a.jar", manifest, "p.A", "p.sub.B", "q.C", "r.D");

        assertAsStock(List.of(jar), "p.A", "p.sub.B", "q.C", "r.D");
    }

    @Test
    void packageWhenSeveralElementsHaveItHasTheFirstOnesValues() throws Exception {
        Path first = jar("first.jar", new String[] {"Implementation-Title: first"}, "p.A");
        Path second = jar("second.jar", new String[] {"Implementation-Title: second"}, "p.B", "q.C");

        assertAsStock(List.of(first, second), "p.B", "p.A", "q.C");
    }

    @Test
    void sealedPackageWhenAnotherElementAddsToItRefuses() throws Exception {
        Path sealed = jar("sealed.jar", new String[] {"Sealed: true"}, "p.A", "p.A2", "q.Free");
        Path other = jar("other.jar", new String[] {"Implementation-Title: other"}, "p.B", "r.C");

        List<String> said = assertAsStock(List.of(sealed, other), "p.A", "p.B", "p.A2", "p.B", "r.C", "q.Free");

        assertEquals("p.B java.lang.SecurityException: sealing violation: package p is sealed", said.get(1));
    }

    @Test
    void sealedPackageWhenItIsOpenAlreadyRefuses() throws Exception {
        Path open = jar("open.jar", new String[] {"Implementation-Title: open"}, "p.A");
        Path sealed = jar("sealed.jar", new String[] {"Sealed: TRUE"}, "p.B", "q.C");

        List<String> said = assertAsStock(List.of(open, sealed), "p.A", "p.B", "p.B", "q.C");

        assertEquals(
                "p.B java.lang.SecurityException: sealing violation: can't seal package p: already defined",
                said.get(1));
    }

    @Test
    void sealWhenASectionSaysOtherwiseIsTheSections() throws Exception {
        String[] manifest = {"Sealed: true", "", "Name: open/", "Sealed: false", "", "Name: named/", "Sealed: true"};
        Path sealed = jar("sealed.jar", manifest, "open.A", "named.A", "other.A");
        Path second = jar("second.jar", new String[0], "open.B", "named.B", "other.B");

        assertAsStock(List.of(sealed, second), "open.A", "open.B", "named.A", "named.B", "other.A", "other.B");
    }

    @Test
    @Timeout(60)
    void packageWhenItsClassesAreLoadedAtOnceHasItsValues() throws Exception {
        int packages = 500;
        Map<String, byte[]> two =
                new TestClasses().empty("p0000.C0").empty("p0000.C1").compile();
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < packages; i++) {
            String name = "p" + (1000 + i);
            two.forEach(
                    (key, bytes) -> classes.put(key.replace("p0000", name), TestClasses.renamed(bytes, "p0000", name)));
        }
        Path jar = new TestJar()
                .manifest("Implementation-Title: title", "Sealed: true")
                .classes(classes)
                .write(directory.resolve("a.jar"));
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (TestImage image = TestImage.of(store, jar)) {
            for (ClassLoader loader : List.of(image.stock(), image.loader())) {
                AtomicInteger arrived = new AtomicInteger();
                List<Future<String>> results = new ArrayList<>();
                for (int thread = 0; thread < 2; thread++) {
                    int own = thread;
                    results.add(pool.submit(() -> loadAtOnce(loader, arrived, packages, own)));
                }
                for (Future<String> missing : results) {
                    assertEquals("", missing.get());
                }
            }
        } finally {
            pool.shutdown();
            assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
        }
    }

    /** Loads one class of each package, each at the same moment as the other thread; returns the packages that lack their values. */
    private static String loadAtOnce(ClassLoader loader, AtomicInteger arrived, int packages, int own)
            throws Exception {
        StringBuilder missing = new StringBuilder();
        for (int i = 0; i < packages; i++) {
            arrived.incrementAndGet();
            while (arrived.get() < 2 * (i + 1)) {
                Thread.onSpinWait();
            }
            Package made = loader.loadClass("p" + (1000 + i) + ".C" + own).getPackage();
            if (!"title".equals(made.getImplementationTitle()) || !made.isSealed()) {
                missing.append(made.getName()).append(' ');
            }
        }
        return missing.toString();
    }

    @Test
    void packageInfoWhenItHasAnnotationsShowsThem() throws Exception {
        Path jar = new TestJar()
                .classes(new TestClasses()
                        .add("p.package-info", "@Deprecated(since = \"3\") package p;")
                        .empty("p.A")
                        .empty("q.Plain")
                        .compile())
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            for (String name : new String[] {"p.A", "q.Plain"}) {
                Package expected = image.stock().loadClass(name).getPackage();
                Package found = image.loader().loadClass(name).getPackage();

                assertEquals(Arrays.toString(expected.getAnnotations()), Arrays.toString(found.getAnnotations()));
            }
            assertEquals(
                    "3",
                    image.loader()
                            .loadClass("p.A")
                            .getPackage()
                            .getAnnotation(Deprecated.class)
                            .since());
        }
    }
}
