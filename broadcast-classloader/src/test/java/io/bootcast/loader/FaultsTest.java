package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.TestJar;
import io.bootcast.leftover.LeavesToCollector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that pass: what could not be read, allocated or called at one moment is loaded at the next. Oracle where stock has the same: a real {@code java -cp}. */
class FaultsTest extends LoaderFixture {
    /** More than what is read into the heap: mapped, and inflated by pieces. */
    private static final int LARGE_BYTES = 300_000;

    private static final byte[] TEMPLATE =
            new TestClasses().empty("p.C00").compile().get("p.C00");

    private Path largeJar(String file, String... classes) throws Exception {
        Map<String, byte[]> content = Signer.content(classJar(file, classes));
        content.put("filling", random(LARGE_BYTES));
        return Signer.write(directory.resolve(file), content);
    }

    /** Moves the element's file in the store away while {@code action} runs. */
    private static <T> T without(TestImage image, int element, Callable<T> action) throws Exception {
        Path file = image.image().file(element).toPath();
        Path away = file.resolveSibling("away");
        Files.move(file, away);
        try {
            return action.call();
        } finally {
            Files.move(away, file);
        }
    }

    @Test
    void classWhenTheStoreFailsForAWhileIsLoadedLater() throws Exception {
        Path signed = Signer.get().sign(classJar("signed.jar", "s.A"), "ONE");
        Path jar = classJar("a.jar", "p.A");
        try (TestImage image = TestImage.of(store, jar, signed)) {
            BootcastException plain = without(
                    image,
                    0,
                    () -> assertThrows(
                            BootcastException.class, () -> image.loader().loadClass("p.A")));
            BootcastException ofSigned = without(
                    image,
                    1,
                    () -> assertThrows(
                            BootcastException.class, () -> image.loader().loadClass("s.A")));

            assertEquals(Fault.STORE, plain.fault());
            assertEquals(Fault.STORE, ofSigned.fault());
            assertTrue(
                    ofSigned.getMessage().startsWith("image: cannot read a class: class=s.A file=" + store),
                    ofSigned.getMessage());
            assertEquals("p.A of a.jar", says(image.loader(), "p.A"));
            assertEquals("s.A of signed.jar", says(image.loader(), "s.A"));
        }
    }

    /** The JVM remembers for ever that a class which another one needs was not found; not so a fault of the store. */
    @Test
    void classWhenNeededByAnotherWhileTheStoreFailsIsLinkedLater() throws Exception {
        String user = "package p; public class User implements java.util.function.Supplier<String> {"
                + " public String get() { return new q.Used().get() + q.Used.class.getName(); } }";
        Map<String, byte[]> classes = new TestClasses()
                .add("p.User", user)
                .add("q.Used", source("q.Used", "used "))
                .compile();
        Path users =
                new TestJar().classes(Map.of("p.User", classes.get("p.User"))).write(directory.resolve("users.jar"));
        Path used =
                new TestJar().classes(Map.of("q.Used", classes.get("q.Used"))).write(directory.resolve("used.jar"));
        try (TestImage image = TestImage.of(store, users, used)) {
            Supplier<?> made = (Supplier<?>)
                    image.loader().loadClass("p.User").getConstructor().newInstance();
            without(image, 1, () -> assertThrows(BootcastException.class, made::get));
            without(image, 1, () -> assertThrows(BootcastException.class, made::get));

            assertEquals("used q.Used", made.get());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loadClassWhenItsThreadIsInterruptedLoadsIt(boolean large) throws Exception {
        Path jar = large ? largeJar("a.jar", "p.A", "p.B") : classJar("a.jar", "p.A", "p.B");
        Path root = classDirectory("classes", new TestClasses().empty("q.C").compile());
        Files.write(root.resolve("filling"), random(LARGE_BYTES));
        Path live = classJar("live.jar", "r.D");
        Path signed = Signer.get().sign(classJar("signed.jar", "s.A"), "ONE");
        try (TestImage image = TestImage.ofLive(List.of(live.toString()), store, jar, root, live, signed)) {
            for (String name : new String[] {"p.A", "p.B", "q.C", "r.D", "s.A"}) {
                Thread.currentThread().interrupt();

                Class<?> loaded = image.loader().loadClass(name);

                assertTrue(Thread.interrupted(), "the interrupt was lost");
                assertEquals(name, loaded.getName());
            }
            Thread.currentThread().interrupt();
            assertEquals(
                    LARGE_BYTES, image.loader().getResourceAsStream("filling").readAllBytes().length);
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    @Timeout(60)
    void loadClassWhenItsThreadIsInterruptedAllTheTimeLoadsIt() throws Exception {
        Path[] jars = new Path[50];
        for (int i = 0; i < jars.length; i++) {
            jars[i] = new TestJar()
                    .stored("filling", random(LARGE_BYTES))
                    .classes(Map.of("p.C" + (10 + i), TestClasses.renamed(TEMPLATE, "p/C00", "p/C" + (10 + i))))
                    .write(directory.resolve("j" + i + ".jar"));
        }
        try (TestImage image = TestImage.of(store, (Object[]) jars)) {
            Thread loading = Thread.currentThread();
            AtomicBoolean over = new AtomicBoolean();
            Thread interrupting = new Thread(() -> {
                while (!over.get()) {
                    loading.interrupt();
                    Thread.onSpinWait();
                }
            });
            interrupting.start();
            try {
                for (int i = 0; i < jars.length; i++) {
                    assertEquals(
                            "p.C" + (10 + i),
                            image.loader().loadClass("p.C" + (10 + i)).getName());
                }
            } finally {
                over.set(true);
                while (interrupting.isAlive()) {
                    Thread.interrupted();
                    Thread.onSpinWait();
                }
                Thread.interrupted();
            }
        }
    }

    /** Each class is loaded for the first time at another distance from the end of the stack. */
    @Test
    @Timeout(60)
    @LeavesToCollector("the stack may be at its end between opening a file and closing it")
    void loadClassWhenTheStackIsAtItsEndLoadsItLater() throws Exception {
        int count = 90;
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 10; i < 10 + count; i++) {
            classes.put("p.C" + i, TestClasses.renamed(TEMPLATE, "p/C00", "p/C" + i));
        }
        Path jar = new TestJar()
                .manifest("Implementation-Title: t")
                .classes(classes)
                .write(directory.resolve("a.jar"));
        try (TestImage image = TestImage.of(store, jar)) {
            List<Throwable> wrong = new ArrayList<>();
            int[] overflows = new int[1];
            Thread small = new Thread(
                    null,
                    () -> {
                        for (String name : classes.keySet()) {
                            int above = Integer.parseInt(name.substring(3)) - 10;
                            overflows[0] += atEnd(image.loader(), name, above, wrong) ? 1 : 0;
                        }
                    },
                    "small stack",
                    1 << 18);
            small.start();
            small.join();

            assertEquals(List.of(), wrong);
            assertTrue(overflows[0] > 0, "no load overflowed");
            for (String name : classes.keySet()) {
                assertEquals(name, image.loader().loadClass(name).getName());
            }
        }
    }

    /** Loads a class {@code above} calls above the deepest one possible; true if that overflowed. */
    private static boolean atEnd(ClassLoader loader, String name, int above, List<Throwable> wrong) {
        int[] left = {above};
        boolean[] overflowed = new boolean[1];
        try {
            descend(loader, name, left, overflowed);
        } catch (StackOverflowError e) {
            overflowed[0] = true;
        } catch (ClassNotFoundException | LinkageError e) {
            wrong.add(e);
        }
        return overflowed[0];
    }

    private static void descend(ClassLoader loader, String name, int[] left, boolean[] overflowed)
            throws ClassNotFoundException {
        try {
            descend(loader, name, left, overflowed);
        } catch (StackOverflowError e) {
            if (left[0]-- > 0) {
                throw e;
            }
            try {
                loader.loadClass(name);
            } catch (StackOverflowError tooDeep) {
                overflowed[0] = true;
            }
        }
    }

    @Test
    @Timeout(120)
    void loadClassWhenMemoryIsShortFailsAsUnderStockAndLoadsItLater() throws Exception {
        String[] names = new String[60];
        Map<String, byte[]> classes = new TreeMap<>();
        for (int i = 0; i < names.length; i++) {
            names[i] = "p.C" + (10 + i);
            classes.put(names[i], TestClasses.renamed(TEMPLATE, "p/C00", "p/C" + (10 + i)));
        }
        classes.putAll(new TestClasses().empty("p.Warm").compile());
        Path jar = new TestJar()
                .classes(classes)
                .deflated("p/Huge.class", new byte[100 << 20])
                .write(directory.resolve("a.jar"));
        List<String> arguments = new ArrayList<>(List.of(names));
        arguments.add(0, "p.Huge");

        List<String> said = new TwoJvms(directory)
                .options("-Xmx40m", "-XX:+UseSerialGC")
                .assertSame(
                        TwoJvms.path(programJar(example.MemoryApp.class), jar),
                        "example.MemoryApp",
                        arguments.toArray(new String[0]));

        assertEquals(
                List.of(
                        "class p.Warm",
                        "java.lang.OutOfMemoryError",
                        "java.lang.OutOfMemoryError",
                        "java.lang.OutOfMemoryError",
                        "some were refused, and loaded later"),
                said);
    }
}
