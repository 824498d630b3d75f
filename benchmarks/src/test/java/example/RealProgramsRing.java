package example;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mpi.MPI;
import mpi.MPIException;
import mpi.Status;

/**
 * An MPI program as it is in every textbook: a token goes round, each rank adds to it, and sums are made of all ranks' numbers; with arrays, with direct
 * buffers and with requests.
 */
public final class RealProgramsRing {
    private static final int ROUNDS = 10;
    private static final int NUMBERS = 100_000;
    private static final int TAG = 42;

    private RealProgramsRing() {}

    /** See the class. */
    public static void main(String[] args) throws MPIException {
        String[] rest = MPI.Init(args);
        int rank = MPI.COMM_WORLD.getRank();
        int size = MPI.COMM_WORLD.getSize();
        System.out.println("rank " + rank + " of " + size + " arguments " + String.join(" ", rest));
        System.out.println("rank " + rank + " token " + ring(rank, size));
        double[] numbers = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = (rank + 1) * (double) i;
        }
        MPI.COMM_WORLD.allReduce(numbers, NUMBERS, MPI.DOUBLE, MPI.SUM);
        System.out.println("rank " + rank + " sum " + numbers[NUMBERS - 1]);
        System.out.println("rank " + rank + " neighbour " + exchange(rank, size));
        MPI.COMM_WORLD.barrier();
        MPI.Finalize();
        System.out.println("rank " + rank + " done");
    }

    private static int ring(int rank, int size) throws MPIException {
        int[] token = {0};
        for (int round = 0; round < ROUNDS; round++) {
            if (rank != 0) {
                MPI.COMM_WORLD.recv(token, 1, MPI.INT, rank - 1, TAG);
            }
            token[0] += rank + 1;
            MPI.COMM_WORLD.send(token, 1, MPI.INT, (rank + 1) % size, TAG);
            if (rank == 0) {
                MPI.COMM_WORLD.recv(token, 1, MPI.INT, size - 1, TAG);
            }
        }
        return token[0];
    }

    private static String exchange(int rank, int size) throws MPIException {
        ByteBuffer out = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        ByteBuffer in = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        out.putLong(0, 1000L + rank);
        var request = MPI.COMM_WORLD.iSend(out, 1, MPI.LONG, (rank + 1) % size, TAG);
        Status status = MPI.COMM_WORLD.recv(in, 1, MPI.LONG, MPI.ANY_SOURCE, TAG);
        request.waitFor();
        return in.getLong(0) + " from " + status.getSource() + " count " + status.getCount(MPI.LONG);
    }
}
