package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import io.bootcast.resolve.ResourceProbe;
import io.bootcast.resolve.StockJava;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resources by name. Oracle: {@code URLClassLoader} over the originals, and a real {@code java -cp} where names of files are odd. */
class ResourcesTest extends LoaderFixture {
    @Test
    void resourcesWhenSeveralElementsHaveThemAreInOrder() throws Exception {
        Path first = resourceJar("first.jar", "common.txt", "only/first.txt", "p/");
        Path root = resourceDirectory("classes", "common.txt", "only/second.txt", "p/in.txt");
        Path third = resourceJar("third.jar", "only/third.txt", "common.txt", "p/");
        try (TestImage image = TestImage.of(store, first, root, third, directory.resolve("absent.jar"))) {
            assertResourcesAsStock(
                    image,
                    "common.txt",
                    "only/first.txt",
                    "only/second.txt",
                    "only/third.txt",
                    "missing",
                    "p/",
                    "p",
                    "p/in.txt",
                    "META-INF/MANIFEST.MF",
                    "META-INF/",
                    "META-INF",
                    "java/lang/Object.class",
                    "only",
                    "only/");
        }
    }

    @Test
    void resourcesWhenAnElementIsNamedTwiceAreFoundOnce() throws Exception {
        Path jar = resourceJar("a.jar", "common.txt");
        Path root = resourceDirectory("classes", "common.txt");
        try (TestImage image = TestImage.of(store, jar, root, jar, root)) {
            assertResourcesAsStock(image, "common.txt");
        }
    }

    @Test
    void resourceWhenAJarHasItTwiceIsTheLast() throws Exception {
        Path jar = new TestJar()
                .stored("a.txt", "first")
                .stored("b", "")
                .stored("a.txt", "last")
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            assertResourcesAsStock(image, "a.txt", "b");
        }
    }

    /** Names that are entries of a jar, letter by letter, and lead to other files in a directory, or nowhere. */
    @Test
    void resourceWhenJarsAndDirectoriesReadItsNameDifferentlyIsAsStock() throws Exception {
        String[] odd = {"p//b.txt", "/p/b.txt", "p/./b.txt", "p/../b.txt"};
        Path root = resourceDirectory("classes", "p/b.txt", "b.txt", "http:/x", "p/file");
        Path jar = resourceJar("a.jar", odd);
        Path directories = resourceJar("b.jar", "q//", "p/file/");
        try (TestImage image = TestImage.of(store, jar, root, directories)) {
            assertResourcesAsStock(image, odd);
            assertResourcesAsStock(image, "//", "http:/x", "http:", "q", "q/", "q//", "p/file/", "p/file");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                ".",
                "./",
                "..",
                "../",
                "/a.txt",
                "./a.txt",
                "../a.txt",
                "a.txt/",
                "a.txt//",
                "//a.txt",
                "p/b.txt",
                "p//b.txt",
                "p/./b.txt",
                "p/../a.txt",
                "p/../../a.txt",
                "p/../../classes/a.txt",
                "missing/../a.txt",
                "p/..",
                "p/.",
                "p//",
                "p",
                "p/",
                "p\\b.txt",
                "\\",
                "a.txt?",
                "a.txt#",
                "a%2Etxt",
                "%",
                "a.txt ",
                " ",
                "x\\y.txt",
                "sp ace.txt",
                "h#sh.txt",
                "p%rcent.txt",
                "pl+us.txt",
                "qu?stion.txt",
                "b!ng.txt",
                "p/!/b.txt",
                "ä/ö.txt",
                "[br].txt",
                "semi;colon.txt",
                "eq=ual.txt",
                "a&b.txt",
                "til~de",
                "car^et",
                "{b}",
                "p|pe",
                "back`tick",
                "\"quote\"",
                "<less>",
                "co:lon",
                ".hidden",
                "p/.hidden",
                "only-in-jar",
                "only-in-jar/"
            })
    void resourceWhenItsNameIsOddIsAsStock(String name) throws Exception {
        String[] odd = {
            "a.txt",
            "p/b.txt",
            "x\\y.txt",
            "sp ace.txt",
            "h#sh.txt",
            "p%rcent.txt",
            "pl+us.txt",
            "qu?stion.txt",
            "b!ng.txt",
            "p/!/b.txt",
            "ä/ö.txt",
            "[br].txt",
            "semi;colon.txt",
            "eq=ual.txt",
            "a&b.txt",
            "til~de",
            "car^et",
            "{b}",
            "p|pe",
            "back`tick",
            "\"quote\"",
            "<less>",
            "co:lon",
            ".hidden",
            "p/.hidden"
        };
        Path root = resourceDirectory("classes", odd);
        Path jar = resourceJar("a.jar", odd);
        Path onlyInJar = resourceJar("b.jar", "only-in-jar/", "p/");
        try (TestImage image = TestImage.of(store, root, jar, onlyInJar)) {
            assertResourcesAsStock(image, name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.jar",
                "sp ace.jar",
                "h#sh.jar",
                "p%rcent.jar",
                "pl+us.jar",
                "b!ng.jar",
                "qu?stion.jar",
                "ä ö.jar",
                "包.jar",
                "[br].jar",
                "semi;colon.jar",
                "eq=ual.jar",
                "a&b.jar",
                "%20.jar",
                "d ir#%/inside.jar",
                "di!r/inside.jar"
            })
    void resourceWhenItsJarHasAnOddNameIsAsInStockJava(String name) throws Exception {
        Path jar = resourceJar(name, "a b.txt", "p/ä.txt", "p/");
        Path root = resourceDirectory(name + ".classes", "a b.txt", "p/ä.txt");
        String[] names = {"a b.txt", "p/ä.txt", "p/", "p", "META-INF/MANIFEST.MF"};
        List<String> expected =
                StockJava.run(directory, directory.resolve("output"), jar + ":" + root, ResourceProbe.class, names);

        try (TestImage image = TestImage.of(store, jar, root)) {
            List<String> found = new ArrayList<>();
            for (String resource : names) {
                for (URL url : Collections.list(image.loader().getResources(resource))) {
                    found.add(resource + " " + image.original(url));
                }
            }
            assertEquals(String.join("\n", expected), String.join("\n", found));
            assertEquals(
                    "a b.txt of " + name,
                    new String(image.loader().getResourceAsStream("a b.txt").readAllBytes()));
        }
    }

    @Test
    void enumerationWhenItIsOverThrowsAsStock() throws Exception {
        Path jar = resourceJar("a.jar", "a.txt");
        try (TestImage image = TestImage.of(store, jar)) {
            Enumeration<URL> found = image.loader().getResources("a.txt");
            found.nextElement();

            assertFalse(found.hasMoreElements());
            assertThrows(NoSuchElementException.class, found::nextElement);
        }
    }

    @Test
    void unnamedModuleWhenAskedHasTheResources() throws Exception {
        Path jar = resourceJar("a.jar", "a.txt");
        try (TestImage image = TestImage.of(store, jar)) {
            Module module = image.loader().getUnnamedModule();

            try (InputStream in = module.getResourceAsStream("a.txt")) {
                assertEquals("a.txt of a.jar", new String(in.readAllBytes()));
            }
            assertNull(module.getResourceAsStream("missing"));
        }
    }

    @Test
    void resourcesOfModulesWhenAskedForAreThoseOfStockJava() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        Path resources = resourceJar("r.jar", "a.txt", "p/b.txt", "p/");

        List<String> said = new TwoJvms(directory)
                .options("--add-opens", "java.base/java.lang=ALL-UNNAMED")
                .assertSame(
                        TwoJvms.path(programJar(example.ModuleApp.class), jar, resources),
                        "example.ModuleApp",
                        "a.txt",
                        "p/b.txt",
                        "p/",
                        "missing",
                        "java/lang/Object.class");

        assertTrue(said.get(2).startsWith("a.txt jar:file:"), said.get(2));
    }

    @Test
    void resourcesWhenTheConsumerStopsEarlyAreRightForTheNextOne() throws Exception {
        List<Path> jars = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            jars.add(resourceJar("j" + i + ".jar", "a.txt"));
        }
        try (TestImage image = TestImage.of(store, jars.toArray())) {
            Enumeration<URL> abandoned = image.loader().getResources("a.txt");
            assertEquals(jars.get(0).toUri().toURL().toString(), jarOf(image, abandoned.nextElement()));

            assertEquals(jars.get(1).toUri().toURL().toString(), jarOf(image, abandoned.nextElement()));
            assertResourcesAsStock(image, "a.txt");
            assertEquals(18, Collections.list(abandoned).size());
        }
    }

    private static String jarOf(TestImage image, URL url) {
        return image.original(url).replaceAll("^jar:(.*)!/.*$", "$1");
    }
}
