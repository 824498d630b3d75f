package io.bootcast.transport;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import mpi.Intracomm;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;

/** A communicator. */
final class OpenMpiGroup implements Group {
    private static final int ROOT = 0;
    private static final int LENGTH_BYTES = 4;
    private static final int FRAME_BYTES = 4096;
    private static final int TRIES_WITHOUT_PAUSE = 50;
    private static final int LONGEST_PAUSE_MILLIS = 5;

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

    /**
     * One frame of fixed size: the length, then as much of the message as fits; the rest, if any, in a second call. Ranks wait for it without burning
     * their core: what they wait for is root's file system, and root may need the core.
     */
    @Override
    public byte[] broadcast(byte[] message) {
        try {
            ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_BYTES);
            if (rank == ROOT) {
                frame.putInt(0, message.length);
                frame.duplicate()
                        .position(LENGTH_BYTES)
                        .put(message, 0, Math.min(message.length, FRAME_BYTES - LENGTH_BYTES));
            }
            await(communicator.iBcast(frame, FRAME_BYTES, MPI.BYTE, ROOT));
            byte[] bytes = rank == ROOT ? message : new byte[frame.getInt(0)];
            int inFrame = Math.min(bytes.length, FRAME_BYTES - LENGTH_BYTES);
            if (rank != ROOT) {
                frame.duplicate().position(LENGTH_BYTES).get(bytes, 0, inFrame);
            }
            broadcastRest(bytes, inFrame);
            watchdog.progress();
            return bytes;
        } catch (MPIException e) {
            throw failed("bcast", e);
        }
    }

    private void broadcastRest(byte[] bytes, int from) throws MPIException {
        if (from == bytes.length) {
            return;
        }
        ByteBuffer rest = ByteBuffer.allocateDirect(bytes.length - from);
        if (rank == ROOT) {
            rest.duplicate().put(bytes, from, bytes.length - from);
        }
        communicator.bcast(rest, bytes.length - from, MPI.BYTE, ROOT);
        if (rank != ROOT) {
            rest.duplicate().get(bytes, from, bytes.length - from);
        }
    }

    /** Waits for {@code request}, at first at full speed, then with growing pauses. */
    private void await(Request request) throws MPIException {
        int tries = 0;
        while (!request.test()) {
            tries++;
            if (tries > TRIES_WITHOUT_PAUSE) {
                try {
                    Thread.sleep(Math.min(1 + tries / TRIES_WITHOUT_PAUSE, LONGEST_PAUSE_MILLIS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new BootcastException(Fault.TRANSPORT, "interrupted while waiting for other ranks", e);
                }
            }
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
