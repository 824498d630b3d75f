package io.bootcast.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The fake itself: a fake that hangs or lies makes every test above it worthless. */
class ThreadTransportTest {
    @Test
    void othersWhenARankDiesFailInsteadOfHanging() {
        ThreadTransport.Job job = new ThreadTransport.Job(0, 0, 1, 1);

        List<ThreadTransport.Outcome<Void>> outcomes = job.run(transport -> {
            transport.world().broadcast(new byte[1]);
            if (transport.world().rank() == 2) {
                throw new IllegalStateException("killed");
            }
            transport.world().gather(new byte[0]);
            return null;
        });

        assertEquals("killed", outcomes.get(2).thrown.getMessage());
        for (int rank : new int[] {0, 1, 3}) {
            BootcastException thrown = (BootcastException) outcomes.get(rank).thrown;
            assertEquals(Fault.TRANSPORT, thrown.fault());
            assertEquals("rank is gone: call=gather rank=2", thrown.getMessage());
        }
    }

    @Test
    void groupWhenADeadRankIsNoMemberGoesOn() {
        ThreadTransport.Job job = new ThreadTransport.Job(0, 0, 1);

        List<ThreadTransport.Outcome<Integer>> outcomes = job.run(transport -> {
            Group host = transport.host();
            if (transport.world().rank() == 2) {
                throw new IllegalStateException("killed");
            }
            return (int) host.broadcast(new byte[] {(byte) (5 + host.rank())})[0];
        });

        assertEquals(5, outcomes.get(0).value());
        assertEquals(5, outcomes.get(1).value());
    }

    @Test
    void rankWhenOthersNeverComeFailsAtTheDeadline() {
        CountDownLatch failed = new CountDownLatch(1);
        ThreadTransport.Job job = new ThreadTransport.Job(/* deadlineMillis= */ 50, new int[] {0, 0});

        List<ThreadTransport.Outcome<Void>> outcomes = job.run(transport -> {
            if (transport.world().rank() == 0) {
                try {
                    transport.world().broadcast(new byte[1]);
                } finally {
                    failed.countDown();
                }
            }
            failed.await();
            return null;
        });

        assertEquals(
                "deadline has passed: call=broadcast", outcomes.get(0).thrown.getMessage());
        assertEquals(null, outcomes.get(1).thrown);
    }

    @Test
    void ranksWhenTheyCallDifferentThingsFail() {
        ThreadTransport.Job job = new ThreadTransport.Job(0, 0);

        List<ThreadTransport.Outcome<Void>> outcomes = job.run(transport -> {
            if (transport.world().rank() == 0) {
                transport.world().broadcast(new byte[1]);
            } else {
                transport.world().gather(new byte[1]);
            }
            return null;
        });

        List<String> messages = new ArrayList<>();
        for (ThreadTransport.Outcome<Void> outcome : outcomes) {
            messages.add(outcome.thrown.getMessage());
        }
        assertTrue(
                messages.equals(List.of(
                                "rank is gone: call=broadcast rank=1", "ranks disagree: call=gather others=broadcast"))
                        || messages.equals(List.of(
                                "ranks disagree: call=broadcast others=gather", "rank is gone: call=gather rank=0")),
                messages.toString());
    }

    @Test
    void wireWhenItAltersARegionIsSeenByReceiversOnly() {
        ThreadTransport.Job job = new ThreadTransport.Job(0, 1).wire((rank, region) -> region.put(0, (byte) 9));

        List<ThreadTransport.Outcome<Integer>> outcomes = job.run(transport -> {
            ByteBuffer region = ByteBuffer.allocateDirect(1);
            transport.world().broadcast(region);
            return (int) region.get(0);
        });

        assertEquals(0, outcomes.get(0).value());
        assertEquals(9, outcomes.get(1).value());
    }
}
