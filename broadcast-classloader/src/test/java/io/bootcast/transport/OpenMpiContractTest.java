package io.bootcast.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contract in four processes of a real job. */
class OpenMpiContractTest {
    private static final int RANKS = 4;
    private static final long SECONDS = 60;
    private static final String LIBRARY = "libmpi_java.so";

    @Test
    void openMpiTransportWhenCheckedKeepsTheContract() throws Exception {
        assumeTrue(onPath("mpirun"), "skipped: mpirun is not on the PATH");
        Path library = library();
        assumeTrue(library != null, "skipped: there is no " + LIBRARY);
        List<String> command = new ArrayList<>(List.of("mpirun", "--oversubscribe", "-n", Integer.toString(RANKS)));
        command.addAll(ChildJvm.command(GroupContractMain.class));
        command.add(command.indexOf("-cp"), "-Djava.library.path=" + library.getParent());
        if (Runtime.version().feature() >= 22) {
            command.add(command.indexOf("-cp"), "--enable-native-access=ALL-UNNAMED");
        }
        command.add(command.indexOf("-cp"), "-Xmx128m");

        ChildJvm.Ended ended = ChildJvm.run(
                command, Map.of("OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"), SECONDS);

        String[] lines = ended.out.split("\n");
        Arrays.sort(lines);
        assertEquals(0, ended.exitCode, ended.toString());
        assertEquals(
                List.of(
                        "contract ok rank 0 of 4",
                        "contract ok rank 1 of 4",
                        "contract ok rank 2 of 4",
                        "contract ok rank 3 of 4"),
                List.of(lines),
                ended.toString());
    }

    private static boolean onPath(String command) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, command))) {
                return true;
            }
        }
        return false;
    }

    /** The first of the places where packages and sites put it; null if it is in none. */
    private static Path library() throws Exception {
        for (String root : new String[] {"/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt"}) {
            if (Files.isDirectory(Path.of(root))) {
                try (Stream<Path> files = Files.find(Path.of(root), 4, (path, facts) -> path.endsWith(LIBRARY))) {
                    Path found = files.sorted().findFirst().orElse(null);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }
}
