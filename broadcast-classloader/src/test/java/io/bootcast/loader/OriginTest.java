package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URL;
import java.nio.file.Path;
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
}
