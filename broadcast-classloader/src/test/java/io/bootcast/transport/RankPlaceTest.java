package io.bootcast.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankPlaceTest {
    @TempDir
    Path temporary;

    private Map<String, String> environment(String job, String rank) {
        return Map.of("PMIX_SERVER_TMPDIR", temporary.toString(), "PMIX_NAMESPACE", job, "PMIX_RANK", rank);
    }

    @Test
    void takeWhenPlaceIsFreeIsTrueOnce() {
        Map<String, String> environment = environment("prterun-host-1@1/2", "7");

        boolean first = RankPlace.take(environment);
        boolean second = RankPlace.take(environment);

        assertEquals(true, first);
        assertEquals(false, second);
    }

    @Test
    void takeWhenRankOrJobIsAnotherIsTrue() throws IOException {
        RankPlace.take(environment("job", "0"));

        boolean otherRank = RankPlace.take(environment("job", "1"));
        boolean otherJob = RankPlace.take(environment("job2", "0"));

        assertEquals(true, otherRank);
        assertEquals(true, otherJob);
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(
                    List.of("bootcast-job.0", "bootcast-job.1", "bootcast-job2.0"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PMIX_SERVER_TMPDIR", "PMIX_NAMESPACE", "PMIX_RANK"})
    void takeWhenLauncherDoesNotSayWhereIsAlwaysTrue(String missing) {
        Map<String, String> environment = new HashMap<>(environment("job", "0"));
        environment.remove(missing);

        RankPlace.take(environment);
        boolean second = RankPlace.take(environment);

        assertEquals(true, second);
    }

    @Test
    void takeWhenDirectoryIsGoneIsAlwaysTrue() throws IOException {
        Map<String, String> environment = environment("job", "0");
        Files.delete(temporary);

        RankPlace.take(environment);
        boolean second = RankPlace.take(environment);

        assertEquals(true, second);
        Files.createDirectory(temporary);
    }
}
