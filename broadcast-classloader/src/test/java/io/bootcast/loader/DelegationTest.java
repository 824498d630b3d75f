package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bootcast.index.TestJar;
import io.bootcast.resolve.StockJava;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which classes come from elsewhere: the JDK's modules, and what Bootcast brings. Oracle: a real {@code java -cp}. */
class DelegationTest extends LoaderFixture {
    @Test
    void classesWhenTheirPackageIsTheJdksNeverComeFromTheClassPath() throws Exception {
        Map<String, byte[]> classes = new TreeMap<>();
        for (String name : new String[] {
            "java.sql.Extra",
            "javax.annotation.processing.Extra",
            "com.sun.source.tree.Extra",
            "java.util.Extra",
            "javax.annotation.Extra"
        }) {
            classes.put(name, TestClasses.emptyInAnyPackage(name));
        }
        Path jar = new TestJar().classes(classes).write(directory.resolve("a.jar"));
        Path root = classDirectory("classes", classes);
        String[] names = classes.keySet().toArray(new String[0]);
        List<String> expected =
                StockJava.run(directory, directory.resolve("output"), jar.toString(), ClassProbe.class, names);

        assertEquals(5, expected.size());
        for (boolean parentFirst : new boolean[] {false, true}) {
            for (List<String> live : List.of(List.<String>of(), List.of(jar.toString()), List.of(root.toString()))) {
                Path element = live.contains(root.toString()) ? root : jar;
                try (TestImage image = TestImage.ofLive(live, store, element);
                        BroadcastClassLoader loader = new BroadcastClassLoader(image.image(), parentFirst)) {
                    List<String> found = new ArrayList<>();
                    for (String name : names) {
                        found.add(ClassProbe.describe(loader, name));
                    }
                    assertEquals(expected, found, "parentFirst=" + parentFirst + " live=" + live);
                }
            }
        }
    }

    @Test
    void ownPackagesWhenTheClassPathHasThemTooComeFromBootcast() throws Exception {
        Path jar = new TestJar()
                .classes(new TestClasses()
                        .empty("io.bootcast.loader.BroadcastClassLoader")
                        .add("io.bootcast.app.Users", source("io.bootcast.app.Users", "the user's"))
                        .compile())
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            assertSame(BroadcastClassLoader.class, image.loader().loadClass("io.bootcast.loader.BroadcastClassLoader"));
            assertEquals("the user's", says(image.loader(), "io.bootcast.app.Users"));
        }
    }
}
