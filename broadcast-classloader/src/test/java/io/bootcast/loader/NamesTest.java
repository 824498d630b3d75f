package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How classes, loaders and exceptions show themselves. Oracle: a real {@code java -cp}. */
class NamesTest extends LoaderFixture {
    /** Pinned: the documentation says that the loader has no name. All else is as under stock. */
    @Test
    void namesWhenPrintedAreThoseOfStockJavaButTheLoaders() throws Exception {
        String classPath = programJar(example.NamesApp.class).toString();

        List<String> stock = new TwoJvms(directory).stock(classPath, "example.NamesApp");
        List<String> ours = new TwoJvms(directory).ours(classPath, "example.NamesApp");

        List<String> expected = new ArrayList<>(stock);
        int last = stock.size() - 1;
        assertEquals("name app", stock.get(last - 1));
        assertEquals("frame app example.NamesApp.fail(NamesApp.java:34)", stock.get(last));
        expected.set(last - 1, "name null");
        expected.set(last, "frame null example.NamesApp.fail(NamesApp.java:34)");
        assertEquals(String.join("\n", expected), String.join("\n", ours));
    }
}
