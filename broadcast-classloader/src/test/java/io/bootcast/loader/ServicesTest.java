package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** {@code ServiceLoader}. Oracle: the same over a {@code URLClassLoader} of the originals. */
class ServicesTest extends LoaderFixture {
    @Test
    void serviceLoaderWhenProvidersAreInSeveralJarsFindsThemInOrder() throws Exception {
        String service = "META-INF/services/java.util.function.Supplier";
        Path first = new TestJar()
                .classes(new TestClasses().add("p.A", source("p.A", "A")).compile())
                .deflated(service, "# comment\np.A # of this jar\n\np.B\np.A\n")
                .write(directory.resolve("first.jar"));
        Path second = new TestJar()
                .classes(new TestClasses()
                        .add("p.B", source("p.B", "B"))
                        .add("p.C", source("p.C", "C"))
                        .compile())
                .deflated(service, "p.C\np.B\n")
                .deflated("META-INF/versions/11/" + service, "p.Never\n")
                .manifest("Multi-Release: true")
                .write(directory.resolve("second.jar"));
        try (TestImage image = TestImage.of(store, first, second)) {
            List<String> expected = providers(image.stock());

            assertEquals(List.of("A", "B", "C"), expected);
            assertEquals(expected, providers(image.loader()));
        }
    }

    private static List<String> providers(ClassLoader loader) {
        return StreamSupport.stream(
                        java.util.ServiceLoader.load(Supplier.class, loader).spliterator(), false)
                .map(one -> String.valueOf(one.get()))
                .toList();
    }

    @Test
    void servicesWhenLookedForByAProgramAreThoseOfStockJava() throws Exception {
        String services = "META-INF/services/java.util.function.";
        TestJar first = new TestJar().classes(TestClasses.of(example.ServicesApp.class));
        first.classes(new TestClasses().add("p.A", source("p.A", "A")).compile());
        first.deflated(services + "Supplier", "p.A\n#p.Never\n  p.B  # in the other jar\n");
        first.deflated(services + "IntSupplier", "p.Missing\np.A\n");
        first.deflated(services + "LongSupplier", "p.A\n");
        first.deflated(services + "DoubleSupplier", "p.A p.B\n");
        first.deflated(services + "BooleanSupplier", "p.Hidden\n");
        Path second = directory.resolve("classes");
        Map<String, byte[]> classes = new TestClasses()
                .add("p.B", source("p.B", "B"))
                .add("p.Hidden", "package p; class Hidden {}")
                .compile();
        classDirectory("classes", classes);
        Files.createDirectories(second.resolve("META-INF/services"));
        Files.writeString(second.resolve(services + "Supplier"), "p.B\n\n\np.A\n");
        Path third = classJar("third.jar", "p.A", "p.C");

        List<String> said = new TwoJvms(directory)
                .assertSame(
                        TwoJvms.path(first.write(directory.resolve("first.jar")), second, third),
                        "example.ServicesApp");

        assertTrue(said.contains("context class p.A A"), said::toString);
        assertTrue(said.contains("context class p.B B"), said::toString);
    }

    /** Without a context class loader it is the system class loader's answer, whoever asks. */
    @Test
    void servicesWhenThereIsNoContextClassLoaderAreThoseOfTheSystemLoader() throws Exception {
        String lookup = "package p; public class Lookup { public static long count() {"
                + " return java.util.ServiceLoader.load(java.util.function.Supplier.class).stream().count(); } }";
        Path jar = new TestJar()
                .classes(new TestClasses()
                        .add("p.Lookup", lookup)
                        .add("p.A", source("p.A", "A"))
                        .compile())
                .deflated("META-INF/services/java.util.function.Supplier", "p.A\n")
                .write(directory.resolve("a.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (TestImage image = TestImage.of(store, jar)) {
            for (boolean none : new boolean[] {true, false}) {
                List<Object> counts = new ArrayList<>();
                for (ClassLoader loader : List.of(image.stock(), image.loader())) {
                    Thread.currentThread().setContextClassLoader(none ? null : loader);
                    counts.add(loader.loadClass("p.Lookup").getMethod("count").invoke(null));
                }
                assertEquals(counts.get(0), counts.get(1));
                assertEquals(none ? 0L : 1L, counts.get(1));
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
