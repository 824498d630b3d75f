package io.bootcast.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.index.HotWriter;
import io.bootcast.index.LoadList;
import io.bootcast.loader.HotClasses;
import io.bootcast.store.Image;
import io.bootcast.store.Locks;
import io.bootcast.store.Store;
import io.bootcast.store.StorePlace;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From two runs to two load lists to two hot blobs: the outcome is the same with each. */
class HotRunTest {
    private static final String PROGRAM =
            """
            public class Main {
                public static void main(String[] a) throws Exception {
                    for (String name : a) {
                        System.out.println(Class.forName(name).getDeclaredConstructor().newInstance());
                        System.out.println(Main.class.getResourceAsStream(name + ".class").readAllBytes().length);
                    }
                }
            }
            class One { public String toString() { return "one"; } }
            class Two { public String toString() { return "two " + (new Three() != null); } }
            class Three { }
            """;

    @TempDir
    Path directory;

    private Path classes;
    private Path store;

    @BeforeEach
    void compile() throws Exception {
        classes = Files.createDirectories(directory.resolve("classes"));
        store = directory.resolve("store");
        Child.compile(classes, "Main", PROGRAM);
    }

    private String bootcast(List<String> options, String... names) {
        List<String> command =
                new ArrayList<>(List.of(Child.EXPORTS, "-cp", Child.ownClassPath(), "io.bootcast.boot.Bootloader"));
        command.addAll(List.of("run", "--transport", "solo", "--keep", "--store", store.toString()));
        command.addAll(options);
        command.addAll(List.of("--class-path", classes.toString(), "--", "Main"));
        command.addAll(List.of(names));
        return Child.java(Map.of(), command);
    }

    private String stock(String... names) {
        List<String> command = new ArrayList<>(List.of("-cp", classes.toString(), "Main"));
        command.addAll(List.of(names));
        return Child.java(Map.of(), command);
    }

    private LoadList record(String... names) throws Exception {
        Path file = directory.resolve("load-list");
        bootcast(List.of("--record", file.toString()), names);
        return LoadList.of(Files.readAllBytes(file), file.toString());
    }

    /** Lays a hot blob of {@code list} into the image, and returns its bytes. */
    private byte[] layHot(LoadList list) throws Exception {
        String id = store.resolve("images").toFile().list()[0];
        Path hot = store.resolve("images/" + id + "/launch/hot");
        Files.createDirectories(hot.getParent());
        Files.deleteIfExists(hot);
        Store opened = Store.open(new StorePlace(), store.toString(), Map.of(), new Locks());
        Image image = opened.open(id);
        HotWriter writer = HotClasses.of(list, image);
        try (OutputStream out = Files.newOutputStream(hot)) {
            writer.write(out);
        }
        opened.leave();
        return Files.readAllBytes(hot);
    }

    @Test
    void outcomeWhenTheLoadListIsAnotherRunsIsTheSame() throws Exception {
        LoadList first = record("One");
        LoadList second = record("Two");
        String expectedOne = stock("One");
        String expectedTwo = stock("Two", "One");
        List<Integer> hashes = new ArrayList<>();

        for (LoadList list : List.of(first, second, LoadList.merge(List.of(first, second)))) {
            hashes.add(Arrays.hashCode(layHot(list)));

            assertEquals(expectedOne, bootcast(List.of(), "One"));
            assertEquals(expectedTwo, bootcast(List.of(), "Two", "One"));
        }

        assertEquals(List.of("Main.class", "One.class"), first.classes());
        assertEquals(List.of("Main.class", "Two.class", "Three.class"), second.classes());
        assertEquals(3, hashes.stream().distinct().count());
    }

    @Test
    void runWhenTheHotBlobIsCutSaysSoAndEnds() throws Exception {
        byte[] whole = layHot(record("One"));
        Path hot = store.resolve("images/" + store.resolve("images").toFile().list()[0] + "/launch/hot");
        Files.write(hot, Arrays.copyOf(whole, whole.length - 1));

        String found = bootcast(List.of(), "One");

        assertEquals(
                "exit 67\n--- out\n--- err\nbootcast: hot blob cannot be used: file=" + hot + " bytes="
                        + (whole.length - 1) + " expected=" + whole.length
                        + "; remove it with bootcast clean, or build the bundle again\n",
                found);
    }
}
