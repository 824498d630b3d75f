package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.store.Store;
import io.bootcast.transport.Group;
import java.io.File;
import java.nio.charset.StandardCharsets;

/**
 * The ranks that see the same store: found by a random token that their leader writes into it. Host names would not do: containers of one host may
 * have a {@code /dev/shm} each.
 */
final class Node {
    private static final int SEEN = 0;
    private static final int NOT_SEEN = 1;
    private static final int NO_STORE = 2;

    private final Group ranks;

    private Node(Group ranks) {
        this.ranks = ranks;
    }

    /**
     * Collective over {@code host}. Splits it until each part shares a store, or has none.
     *
     * @param store this rank's store, or null if it could not be opened
     */
    static Node find(Group host, Store store) {
        Group group = host.size() == 1 ? host : host.split(store == null ? NO_STORE : SEEN);
        while (group.size() > 1 && store != null) {
            boolean leads = group.rank() == 0;
            String token = leads ? store.newToken() : "";
            File written = null;
            Verdict announced = null;
            try {
                if (leads) {
                    written = store.writeToken(token);
                    announced = Verdict.go(token.getBytes(StandardCharsets.UTF_8));
                }
            } catch (BootcastException e) {
                announced = Verdict.fail(e);
            }
            Verdict heard = Verdict.of(group.broadcast(leads ? announced.toBytes() : new byte[0]));
            boolean seen = leads || store.seesToken(new String(heard.result(), StandardCharsets.UTF_8));
            int before = group.size();
            group = group.split(seen ? SEEN : NOT_SEEN);
            if (written != null && !written.delete()) {
                written.deleteOnExit();
            }
            if (seen || group.size() == before) {
                break;
            }
        }
        return new Node(group);
    }

    boolean leads() {
        return ranks.rank() == 0;
    }

    Group ranks() {
        return ranks;
    }
}
