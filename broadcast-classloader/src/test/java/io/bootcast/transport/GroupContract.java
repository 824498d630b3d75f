package io.bootcast.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What every {@link Group} promises, as calls that all ranks of a transport make together. Uses nothing but the transport, so that it also runs
 * outside JUnit, in the ranks of a real job.
 */
final class GroupContract {
    private static final int[] MESSAGE_BYTES = {0, 1, 255, 256};
    private static final int LARGE_MESSAGE_BYTES = 1 << 20;
    private static final int[] REGION_BYTES = {0, 1, 4095};
    private static final int LARGE_REGION_BYTES = (4 << 20) + 1;
    private static final int[] REGION_OFFSETS = {0, 1, 4096};

    private GroupContract() {}

    /** Collective over {@code transport}. Throws an {@link AssertionError} at a rank that sees a promise broken. */
    static void check(Transport transport) {
        Group world = transport.world();
        checkGroup(world);
        checkMessage(world, LARGE_MESSAGE_BYTES);
        for (int offset : REGION_OFFSETS) {
            checkRegion(world, LARGE_REGION_BYTES, offset);
        }
        checkSplit(world);
        Group host = transport.host();
        checkGroup(host);
        checkOrder(host, world.rank());
    }

    private static void checkGroup(Group group) {
        checkNumbers(group);
        for (int bytes : MESSAGE_BYTES) {
            checkMessage(group, bytes);
        }
        for (int bytes : REGION_BYTES) {
            for (int offset : REGION_OFFSETS) {
                checkRegion(group, bytes, offset);
            }
        }
        checkGather(group);
    }

    private static void checkNumbers(Group group) {
        byte[][] all =
                group.gather(new Message().put(group.rank()).put(group.size()).toBytes());

        require(group.rank() >= 0 && group.rank() < group.size(), "rank", group.rank(), group.size());
        require(all.length == (group.rank() == 0 ? group.size() : 0), "parts", all.length, group.size());
        for (int rank = 0; rank < all.length; rank++) {
            Message part = new Message(all[rank]);
            require(part.getInt() == rank, "order of ranks", rank, group.size());
            require(part.getInt() == group.size(), "size", rank, group.size());
        }
    }

    private static void checkMessage(Group group, int bytes) {
        byte[] expected = content(bytes, bytes + group.size());

        byte[] received = group.broadcast(group.rank() == 0 ? expected.clone() : new byte[0]);
        byte[] again = group.broadcast(group.rank() == 0 ? expected.clone() : new byte[7]);

        require(Arrays.equals(expected, received), "message", bytes, received.length);
        require(Arrays.equals(expected, again), "message with an argument that is ignored", bytes, again.length);
    }

    private static void checkRegion(Group group, int bytes, int offset) {
        int margin = 3;
        byte[] expected = content(bytes, bytes ^ offset);
        ByteBuffer whole = ByteBuffer.allocateDirect(offset + bytes + margin);
        ByteBuffer region = whole.duplicate().position(offset).limit(offset + bytes);
        if (group.rank() == 0) {
            region.duplicate().put(expected);
        }

        group.broadcast(group.rank() == 0 ? region.asReadOnlyBuffer() : region);

        byte[] received = new byte[bytes];
        region.duplicate().get(received);
        require(Arrays.equals(expected, received), "region at offset " + offset, bytes, bytes);
        require(region.position() == offset && region.remaining() == bytes, "region's position", offset, bytes);
        for (int i = 0; i < offset; i++) {
            require(whole.get(i) == 0, "bytes before the region at offset " + offset, i, bytes);
        }
        for (int i = offset + bytes; i < whole.capacity(); i++) {
            require(whole.get(i) == 0, "bytes behind the region at offset " + offset, i, bytes);
        }
    }

    private static void checkGather(Group group) {
        byte[][] all = group.gather(content(group.rank() * 1000, group.rank()));
        byte[][] empty = group.gather(new byte[0]);

        require(all.length == (group.rank() == 0 ? group.size() : 0), "gathered parts", all.length, group.size());
        for (int rank = 0; rank < all.length; rank++) {
            require(Arrays.equals(all[rank], content(rank * 1000, rank)), "gathered", rank, all[rank].length);
            require(empty[rank].length == 0, "gathered nothing", rank, empty[rank].length);
        }
    }

    private static void checkSplit(Group world) {
        int colour = world.rank() % 3;
        Group part = world.split(colour);
        checkGroup(part);
        checkOrder(part, world.rank());
        int members = (world.size() - colour + 2) / 3;
        require(part.size() == members, "size of a part", part.size(), members);
        require(part.rank() == world.rank() / 3, "rank in a part", part.rank(), world.rank() / 3);

        Group alone = part.split(part.rank());
        checkGroup(alone);
        require(alone.size() == 1, "size of a part of a part", alone.size(), 1);

        Group same = part.split(5);
        checkGroup(same);
        checkOrder(same, world.rank());
        require(same.size() == part.size(), "size of the same part", same.size(), part.size());
        checkGroup(world);
    }

    private static void checkOrder(Group part, int worldRank) {
        byte[][] all = part.gather(new Message().put(worldRank).toBytes());
        int last = -1;
        for (byte[] rank : all) {
            int next = new Message(rank).getInt();
            require(next > last, "order in a part", next, last);
            last = next;
        }
    }

    private static byte[] content(int bytes, int seed) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (i * 31 + (i >> 8) + seed + 1);
        }
        return content;
    }

    private static void require(boolean kept, String promise, int found, int expected) {
        if (!kept) {
            throw new AssertionError("promise broken: " + promise + " found=" + found + " expected=" + expected);
        }
    }
}
