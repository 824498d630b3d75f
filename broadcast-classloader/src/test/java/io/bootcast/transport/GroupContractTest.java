package io.bootcast.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupContractTest {
    private static final int RANKS_PER_HOST = 3;

    @Test
    void soloTransportWhenCheckedKeepsTheContract() {
        try (Transport transport = new SoloTransport()) {
            GroupContract.check(transport);

            assertEquals("solo", transport.name());
            assertEquals(false, transport.meetsByLock());
        }
    }

    @Test
    void nodeTransportWhenCheckedKeepsTheContract() {
        try (Transport transport = new NodeTransport()) {
            GroupContract.check(transport);

            assertEquals("node", transport.name());
            assertEquals(true, transport.meetsByLock());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 16})
    void threadTransportWhenCheckedKeepsTheContract(int ranks) {
        int[] hosts = new int[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            hosts[rank] = rank / RANKS_PER_HOST;
        }

        List<ThreadTransport.Outcome<Integer>> outcomes = new ThreadTransport.Job(hosts).run(transport -> {
            GroupContract.check(transport);
            return transport.world().rank();
        });

        List<Integer> expected = new ArrayList<>();
        List<Integer> found = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            expected.add(rank);
            found.add(outcomes.get(rank).value());
        }
        assertEquals(expected, found);
    }
}
