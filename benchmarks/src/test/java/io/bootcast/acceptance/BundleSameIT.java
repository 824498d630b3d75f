package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same input gives the same bundle, byte by byte: on another day, with files that were made in another order, in another time zone, with another umask, on one processor. The class
 * path names its jars one by one: a wildcard means the order of the directory, as with java.
 */
@Tag("once") // for one JDK: the builder packs alike on all
class BundleSameIT {
    private static final int JARS = 12;
    private static final FileTime OTHER_TIME = FileTime.fromMillis(1_234_567_890_000L);

    @TempDir
    Path directory;

    private Path home;
    private List<String> app;

    /** What one machine has: {@code app}; {@code other} is the same with everything made in the other order, at another time. */
    @BeforeEach
    void makeTwoOfEach() throws IOException {
        home = directory.resolve("app");
        Jars jars = Jars.make(home, JARS, example.CallsApp.class);
        app = List.of("-cp", jars.classPath(home), "example.CallsApp", Integer.toString(JARS));
        copyInReverse(home, directory.resolve("other"));
    }

    @Test
    void bundleWhenAllButItsInputDiffersIsTheSame() throws IOException {
        Path list = directory.resolve("load-list");
        Files.writeString(
                list,
                "bootcast-load-list 1\nclass part/C003.class\nclass example/CallsApp.class\nresource common.txt\n");
        List<String> options = List.of("--no-archives", "--static", "--load-list", list.toString());

        assertSame(options);
    }

    @Test
    void bundleWhenATrialRunTellsWhatIsLoadedIsTheSame() throws IOException {
        assertSame(List.of("--no-archives"));
    }

    private void assertSame(List<String> options) throws IOException {
        BundleStarts here = starts("here.tar.zst");
        BundleStarts there = starts("there.tar.zst");
        here.build(options, app).with("TZ", "UTC").run().expect(0);
        Files.move(home, directory.resolve("first"));
        Files.move(directory.resolve("other"), home);

        there.build(options, app)
                .after("taskset", "-c", "0", "sh", "-c", "umask 077 && exec \"$@\"", "sh")
                .with("TZ", "Asia/Tokyo")
                .with("LC_ALL", "C")
                .in(Path.of("/"))
                .run()
                .expect(0);

        assertEquals(BundleStarts.sha(here.bundle()), BundleStarts.sha(there.bundle()));
        Command.of("cmp", here.bundle().toString(), there.bundle().toString())
                .run()
                .expect(0);
        Files.delete(home.resolve("classes/common.txt"));
        BundleStarts changed = starts("changed.tar.zst");
        changed.build(List.of("--no-archives", "--static"), app).run().expect(0);
        assertNotEquals(BundleStarts.sha(here.bundle()), BundleStarts.sha(changed.bundle()));
    }

    private BundleStarts starts(String name) {
        return new BundleStarts(directory.resolve(name), directory.resolve("store"));
    }

    /** Directories, too, list their files in another order afterwards, where the file system goes by age. */
    private static void copyInReverse(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(from)) {
            all = new ArrayList<>(paths.sorted().toList());
        }
        Collections.reverse(all);
        for (Path path : all) {
            Path copy = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(copy);
            } else {
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
            Files.setLastModifiedTime(copy, OTHER_TIME);
        }
    }
}
