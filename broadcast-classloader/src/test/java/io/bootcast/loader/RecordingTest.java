package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.LoadList;
import io.bootcast.index.TestJar;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a loader notes of what it defines and finds. */
class RecordingTest extends LoaderFixture {
    private static final int THREADS = 8;

    private final LoadList.Builder recording = new LoadList.Builder();

    @Test
    void recordingWhenClassesAreDefinedHasThemInOrder() throws Exception {
        Map<String, byte[]> classes = new TestClasses()
                .empty("p.Base")
                .add("p.Derived", "package p; public class Derived extends Base { }")
                .empty("q.Other")
                .empty("q.Unused")
                .compile();
        Path jar = new TestJar().classes(classes).write(directory.resolve("a.jar"));
        Path signed = Signer.get().sign(classJar("signed.jar", "s.A"), "ONE");
        Path live = classJar("live.jar", "r.D");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, jar, signed, live)) {
            image.loader().record(recording);
            for (String name : List.of("q.Other", "p.Derived", "s.A", "r.D", "q.Other", "java.lang.String")) {
                image.loader().loadClass(name);
            }
            assertThrows(ClassNotFoundException.class, () -> image.loader().loadClass("p.Absent"));
        }

        assertEquals(
                List.of("q/Other.class", "p/Base.class", "p/Derived.class", "s/A.class", "r/D.class"),
                recording.build().names());
        assertEquals(List.of(), recording.build().resources());
    }

    @Test
    void recordingWhenResourcesAreFoundHasThem() throws Exception {
        Path first = resourceJar("a.jar", "url", "stream", "META-INF/services/x", "unasked");
        Path second = resourceJar("b.jar", "META-INF/services/x", "only/b/");
        Path root = resourceDirectory("root", "file");
        try (TestImage image = TestImage.of(store, first, second, root)) {
            BroadcastClassLoader loader = image.loader();
            loader.record(recording);
            loader.getResources("META-INF/services/x");
            loader.getResource("url");
            try (InputStream stream = loader.getResourceAsStream("stream")) {
                assertTrue(stream.available() > 0);
            }
            loader.findResource("only/b/");
            loader.getResource("file");
            loader.getResource("url");
            loader.getResource("absent");
            loader.getResourceAsStream("absent");
            loader.getResource("java/lang/String.class");
        }

        assertEquals(
                List.of("META-INF/services/x", "url", "stream", "only/b/", "file"),
                recording.build().resources());
        assertEquals(List.of(), recording.build().classes());
    }

    @Test
    void recordingWhenEightThreadsLoadMissesNothing() throws Exception {
        byte[] template = new TestClasses().empty("p.C000").compile().get("p.C000");
        Map<String, byte[]> classes = new TreeMap<>();
        TestJar made = new TestJar();
        for (int i = 100; i < 180; i++) {
            classes.put("p.C" + i, TestClasses.renamed(template, "p/C000", "p/C" + i));
            made.deflated("r/" + i, "r");
        }
        Path jar = made.classes(classes).write(directory.resolve("a.jar"));
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (TestImage image = TestImage.of(store, jar)) {
            image.loader().record(recording);
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                all.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 80; i++) {
                        int number = 100 + (i + first * 10) % 80;
                        image.loader().loadClass("p.C" + number);
                        image.loader().getResource("r/" + number);
                        recording.build();
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

        LoadList list = recording.build();
        assertEquals(80, list.classes().size());
        assertEquals(80, new HashSet<>(list.classes()).size());
        assertEquals(80, new HashSet<>(list.resources()).size());
    }
}
