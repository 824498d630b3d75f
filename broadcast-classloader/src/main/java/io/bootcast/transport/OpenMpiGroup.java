package io.bootcast.transport;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;

/** A communicator. */
final class OpenMpiGroup implements Group {
    private static final int ROOT = 0;

    private final Intracomm communicator;
    private final Watchdog watchdog;
    private final int rank;
    private final int size;

    OpenMpiGroup(Intracomm communicator, Watchdog watchdog) throws MPIException {
        this.communicator = communicator;
        this.watchdog = watchdog;
        this.rank = communicator.getRank();
        this.size = communicator.getSize();
    }

    static BootcastException failed(String call, MPIException cause) {
        return new BootcastException(
                Fault.TRANSPORT, "MPI call failed: call=" + call + " reason=" + cause.getMessage(), cause);
    }

    Intracomm communicator() {
        return communicator;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] broadcast(byte[] message) {
        try {
            int[] length = {rank == ROOT ? message.length : 0};
            communicator.bcast(length, 1, MPI.INT, ROOT);
            byte[] bytes = rank == ROOT ? message : new byte[length[0]];
            communicator.bcast(bytes, length[0], MPI.BYTE, ROOT);
            watchdog.progress();
            return bytes;
        } catch (MPIException e) {
            throw failed("bcast", e);
        }
    }

    @Override
    public void broadcast(ByteBuffer region) {
        try {
            communicator.bcast(region.slice(), region.remaining(), MPI.BYTE, ROOT);
            watchdog.progress();
        } catch (MPIException e) {
            throw failed("bcast", e);
        }
    }

    @Override
    public byte[][] gather(byte[] message) {
        try {
            int[] lengths = new int[rank == ROOT ? size : 1];
            int[] own = {message.length};
            communicator.gather(own, 1, MPI.INT, lengths, 1, MPI.INT, ROOT);
            int[] starts = new int[lengths.length];
            int total = 0;
            for (int i = 0; i < lengths.length; i++) {
                starts[i] = total;
                total += lengths[i];
            }
            byte[] all = new byte[total];
            communicator.gatherv(message, message.length, MPI.BYTE, all, lengths, starts, MPI.BYTE, ROOT);
            watchdog.progress();
            if (rank != ROOT) {
                return new byte[0][];
            }
            byte[][] parts = new byte[size][];
            for (int i = 0; i < size; i++) {
                parts[i] = new byte[lengths[i]];
                System.arraycopy(all, starts[i], parts[i], 0, lengths[i]);
            }
            return parts;
        } catch (MPIException e) {
            throw failed("gather", e);
        }
    }

    @Override
    public Group split(int colour) {
        try {
            OpenMpiGroup part = new OpenMpiGroup(communicator.split(colour, rank), watchdog);
            watchdog.progress();
            return part;
        } catch (MPIException e) {
            throw failed("split", e);
        }
    }
}
