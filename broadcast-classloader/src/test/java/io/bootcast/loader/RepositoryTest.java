package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bootcast.index.RealJars;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broad oracle: a class path of many real jars, every name in them and as many names that are not. */
class RepositoryTest {
    private static final int MOST_JARS = 60;
    private static final int FEWEST_JARS = 10;
    private static final long LARGEST_JAR = 4L << 20;
    private static final int DIFFERENCES_SHOWN = 20;
    private static final int CONTENT_OF_EVERY = 5;

    @TempDir
    Path temporary;

    private final List<String> different = new ArrayList<>();

    private static Set<String> names(List<Path> jars) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path jar : jars) {
            try (ZipFile file = new ZipFile(jar.toFile())) {
                file.stream().forEach(entry -> names.add(entry.getName()));
            }
        }
        return names;
    }

    /** {@code name} with one character changed; which one depends on the name. */
    private static String changed(String name) {
        int at = (name.hashCode() & 0x7FFF_FFFF) % name.length();
        char c = name.charAt(at);
        return name.substring(0, at) + (char) (c == 'z' ? 'a' : c + 1) + name.substring(at + 1);
    }

    private void compare(TestImage image, String name, boolean content) throws IOException {
        Enumeration<URL> expected = image.stock().findResources(name);
        Enumeration<URL> found = image.loader().findResources(name);
        while (expected.hasMoreElements() || found.hasMoreElements()) {
            String one = expected.hasMoreElements() ? expected.nextElement().toString() : "nothing more";
            String other = found.hasMoreElements() ? image.original(found.nextElement()) : "nothing more";
            if (!one.equals(other)) {
                different.add(name + ": expected " + one + " found " + other);
                return;
            }
        }
        if (content && digest(image.stock(), name) != digest(image.loader(), name)) {
            different.add(name + ": other content");
        }
    }

    private static int digest(ClassLoader loader, String name) throws IOException {
        try (InputStream in = loader.getResourceAsStream(name)) {
            return in == null ? 0 : Arrays.hashCode(in.readAllBytes());
        }
    }

    @Test
    @Timeout(120)
    void resourcesWhenClassPathIsRealAreThoseOfStock() throws Exception {
        List<Path> jars = RealJars.find(MOST_JARS, LARGEST_JAR);
        assumeTrue(jars.size() >= FEWEST_JARS, "no Maven repository with jars on this machine");
        Set<String> names = names(jars);

        int compared = 0;
        try (TestImage image = TestImage.of(temporary.toRealPath().resolve("store"), jars.toArray())) {
            for (String name : names) {
                compare(image, name, /* content= */ compared % CONTENT_OF_EVERY == 0);
                compare(image, changed(name), /* content= */ false);
                compared += 2;
            }
        }

        System.out.println("RepositoryTest: jars=" + jars.size() + " names=" + names.size() + " compared=" + compared
                + " different=" + different.size());
        assertEquals("", String.join("\n", different.subList(0, Math.min(DIFFERENCES_SHOWN, different.size()))));
        assertTrue(compared > 1000);
    }
}
