package io.bootcast.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.acceptance.Command.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real libraries that carry native code in their jars, unpack it themselves and load it: as stock, on 2 ranks as well. */
class NativeUnpackIT {
    private static final Path CHECKOUT = Path.of(System.getProperty("bootcast.checkout"));
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    Path temporary;

    private List<String> program() throws IOException {
        Path lib = new RealProgramsFetcher(CHECKOUT).natives().resolve("lib");
        String file = "example/NativeUnpackApp.class";
        Path classes =
                Files.createDirectories(temporary.resolve("classes/example")).getParent();
        try (InputStream in = getClass().getResourceAsStream("/" + file)) {
            Files.write(classes.resolve(file), in.readAllBytes());
        }
        return List.of("-Djava.io.tmpdir=" + temporary, "-cp", lib + "/*:" + classes, "example.NativeUnpackApp");
    }

    private static Result run(List<String> first, List<String> rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(rest);
        return Command.of(all).with("JAVA_HOME", JAVA_HOME).run().expect(0);
    }

    @Test
    void librariesThatUnpackTheirOwnWhenCarriedWorkAsStock() throws IOException {
        List<String> program = program();
        String bootcast = CHECKOUT.resolve("scripts/bootcast").toString();
        String store = temporary.resolve("store").toString();

        Result stock = run(List.of(JAVA_HOME + "/bin/java"), program);
        Result alone = run(List.of(bootcast, "run", "--transport", "solo", "--store", store), program);
        Result ranks = run(
                List.of(
                        "mpirun",
                        "--oversubscribe",
                        "-n",
                        "2",
                        bootcast,
                        "run",
                        "--transport",
                        "mpi",
                        "--store",
                        store),
                program);

        assertEquals("epoll available=true\nin an event loop\nsqlite 3.49.1 42\n", stock.out());
        assertEquals(stock.out(), alone.out());
        assertEquals(stock.err(), alone.err());
        assertEquals(
                stock.lines().stream()
                        .flatMap(line -> List.of(line, line).stream())
                        .sorted()
                        .toList(),
                ranks.lines().stream().sorted().toList());
    }
}
