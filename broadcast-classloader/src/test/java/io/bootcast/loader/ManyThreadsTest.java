package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads, one loader: one class object, no deadlock, nothing thrown. */
class ManyThreadsTest {
    private static final int THREADS = 64;

    @TempDir
    Path temporary;

    private Path directory;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    @BeforeEach
    void resolveLinks() throws Exception {
        directory = temporary.toRealPath();
    }

    @AfterEach
    void endThreads() throws InterruptedException {
        pool.shutdownNow();
        assertTrue(pool.awaitTermination(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 21, 64})
    @Timeout(60)
    void loadClassWhenManyThreadsAskAtOnceGivesOneClass(int threads) throws Exception {
        byte[] template = new TestClasses().empty("p.C000").compile().get("p.C000");
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 100; i < 150; i++) {
            classes.put("p.C" + i, TestClasses.renamed(template, "p/C000", "p/C" + i));
        }
        Path jar = new TestJar()
                .manifest("Implementation-Title: t")
                .classes(classes)
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(directory.resolve("store"), jar)) {
            for (ClassLoader loader : List.of(image.stock(), image.loader())) {
                Map<String, Set<Class<?>>> loaded = loadAtOnce(loader, threads, classes.keySet());

                assertEquals(50, loaded.size());
                loaded.forEach((name, found) -> assertEquals(1, found.size(), name));
            }
            assertEquals(50, image.loader().counts().classHits());
        }
    }

    /** Each thread loads all classes, each at the same moment as the others. */
    private Map<String, Set<Class<?>>> loadAtOnce(ClassLoader loader, int threads, Set<String> names) throws Exception {
        CyclicBarrier step = new CyclicBarrier(threads);
        Map<String, Set<Class<?>>> loaded = new ConcurrentHashMap<>();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            all.add(pool.submit(() -> {
                for (String name : names) {
                    step.await();
                    loaded.computeIfAbsent(name, key -> ConcurrentHashMap.newKeySet())
                            .add(loader.loadClass(name));
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        return loaded;
    }

    @Test
    @Timeout(60)
    void findClassWhenManyThreadsCallItDirectlyGivesOneClass() throws Exception {
        Path jar =
                new TestJar().classes(new TestClasses().empty("p.A").compile()).write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(directory.resolve("store"), jar)) {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Class<?>>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                boolean direct = thread % 2 == 0;
                all.add(pool.submit(() -> {
                    start.await();
                    return direct
                            ? image.loader().findClass("p.A")
                            : image.loader().loadClass("p.A");
                }));
            }
            start.countDown();
            Set<Class<?>> found = ConcurrentHashMap.newKeySet();
            for (Future<Class<?>> one : all) {
                found.add(one.get());
            }

            assertEquals(1, found.size());
        }
    }

    /** Verifying A loads B and the supertype of B, and the other way round. */
    @Test
    @Timeout(90) // 500 rounds in which two threads wait for each other: 3 s, and 20 s on a machine with thirty other
    // things to do
    void linkingWhenTwoClassesNeedEachOtherEnds() throws Exception {
        String shape = "package p; public class %s extends Super%s {"
                + " Super%s up(%s other) { return other; } public static int number() { return 1; } }";
        Map<String, byte[]> classes = new TestClasses()
                .empty("p.SuperA")
                .empty("p.SuperB")
                .add("p.A", String.format(shape, "A", "A", "B", "B"))
                .add("p.B", String.format(shape, "B", "B", "A", "A"))
                .compile();
        Path first = new TestJar()
                .classes(Map.of("p.A", classes.get("p.A"), "p.SuperB", classes.get("p.SuperB")))
                .write(directory.resolve("first.jar"));
        Path second = new TestJar()
                .classes(Map.of("p.B", classes.get("p.B"), "p.SuperA", classes.get("p.SuperA")))
                .write(directory.resolve("second.jar"));
        try (TestImage image = TestImage.of(directory.resolve("store"), first, second)) {
            int rounds = 0;
            for (int round = 0; round < 500; round++) {
                try (URLClassLoader loader = round % 4 == 0
                        ? new URLClassLoader(image.stock().getURLs(), null)
                        : new BroadcastClassLoader(image.image(), /* parentFirst= */ round % 2 == 0)) {
                    AtomicInteger arrived = new AtomicInteger();
                    Future<Integer> a = pool.submit(() -> link(loader, "p.A", arrived));
                    Future<Integer> b = pool.submit(() -> link(loader, "p.B", arrived));
                    rounds += a.get() + b.get();
                }
            }

            assertEquals(2 * 500, rounds);
        }
    }

    private static int link(ClassLoader loader, String name, AtomicInteger arrived) throws Exception {
        arrived.incrementAndGet();
        while (arrived.get() < 2) {
            Thread.onSpinWait();
        }
        return (Integer) Class.forName(name, true, loader).getMethod("number").invoke(null);
    }

    @Test
    @Timeout(60)
    void resourcesWhenManyThreadsReadThemAreWhole() throws Exception {
        TestJar jar = new TestJar();
        for (int i = 0; i < 20; i++) {
            jar.deflated("r" + i, ("text " + i).repeat(i * 10_000));
        }
        try (TestImage image = TestImage.of(directory.resolve("store"), jar.write(directory.resolve("a.jar")))) {
            List<Future<String>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS / 4; thread++) {
                all.add(pool.submit(() -> {
                    StringBuilder wrong = new StringBuilder();
                    for (int i = 0; i < 20; i++) {
                        try (var in = image.loader().getResourceAsStream("r" + i)) {
                            String text = new String(in.readAllBytes());
                            wrong.append(text.equals(("text " + i).repeat(i * 10_000)) ? "" : i + " ");
                        }
                    }
                    return wrong.toString();
                }));
            }
            for (Future<String> wrong : all) {
                assertEquals("", wrong.get());
            }
        }
    }
}
