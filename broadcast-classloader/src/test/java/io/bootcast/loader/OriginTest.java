package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a class says it comes from. Oracle: {@code URLClassLoader} over the originals, and a real {@code java -cp}. */
class OriginTest extends LoaderFixture {
    @Test
    void codeSourceWhenAskedIsTheOriginal() throws Exception {
        Path jar = classJar("sub dir/a b+c.jar", "p.A", "p.B");
        Path root = classDirectory("classes", new TestClasses().empty("q.C").compile());
        try (TestImage image = TestImage.of(store, jar, root)) {
            for (String name : new String[] {"p.A", "q.C"}) {
                URL expected = image.stock()
                        .loadClass(name)
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation();

                URL found = image.loader()
                        .loadClass(name)
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation();

                assertEquals(expected.toString(), found.toString());
            }
        }
    }

    @Test
    void protectionDomainWhenElementsDifferIsOneEach() throws Exception {
        Path first = classJar("first.jar", "p.A", "p.B");
        Path second = classJar("second.jar", "p.C");
        try (TestImage image = TestImage.of(store, first, second)) {
            var ofA = image.loader().loadClass("p.A").getProtectionDomain();
            var ofB = image.loader().loadClass("p.B").getProtectionDomain();
            var ofC = image.loader().loadClass("p.C").getProtectionDomain();

            assertSame(ofA, ofB);
            assertNotSame(ofA, ofC);
            assertSame(image.loader(), ofA.getClassLoader());
            assertNull(ofA.getCodeSource().getCertificates());
        }
    }

    @Test
    void urlsWhenAskedAreTheElementsInTheStore() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        Path root = classDirectory("classes", Map.of());
        Path live = classJar("live.jar", "p.C");
        try (TestImage image =
                TestImage.ofLive(List.of(live.toString()), store, jar, directory.resolve("absent.jar"), root, live)) {
            URL[] urls = image.loader().getURLs();

            assertEquals(3, urls.length);
            assertEquals("file:" + jar, image.original(urls[0]));
            assertEquals("file:" + root + "/", image.original(urls[1]));
            assertEquals("file:" + live, urls[2].toString());
            assertTrue(urls[0].getPath().startsWith(store + "/images/"), urls[0].toString());
            assertEquals(
                    Arrays.stream(urls)
                            .map(url -> url.getPath().replaceAll("/$", ""))
                            .toList(),
                    image.loader().classPath());
            for (String file : image.loader().classPath()) {
                assertTrue(new File(file).exists(), file);
            }
        }
    }

    @Test
    void codeSourceWhenElementsHaveOddNamesIsThatOfStockJava() throws Exception {
        String[] files = {
            "plain",
            "sp ace",
            "h#sh",
            "p%rcent",
            "pl+us",
            "b!ng",
            "di!/r",
            "qu?stion",
            "ä ö",
            "包",
            "[br]",
            "a;b",
            "eq=ual",
            "%20",
            "d ir#%/inside"
        };
        byte[] jarClass = new TestClasses().empty("j00.A").compile().get("j00.A");
        byte[] directoryClass = new TestClasses().empty("d00.B").compile().get("d00.B");
        List<Object> classPath = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < files.length; i++) {
            String inJar = "j" + (10 + i);
            String inDirectory = "d" + (10 + i);
            classPath.add(new TestJar()
                    .deflated(inJar + "/A.class", TestClasses.renamed(jarClass, "j00", inJar))
                    .write(directory.resolve(files[i] + ".jar")));
            classPath.add(classDirectory(
                    files[i] + ".classes",
                    Map.of(inDirectory + ".B", TestClasses.renamed(directoryClass, "d00", inDirectory))));
            names.add(inJar + ".A");
            names.add(inDirectory + ".B");
        }
        classPath.add(programJar(example.SignersApp.class));

        List<String> said = new TwoJvms(directory)
                .assertSame(TwoJvms.path(classPath.toArray()), "example.SignersApp", names.toArray(new String[0]));

        assertEquals(2 * files.length, said.size());
        assertEquals("j11.A file:" + directory + "/sp%20ace.jar null", said.get(2));
        assertEquals("d11.B file:" + directory + "/sp%20ace.classes/ null", said.get(3));
    }

    @Test
    void protectionDomainWhenAskedGrantsWhatStockJavaGrants() throws Exception {
        Path jar = classJar("a.jar", "p.A");
        Path root = classDirectory("classes", new TestClasses().empty("q.B").compile());
        Path signed = Signer.get().sign(classJar("signed.jar", "s.C"), "ONE");
        Path live = classJar("live.jar", "l.D");
        String classPath = TwoJvms.path(programJar(example.OriginApp.class), jar, root, signed, live);

        List<String> said = new TwoJvms(directory)
                .live(live)
                .assertSame(classPath, "example.OriginApp", "p.A", "q.B", "s.C", "l.D", "example.OriginApp");

        assertTrue(said.get(0).startsWith("p.A file:" + jar), said.get(0));
    }
}
