package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodesIT {
    @RegisterExtension
    static final TestBed BED = new TestBed(2);

    @Test
    void jobWhenFilesAreSharedReadsThemAndIsCounted() throws Exception {
        Path backing = BED.directory().resolve("backing");
        Jars.make(backing, 2, example.CallsApp.class);
        Path shared = BED.share("shared", backing, "entry=60", "attr=60");

        List<String> words =
                List.of(BED.java(), "-cp", shared + "/lib/*:" + shared + "/classes", "example.CallsApp", "2");
        List<String> lines = BED.job(1, 1, Map.of("UNUSED", "a b"), words)
                .in(Path.of("/"))
                .run()
                .expect(0)
                .lines();

        assertEquals(1, lines.size(), lines::toString);
        assertEquals(
                "rank 0 part.C000 resource 0 part.C001 resource 1 part.Directory common=3",
                lines.get(0).split(" of ")[0]);
        assertEquals(Map.of(), BED.requests(2));
        assertEquals(true, BED.requests(1).get("open") >= 3, BED.requests(1)::toString);
    }

    @Test
    void jobWhenDeadlinePassesIsEndedOnAllNodes() {
        Command job = BED.job(2, 1, Map.of(), List.of("sleep", "100")).within(Duration.ofSeconds(3));

        assertThrows(AssertionError.class, job::run);

        for (int node = 1; node <= 2; node++) {
            assertEquals(
                    "",
                    BED.onNode(node, "sh", "-c", "pgrep -x sleep | grep -vx 1")
                            .run()
                            .out());
        }
        assertEquals(true, Files.exists(BED.directory()));
    }
}
