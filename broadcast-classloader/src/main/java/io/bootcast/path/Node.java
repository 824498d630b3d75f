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
            try {
                written = leads ? store.writeToken(token) : null;
            } catch (BootcastException e) {
                // Nobody sees the token then: each rank is a node of its own, and meets the store's fault where it can
                // fall back.
                token = "";
            }
            String heard = new String(group.broadcast(token.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
            boolean seen = leads || !heard.isEmpty() && store.seesToken(heard);
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
