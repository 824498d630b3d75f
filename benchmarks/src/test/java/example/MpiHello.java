package example;

import mpi.MPI;
import mpi.MPIException;

/** An MPI program that does as little as one can: every rank says which one it is. */
public final class MpiHello {
    private MpiHello() {}

    /** See the class. */
    public static void main(String[] args) throws MPIException {
        MPI.Init(args);
        int rank = MPI.COMM_WORLD.getRank();
        int size = MPI.COMM_WORLD.getSize();
        MPI.Finalize();
        System.out.println("rank " + rank + " of " + size);
    }
}
