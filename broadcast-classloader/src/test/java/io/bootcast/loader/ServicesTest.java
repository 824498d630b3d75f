package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.index.TestJar;
import java.nio.file.Path;
import java.util.List;
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
}
