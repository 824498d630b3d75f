package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A process that uses a store as it is told, line by line; it answers each line when it has done it. */
final class StoreChild {
    private StoreChild() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("race")) {
            race(Path.of(args[1]), Integer.parseInt(args[2]));
            return;
        }
        if (args[0].equals("full")) {
            fill(Path.of(args[1]));
            return;
        }
        if (args[0].equals("place")) {
            place(args[1], args[2]);
            return;
        }
        if (args[0].equals("knock")) {
            knock(Path.of(args[1]), Integer.parseInt(args[2]));
            return;
        }
        obey(Path.of(args[1]));
    }

    private static void place(String wanted, String jobDirectory) {
        try {
            System.out.println(new StorePlace().find(wanted, Map.of("SLURM_TMPDIR", jobDirectory)));
        } catch (BootcastException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Opens and leaves: most of the time the store is being made or removed. */
    private static void knock(Path directory, int rounds) {
        Locks locks = new Locks();
        for (int round = 0; round < rounds; round++) {
            StoreContent.open(directory, locks).leave();
        }
        System.out.println("raced");
    }

    private static void obey(Path directory) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Locks locks = new Locks();
        Store store = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            String answer = "done";
            switch (words[0]) {
                case "enter" -> store = StoreContent.open(directory, locks);
                case "blob" -> answer = StoreContent.blob(store, StoreContent.content(1000, 77));
                case "publish" -> {
                    answer = StoreContent.index(store, StoreContent.content(70_000, 5));
                    store.publishImage(answer);
                }
                case "open" -> answer = "" + StoreContent.jar(store.open(Store.imageId(words[1])), 0).length;
                case "leave" -> store.leave();
                default -> throw new AssertionError(line);
            }
            System.out.println(answer);
        }
    }

    /** Comes and goes as fast as it can; every round must find what it published. */
    private static void race(Path directory, int rounds) throws IOException {
        Locks locks = new Locks();
        for (int round = 0; round < rounds; round++) {
            byte[] content = StoreContent.content(70_000, round % 3);
            Store store = StoreContent.open(directory, locks);
            String index = StoreContent.index(store, content, StoreContent.content(10, 1));
            store.publishImage(index);
            Image image = store.open(Store.imageId(index));
            if (!Arrays.equals(content, StoreContent.jar(image, 0))) {
                throw new AssertionError("wrong content in round " + round);
            }
            store.leave();
        }
        System.out.println("raced");
    }

    private static void fill(Path fileSystem) {
        Store store = StoreContent.open(fileSystem.resolve("store"), new Locks());
        try {
            StoreContent.blob(store, new byte[4 << 20]);
        } catch (IOException e) {
            System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        System.out.println("left: " + Arrays.toString(new File(store.directory(), "tmp").list()));
        store.leave();
        System.out.println("left: " + Arrays.toString(fileSystem.toFile().list()));
    }
}
