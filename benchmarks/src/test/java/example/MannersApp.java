package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that knows nothing of MPI and ends in one of several ways. Arguments: what to do, and what that needs.
 *
 * <pre>
 * all WAY              every rank ends in this way
 * one WAY RANKS DIR    rank 1 ends in this way, once all ranks have left their mark in DIR; the others would go on for 30 s
 * early WAY MILLIS     rank 1 ends at once, the others after so long, in this way
 * </pre>
 *
 * A way is {@code return}, {@code exit0}, {@code exit3}, {@code halt3} or {@code throw}.
 */
public final class MannersApp {
    private static final int STEP_MILLIS = 10;
    private static final int LONG_MILLIS = 30_000;

    private MannersApp() {}

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rank = Integer.parseInt(System.getenv().getOrDefault("OMPI_COMM_WORLD_RANK", "0"));
        System.out.println("begun as " + MannersApp.class.getName());
        switch (args[0]) {
            case "all" -> end(args[1]);
            case "one" -> {
                mark(Path.of(args[3]), rank, Integer.parseInt(args[2]));
                if (rank != 1) {
                    Thread.sleep(LONG_MILLIS);
                }
                end(args[1]);
            }
            case "early" -> {
                Thread.sleep(rank == 1 ? 0 : Long.parseLong(args[2]));
                end(args[1]);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void mark(Path directory, int rank, int ranks) throws IOException, InterruptedException {
        Files.createFile(directory.resolve("rank" + rank));
        for (int other = 0; other < ranks; other++) {
            while (Files.notExists(directory.resolve("rank" + other))) {
                Thread.sleep(STEP_MILLIS);
            }
        }
    }

    private static void end(String way) {
        switch (way) {
            case "return" -> {}
            case "exit0" -> System.exit(0);
            case "exit3" -> System.exit(3);
            case "halt3" -> Runtime.getRuntime().halt(3);
            case "throw" -> fail();
            default -> throw new IllegalArgumentException(way);
        }
    }

    /** Throws an exception with all that an exception can have. */
    private static void fail() {
        try {
            "x".substring(2);
        } catch (IndexOutOfBoundsException e) {
            IllegalStateException thrown = new IllegalStateException("as asked\nin two lines", e);
            thrown.addSuppressed(new IOException("on the way"));
            throw thrown;
        }
    }
}
