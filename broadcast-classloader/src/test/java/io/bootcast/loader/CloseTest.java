package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A closed loader. Oracle: a closed {@code URLClassLoader} over the originals. */
class CloseTest extends LoaderFixture {
    @Test
    void closeWhenItIsOverNothingMoreIsFound() throws Exception {
        Path jar = classJar("a.jar", "p.A", "p.B");
        Path live = classJar("live.jar", "p.C");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, jar, live)) {
            Class<?> before = image.loader().loadClass("p.A");
            URL url = image.loader().getResource("p/B.class");
            assertNotNull(image.loader().getResource("p/C.class"));
            image.stock().loadClass("p.A");

            image.stock().close();
            image.loader().close();

            assertSame(before, image.loader().loadClass("p.A"));
            assertEquals(outcome(image.stock(), "p.B"), outcome(image.loader(), "p.B"));
            assertEquals(outcome(image.stock(), "p.C"), outcome(image.loader(), "p.C"));
            assertNull(image.loader().getResource("p/B.class"));
            assertNull(image.loader().getResourceAsStream("p/B.class"));
            assertNull(image.loader().getResource("p/C.class"));
            assertFalse(image.loader().getResources("p/B.class").hasMoreElements());
            assertTrue(url.openStream().readAllBytes().length > 0);
        }
    }
}
