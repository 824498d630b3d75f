package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
