package io.bootcast.transport;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A transport whose ranks are threads of one JVM, on hosts as the test likes. A collective call is a meeting of its ranks; it fails with
 * {@code Fault.TRANSPORT} when one of them has ended without coming, or when the deadline passes.
 */
public final class ThreadTransport implements Transport {
    /** What a rank does. */
    public interface Body<T> {
        T run(ThreadTransport transport) throws Exception;
    }

    /** Sees, and may alter, what a rank other than 0 of a group received as a region. */
    public interface Wire {
        void received(int worldRank, ByteBuffer region);
    }

    /** Hears of each collective call that returned. */
    public interface Listener {
        void returned(int worldRank, String call);
    }

    /** How one rank ended: with a value, or with what it threw. */
    public static final class Outcome<T> {
        public final T value;
        public final Throwable thrown;

        private Outcome(T value, Throwable thrown) {
            this.value = value;
            this.thrown = thrown;
        }

        /** The value; a rank that threw fails the test. */
        public T value() {
            if (thrown != null) {
                throw new AssertionError("a rank threw", thrown);
            }
            return value;
        }
    }

    /** The ranks of one run. */
    public static final class Job {
        private static final long DEFAULT_DEADLINE_MILLIS = 60_000;

        private final int[] hosts;
        private final boolean[] ended;
        private final long deadlineMillis;
        private volatile Wire wire = (rank, region) -> {};
        private volatile Listener listener = (rank, call) -> {};

        /** @param hosts number of the host of each rank */
        public Job(int... hosts) {
            this(DEFAULT_DEADLINE_MILLIS, hosts);
        }

        Job(long deadlineMillis, int[] hosts) {
            this.deadlineMillis = deadlineMillis;
            this.hosts = hosts.clone();
            this.ended = new boolean[hosts.length];
        }

        public Job wire(Wire altering) {
            wire = altering;
            return this;
        }

        public Job listener(Listener listening) {
            listener = listening;
            return this;
        }

        /** Runs {@code body} in every rank, and returns when all have ended. */
        public <T> List<Outcome<T>> run(Body<T> body) {
            Meeting world = new Meeting(this, ranks(hosts.length));
            List<Outcome<T>> outcomes = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int rank = 0; rank < hosts.length; rank++) {
                int own = rank;
                outcomes.add(null);
                Thread thread = new Thread(
                        () -> {
                            Outcome<T> outcome;
                            try {
                                outcome = new Outcome<>(body.run(new ThreadTransport(this, world, own)), null);
                            } catch (Throwable e) {
                                outcome = new Outcome<>(null, e);
                            }
                            synchronized (this) {
                                outcomes.set(own, outcome);
                                ended[own] = true;
                                notifyAll();
                            }
                        },
                        "rank-" + rank);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                join(thread);
            }
            return outcomes;
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError("the test was interrupted", e);
            }
        }

        private static int[] ranks(int size) {
            int[] ranks = new int[size];
            Arrays.setAll(ranks, i -> i);
            return ranks;
        }
    }

    private final Job job;
    private final Room world;

    private ThreadTransport(Job job, Meeting world, int rank) {
        this.job = job;
        this.world = new Room(job, world, rank);
    }

    @Override
    public String name() {
        return "thread";
    }

    @Override
    public Group world() {
        return world;
    }

    @Override
    public Group host() {
        return world.split(job.hosts[world.rank()]);
    }

    /** The number of this rank's host. */
    public int hostNumber() {
        return job.hosts[world.rank()];
    }

    @Override
    public boolean meetsByLock() {
        return false;
    }

    @Override
    public void close() {
        world.meet("close", null);
    }

    /** Where the ranks of one group exchange what they bring. */
    private static final class Meeting {
        private final Job job;
        private final int[] worldRanks;
        private Object[] brought;
        private boolean[] here;
        private int arrived;
        private String called = "";
        private Object[] last = {};
        private int round;

        Meeting(Job job, int[] worldRanks) {
            this.job = job;
            this.worldRanks = worldRanks;
            this.brought = new Object[worldRanks.length];
            this.here = new boolean[worldRanks.length];
        }

        /** What all ranks brought, by rank, once all have come. One lock for all groups: the end of a rank wakes everybody. */
        Object[] meet(int rank, String call, Object mine) {
            synchronized (job) {
                if (arrived > 0 && !called.equals(call)) {
                    throw new BootcastException(Fault.TRANSPORT, "ranks disagree: call=" + call + " others=" + called);
                }
                called = call;
                brought[rank] = mine;
                here[rank] = true;
                arrived++;
                int entered = round;
                if (arrived == worldRanks.length) {
                    last = brought;
                    brought = new Object[worldRanks.length];
                    here = new boolean[worldRanks.length];
                    arrived = 0;
                    round++;
                    job.notifyAll();
                }
                long until = System.nanoTime() + job.deadlineMillis * 1_000_000;
                while (round == entered) {
                    waitForOthers(call, until);
                }
                return last;
            }
        }

        private void waitForOthers(String call, long until) {
            for (int i = 0; i < here.length; i++) {
                if (!here[i] && job.ended[worldRanks[i]]) {
                    throw new BootcastException(
                            Fault.TRANSPORT, "rank is gone: call=" + call + " rank=" + worldRanks[i]);
                }
            }
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new BootcastException(Fault.TRANSPORT, "deadline has passed: call=" + call);
            }
            try {
                job.wait(left);
            } catch (InterruptedException e) {
                throw new BootcastException(Fault.TRANSPORT, "interrupted: call=" + call, e);
            }
        }
    }

    /** One rank's seat in a meeting. */
    private static final class Room implements Group {
        private final Job job;
        private final Meeting meeting;
        private final int rank;

        Room(Job job, Meeting meeting, int rank) {
            this.job = job;
            this.meeting = meeting;
            this.rank = rank;
        }

        Object[] meet(String call, Object mine) {
            return meeting.meet(rank, call, mine);
        }

        private void returned(String call) {
            job.listener.returned(meeting.worldRanks[rank], call);
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public int size() {
            return meeting.worldRanks.length;
        }

        @Override
        public byte[] broadcast(byte[] message) {
            byte[] received = ((byte[]) meet("broadcast", message.clone())[0]).clone();
            returned("broadcast");
            return received;
        }

        @Override
        public void broadcast(ByteBuffer region) {
            if (!region.isDirect()) {
                throw new AssertionError("a region is a direct buffer");
            }
            ByteBuffer source = (ByteBuffer) meet("region", region.slice())[0];
            if (rank != 0) {
                if (source.remaining() != region.remaining()) {
                    throw new AssertionError(
                            "regions differ: bytes=" + region.remaining() + " root=" + source.remaining());
                }
                region.duplicate().put(source.duplicate());
                job.wire.received(meeting.worldRanks[rank], region.slice());
            }
            meet("region's end", null);
            returned("region");
        }

        @Override
        public byte[][] gather(byte[] message) {
            Object[] all = meet("gather", message.clone());
            byte[][] parts = new byte[rank == 0 ? all.length : 0][];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = (byte[]) all[i];
            }
            returned("gather");
            return parts;
        }

        @Override
        public Group split(int colour) {
            Object[] colours = meet("split", colour);
            int count = 0;
            int own = 0;
            int[] members = new int[colours.length];
            int first = -1;
            for (int i = 0; i < colours.length; i++) {
                if (colours[i].equals(colour)) {
                    first = first < 0 ? i : first;
                    own = i == rank ? count : own;
                    members[count++] = meeting.worldRanks[i];
                }
            }
            Object[] meetings = meet("split", first == rank ? new Meeting(job, Arrays.copyOf(members, count)) : null);
            returned("split");
            return new Room(job, (Meeting) meetings[first], own);
        }
    }
}
