package io.bootcast.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadListTest {
    @TempDir
    Path directory;

    private static LoadList list(String... lines) {
        return LoadList.of(bytes(lines), "list");
    }

    private static byte[] bytes(String... lines) {
        String text = "bootcast-load-list 1\n" + String.join("\n", lines) + (lines.length == 0 ? "" : "\n");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(LoadList list) {
        return new String(list.toBytes(), StandardCharsets.UTF_8);
    }

    private static void assertRefused(String facts, byte[] bytes) {
        BootcastException refused =
                assertThrows(BootcastException.class, () -> LoadList.of(bytes, "/b/load-list"), facts);
        assertEquals(
                "load list cannot be used: file=/b/load-list " + facts + "; record it again", refused.getMessage());
        assertEquals(Fault.FORMAT, refused.fault());
    }

    @Test
    void listWhenBuiltHoldsEachNameOnceInOrder() {
        LoadList.Builder builder = new LoadList.Builder();
        builder.addClass("p.q.B");
        builder.addResource("META-INF/services/x");
        builder.addClass("A$1");
        builder.addClass("p.q.B");
        builder.addResource("META-INF/services/x");
        builder.addResource("p/q/B.class");
        builder.addResource("é \uD83D\uDE00.txt");

        LoadList built = builder.build();

        assertEquals(
                "bootcast-load-list 1\nclass p/q/B.class\nresource META-INF/services/x\nclass A$1.class\n"
                        + "resource p/q/B.class\nresource é \uD83D\uDE00.txt\n",
                text(built));
        assertEquals(List.of("p/q/B.class", "A$1.class"), built.classes());
        assertEquals(List.of("META-INF/services/x", "p/q/B.class", "é \uD83D\uDE00.txt"), built.resources());
        assertEquals(List.of("p/q/B.class", "META-INF/services/x", "A$1.class", "é \uD83D\uDE00.txt"), built.names());
    }

    @Test
    void listWhenReadIsTheOneThatWasWritten() throws IOException {
        LoadList list = list("class p/A.class", "resource x y", "class B.class");
        Path file = directory.resolve("load-list");
        Files.writeString(file, "an older one");

        list.write(file.toFile());
        LoadList read = LoadList.of(Files.readAllBytes(file), "list");

        assertEquals(text(list), text(read));
        assertEquals(List.of("load-list"), List.of(directory.toFile().list()));
    }

    @Test
    void writeWhenItFailsLeavesTheDirectoryAsItWas() throws IOException {
        Path occupied = Files.createDirectories(directory.resolve("load-list/below"));

        assertThrows(IOException.class, () -> list("class A.class")
                .write(occupied.getParent().toFile()));
        assertThrows(IOException.class, () -> list("class A.class")
                .write(directory.resolve("absent/list").toFile()));

        assertEquals(List.of("load-list"), List.of(directory.toFile().list()));
    }

    @ParameterizedTest
    @CsvSource({"'a\nb'", "'a\tb'", "'a\u0000'", "'\u007f'", "'\uD800'", "'a\uDC00b'", "'\uDC00\uD800'", "''"})
    void builderWhenALineCannotHoldTheNameLeavesItOut(String name) {
        LoadList.Builder builder = new LoadList.Builder();

        builder.addResource(name);
        builder.addClass(name.isEmpty() ? "\n" : name);

        assertEquals("bootcast-load-list 1\n", text(builder.build()));
    }

    @Test
    void builderWhenItGoesOnLeavesWhatItHasBuiltAsItWas() {
        LoadList.Builder builder = new LoadList.Builder();
        builder.addClass("A");

        LoadList built = builder.build();
        builder.addClass("B");

        assertEquals(List.of("A.class"), built.classes());
    }

    @Test
    void builderWhenEightThreadsAddAtOnceLosesNothing() throws Exception {
        int threads = 8;
        int each = 10_000;
        LoadList.Builder builder = new LoadList.Builder();
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread * each;
                all.add(pool.submit(() -> {
                    start.await();
                    for (int i = first; i < first + each; i++) {
                        builder.addResource("r" + i);
                        builder.addClass("shared.C" + i % each);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
            assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
        }

        LoadList list = builder.build();

        assertEquals(threads * each, list.resources().size());
        assertEquals(each, list.classes().size());
        assertEquals(
                list.names().size(), LoadList.of(list.toBytes(), "list").names().size());
    }

    @Test
    void mergeWhenListsDifferAddsWhatIsNewInOrder() {
        LoadList first = list("class A.class", "resource r", "class B.class");
        LoadList second = list("class C.class", "class B.class", "class A.class", "resource s");
        LoadList third = list("resource t", "class C.class", "resource C.class");

        LoadList merged = LoadList.merge(List.of(first, second, third));

        assertEquals(
                text(list(
                        "class A.class",
                        "resource r",
                        "class B.class",
                        "class C.class",
                        "resource s",
                        "resource t",
                        "resource C.class")),
                text(merged));
        assertEquals("bootcast-load-list 1\n", text(LoadList.merge(List.of())));
    }

    @Test
    void listWhenALineIsThereTwiceTakesTheFirst() {
        LoadList read = list("class A.class", "class B.class", "class A.class");

        assertEquals(List.of("A.class", "B.class"), read.classes());
    }

    @ParameterizedTest
    @CsvSource({
        "'class A', 'class A'",
        "'klass A.class', 'klass A.class'",
        "'', ''",
        "'resource ', 'resource '",
        "'resource', 'resource'",
        "'resource a\tb', 'resource a\tb'",
        "'class A.class\r', 'class A.class\r'",
    })
    void listWhenALineIsUnknownIsRefused(String line, String found) {
        assertRefused(
                "line=3 found=[" + found + "] expected=class NAME.class or resource NAME",
                bytes("class A.class", line));
    }

    @Test
    void listWhenItsVersionIsOneTooNewIsRefused() {
        assertRefused(
                "line=1 found=[bootcast-load-list 2] expected=bootcast-load-list 1",
                "bootcast-load-list 2\nclass A.class\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Where a line ends, a list that was cut is one that is shorter: it is written as a whole or not at all. */
    @Test
    void listWhenCutInsideALineIsRefused() {
        byte[] whole = bytes("class p/A.class", "resource é");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length > 0 && whole[length - 1] == '\n') {
                assertEquals(length, LoadList.of(cut, "list").toBytes().length);
            } else {
                BootcastException refused = assertThrows(BootcastException.class, () -> LoadList.of(cut, "list"));
                assertEquals(Fault.FORMAT, refused.fault());
            }
        }
    }
}
