package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a dynamic class-data archive, HotSpot takes nearly all classes of the application from it. Counted are the classes that the JVM says the broadcast
 * loader defined, but for hidden ones (lambdas and the like), which no archive of a loader other than the JVM's own holds.
 */
class ArchiveIT {
    private static final double LEAST = 0.95;
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final LocalStarts starts = new LocalStarts(
            Path.of("/dev/shm/bootcast-archive-it-" + ProcessHandle.current().pid()));

    @TempDir
    Path directory;

    @BeforeEach
    @AfterEach
    void cleanStore() throws IOException {
        TestBed.delete(starts.store());
    }

    @Test
    void hibernateWhenArchiveIsUsedTakesNearlyAllClassesFromIt() throws IOException {
        assertFromArchive(MeasuredApp.hibernate(directory), 3000);
    }

    @Test
    void springBootWhenArchiveIsUsedTakesNearlyAllClassesFromIt() throws IOException {
        assertFromArchive(MeasuredApp.spring(), 3000);
    }

    private void assertFromArchive(MeasuredApp app, int least) throws IOException {
        Path archive = directory.resolve("app.jsa");
        Path log = directory.resolve("classes.log");
        run(app, "-XX:ArchiveClassesAtExit=" + archive);

        run(app, "-XX:SharedArchiveFile=" + archive, "-Xlog:class+load=debug:file=" + log);

        Loaded loaded = Loaded.of(Files.readAllLines(log));
        System.out.println(app.title() + ", JDK " + Runtime.version().feature()
                + ": classes of the broadcast loader: from the archive " + loaded.archived + ", not from it "
                + loaded.others.size() + ", hidden ones not counted " + loaded.hidden);
        assertTrue(loaded.archived >= least, loaded::toString);
        assertTrue(loaded.archived > LEAST * (loaded.archived + loaded.others.size()), loaded::toString);
    }

    private void run(MeasuredApp app, String... more) {
        List<String> options = new ArrayList<>(SMALL);
        options.addAll(List.of(more));
        LocalStarts.inJdk(Command.of(starts.bootcast(LocalStarts.KEPT, options, app.words())))
                .run()
                .expect(0);
    }

    /** What the JVM logged of one loader's classes. */
    private record Loaded(int archived, List<String> others, int hidden) {
        private static final String LOADER = "'io/bootcast/loader/BroadcastClassLoader'";

        /** Two lines for each class: its name and source, then its loader. */
        static Loaded of(List<String> log) {
            int archived = 0;
            int hidden = 0;
            List<String> others = new ArrayList<>();
            for (int i = 0; i + 1 < log.size(); i++) {
                String line = log.get(i);
                if (!line.contains(" source: ") || !log.get(i + 1).contains(LOADER)) {
                    continue;
                }
                if (line.contains("/0x") || line.contains("+0x")) {
                    hidden++;
                } else if (line.contains("source: shared objects file (top)")) {
                    archived++;
                } else {
                    others.add(line);
                }
            }
            return new Loaded(archived, others, hidden);
        }
    }
}
