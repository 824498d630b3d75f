package example;

import java.io.IOException;

/** Ends in the way that its argument names: return, exit, throw, wait (for a signal), kill (of rank 1; the others wait). */
public final class EndingApp {
    private static final long LONG_MILLIS = 120_000;

    private EndingApp() {}

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String rank = System.getenv("OMPI_COMM_WORLD_RANK");
        System.out.println("ready " + rank);
        switch (args[0]) {
            case "return" -> {}
            case "exit" -> System.exit(3);
            case "throw" -> throw new IllegalStateException("as asked");
            case "wait" -> Thread.sleep(LONG_MILLIS);
            case "kill" -> {
                if (rank.equals("1")) {
                    String pid = Long.toString(ProcessHandle.current().pid());
                    new ProcessBuilder("kill", "-KILL", pid).start().waitFor();
                }
                Thread.sleep(LONG_MILLIS);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }
}
