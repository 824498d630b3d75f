package example;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that starts other programs. Arguments: what to do, and what that needs.
 *
 * <pre>
 * fork RANKS WORDS…      ranks below RANKS run this command and print its output
 * leave FILE WORDS…      rank 0 starts this command, whose output goes to FILE, and ends when it has begun; no rank waits for it
 * outlive                waits until its parent has ended, and only then loads a class
 * environment            prints its environment
 * nothing                just ends
 * </pre>
 */
public final class ChildrenApp {
    private static final int STEP_MILLIS = 10;
    private static final int LONGEST_CHILD_SECONDS = 25;

    private ChildrenApp() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int rank = Integer.parseInt(System.getenv().getOrDefault("OMPI_COMM_WORLD_RANK", "0"));
        System.out.println("begun");
        switch (args[0]) {
            case "fork" -> {
                if (rank < Integer.parseInt(args[1])) {
                    fork(List.of(args).subList(2, args.length));
                }
            }
            case "leave" -> {
                if (rank == 0) {
                    leave(new File(args[1]), List.of(args).subList(2, args.length));
                }
            }
            case "outlive" -> {
                ProcessHandle.current().parent().orElseThrow().onExit().get(LONGEST_CHILD_SECONDS, TimeUnit.SECONDS);
                System.out.println(Class.forName("part.C000").getName() + " "
                        + ChildrenApp.class
                                .getResource("/common.txt")
                                .openStream()
                                .readAllBytes()
                                .length);
            }
            case "environment" -> {
                for (Map.Entry<String, String> variable : new TreeMap<>(System.getenv()).entrySet()) {
                    System.out.println(
                            variable.getKey() + "=" + variable.getValue().replace('\n', ' '));
                }
            }
            case "nothing" -> {}
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("main ends");
    }

    private static void fork(List<String> words) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(words).redirectErrorStream(true).start();
        child.getOutputStream().close();
        if (!child.waitFor(LONGEST_CHILD_SECONDS, TimeUnit.SECONDS)) {
            child.destroyForcibly();
            System.out.println("the child hangs");
            return;
        }
        System.out.println("child says [" + new String(child.getInputStream().readAllBytes()).trim() + "] code "
                + child.exitValue());
    }

    private static void leave(File output, List<String> words) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        Path file = output.toPath();
        while (child.isAlive() && !Files.readString(file).contains("begun")) {
            Thread.sleep(STEP_MILLIS);
        }
    }
}
