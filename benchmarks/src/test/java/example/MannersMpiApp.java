package example;

import mpi.MPI;
import mpi.MPIException;

/**
 * A program that uses MPI itself and prints all that it can see of it. Argument: what to do.
 *
 * <pre>
 * init                   Init, messages, Finalize
 * thread LEVEL           the same with InitThread of this level, 0 to 3
 * twice                  Init two times
 * late MILLIS            Init; rank 1 finalizes at once, the others so much later
 * end WAY                Init; rank 1 ends without Finalize in this way (return, exit0, exit3, throw); the others wait for 30 s
 * </pre>
 */
public final class MannersMpiApp {
    private static final int LONG_MILLIS = 30_000;

    private MannersMpiApp() {}

    /** See the class. */
    public static void main(String[] args) throws MPIException, InterruptedException {
        System.out.println("at first initialized=" + MPI.isInitialized() + " finalized=" + MPI.isFinalized());
        switch (args[0]) {
            case "init" -> {
                MPI.Init(args);
                talk();
                finish();
            }
            case "thread" -> {
                System.out.println("provided=" + MPI.InitThread(args, Integer.parseInt(args[1])));
                System.out.println("query=" + MPI.queryThread() + " main=" + MPI.isThreadMain());
                talk();
                finish();
            }
            case "twice" -> {
                MPI.Init(args);
                try {
                    MPI.Init(args);
                    System.out.println("the second Init returned");
                } catch (MPIException e) {
                    System.out.println(e + " class=" + e.getErrorClass());
                }
                finish();
            }
            case "late" -> finishLate(Long.parseLong(args[1]));
            case "end" -> endWithoutFinalize(args[1]);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void talk() throws MPIException {
        int rank = MPI.COMM_WORLD.getRank();
        int size = MPI.COMM_WORLD.getSize();
        System.out.println("initialized=" + MPI.isInitialized() + " rank=" + rank + " of " + size + " name="
                + MPI.COMM_WORLD.getName());
        System.out.println(
                "a message that nobody sent=" + (MPI.COMM_WORLD.iProbe(MPI.ANY_SOURCE, MPI.ANY_TAG) != null));
        int[] sum = {rank + 1};
        MPI.COMM_WORLD.allReduce(sum, 1, MPI.INT, MPI.SUM);
        int[] got = new int[1];
        MPI.COMM_WORLD.sendRecv(
                new int[] {rank}, 1, MPI.INT, (rank + 1) % size, 7, got, 1, MPI.INT, (rank + size - 1) % size, 7);
        System.out.println("sum=" + sum[0] + " from the left=" + got[0]);
    }

    private static void finish() throws MPIException {
        MPI.Finalize();
        System.out.println("at last initialized=" + MPI.isInitialized() + " finalized=" + MPI.isFinalized());
    }

    private static void finishLate(long millis) throws MPIException, InterruptedException {
        MPI.Init(new String[0]);
        Thread.sleep(MPI.COMM_WORLD.getRank() == 1 ? 0 : millis);
        long start = System.nanoTime();
        boolean early = MPI.COMM_WORLD.getRank() == 1;
        MPI.Finalize();
        System.out.println(early ? "waited=" + ((System.nanoTime() - start) / 1_000_000 > millis / 2) : "late");
    }

    private static void endWithoutFinalize(String way) throws MPIException, InterruptedException {
        MPI.Init(new String[0]);
        MPI.COMM_WORLD.barrier();
        if (MPI.COMM_WORLD.getRank() != 1) {
            Thread.sleep(LONG_MILLIS);
        }
        switch (way) {
            case "return" -> {}
            case "exit0" -> System.exit(0);
            case "exit3" -> System.exit(3);
            case "throw" -> throw new IllegalStateException("as asked");
            default -> throw new IllegalArgumentException(way);
        }
    }
}
