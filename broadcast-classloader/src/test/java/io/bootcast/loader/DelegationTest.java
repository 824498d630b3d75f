package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
                        .empty("mpi.BootcastGuard")
                        .add("io.bootcast.app.Users", source("io.bootcast.app.Users", "the user's"))
                        .add("mpi.Users", source("mpi.Users", "another MPI"))
                        .add("org.crac.Users", source("org.crac.Users", "the user's own"))
                        .compile())
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            ClassLoader own = BroadcastClassLoader.class.getClassLoader();

            assertSame(BroadcastClassLoader.class, image.loader().loadClass("io.bootcast.loader.BroadcastClassLoader"));
            assertSame(own, image.loader().loadClass("mpi.BootcastGuard").getClassLoader());
            assertEquals("the user's", says(image.loader(), "io.bootcast.app.Users"));
            assertEquals("another MPI", says(image.loader(), "mpi.Users"));
            assertEquals("the user's own", says(image.loader(), "org.crac.Users"));
        }
    }

    @Test
    void classWhenTheApplicationUsesItIsDefinedOnce() throws Exception {
        Path jar = classJar("a.jar", "p.A", "q.B");
        String[] names = {"example.IdentityApp", "p.A", "q.B", "java.sql.Driver"};

        List<String> said = new TwoJvms(directory)
                .options("--add-opens", "java.base/java.lang=ALL-UNNAMED")
                .assertSame(TwoJvms.path(programJar(example.IdentityApp.class), jar), "example.IdentityApp", names);

        assertEquals("p.A definitions=1", said.get(1));
    }

    /** The application class loader has modules of its own, {@code jdk.compiler} among them; the platform class loader does not show what is in them. */
    @Test
    void resourcesWhenModulesOfTheJdkHaveThemAreThoseOfStockJava() throws Exception {
        String[] names = {
            "module-info.class",
            "com/sun/source/tree/Tree.class",
            "com/sun/tools/javac/resources/compiler.properties",
            "com/sun/tools/javac/resources/compiler.class",
            "com/sun/source/tree/",
            "com/sun/source/tree/Missing.class",
            "java/lang/Object.class",
            "java/sql/Driver.class",
            "META-INF/MANIFEST.MF",
            "META-INF/services/javax.tools.JavaCompiler",
            "META-INF/services/java.util.function.Supplier"
        };
        Path jar = new TestJar()
                .manifest("Created-By: test")
                .stored("module-info.class", "no module")
                .stored("com/sun/source/tree/Tree.class", "no tree")
                .stored("java/lang/Object.class", "no object")
                .stored("com/sun/tools/javac/resources/compiler.properties", "no properties")
                .write(directory.resolve("a.jar"));

        List<String> said = new TwoJvms(directory)
                .assertSame(TwoJvms.path(jar, programJar(example.ResourcesApp.class)), "example.ResourcesApp", names);

        assertTrue(said.size() > 60, said::toString);
        assertTrue(
                said.contains("com/sun/source/tree/Tree.class first jrt:/jdk.compiler/com/sun/source/tree/Tree.class"));
    }
}
