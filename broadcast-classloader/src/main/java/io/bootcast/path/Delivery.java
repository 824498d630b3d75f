package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Store;
import io.bootcast.transport.Group;
import io.bootcast.transport.Message;
import io.bootcast.transport.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Steps 3 and 4 among the leaders: root offers blobs as they become ready, the others say which they lack, and those that somebody lacks are sent. In
 * rounds, until root names the image:
 *
 * <pre>
 * root    broadcasts a batch of offers, empty if reading takes long
 * leaders gather one byte per offer: 1 for "I lack it"
 * root    broadcasts one byte per offer: 1 for "will be sent"
 * root    broadcasts those blobs, chunk by chunk, each chunk followed by its CRC-32C
 * </pre>
 *
 * A leader whose store fails goes on taking part and throws away what comes: a collective call must not miss a rank.
 */
final class Delivery {
    /** One broadcast; Open MPI cuts it into segments of its own. */
    static final int CHUNK_BYTES = 4 << 20;

    private static final int CRC_BYTES = 4;
    private static final byte LACKING = 1;

    private final Group leaders;
    private final Store store;
    private final Steps steps;
    private final Progress pulse;
    private String failure = "";
    private boolean sends = true;
    private long lackedBytes;

    /**
     * @param store this leader's store, or null if it has none: then {@link #discard} says why
     * @param pulse called now and then, so that others hear that something moves
     */
    Delivery(Group leaders, Store store, Steps steps, Progress pulse) {
        this.leaders = leaders;
        this.store = store;
        this.steps = steps;
        this.pulse = pulse;
    }

    /** This leader takes part and throws away what comes. */
    void discard(String reason) {
        failure = reason;
    }

    /** Leaders only say what they lack; nothing is sent. At all leaders or at none. */
    void sendNothing() {
        sends = false;
    }

    /** Of blobs that this leader's store has lacked until now. */
    long lackedBytes() {
        return lackedBytes;
    }

    /** Why this leader's store does not hold the image now, or an empty string. */
    String failure() {
        return failure;
    }

    /** Collective over leaders. Returns the digest of the image's index, or of its launch list if it has one, when all its blobs have been sent; or an empty string if no leader gets it. */
    String run(RootReader root, long waitMillis) {
        Batch batch;
        do {
            long start = System.nanoTime();
            batch = nextBatch(root, waitMillis);
            if (batch == null) {
                return "";
            }
            pulse.progress();
            boolean[] wanted = agree(batch);
            steps.add(Steps.Step.OFFER, start);
            start = System.nanoTime();
            for (int i = 0; i < wanted.length && sends; i++) {
                if (wanted[i]) {
                    send(batch.offers.get(i));
                }
            }
            steps.add(Steps.Step.BROADCAST, start);
        } while (!batch.isLast());
        return batch.head;
    }

    private boolean isRoot() {
        return leaders.rank() == 0;
    }

    /** Null if root gives up, and everybody with it. */
    private Batch nextBatch(RootReader root, long waitMillis) {
        if (!isRoot()) {
            Verdict heard = Verdict.of(leaders.broadcast(new byte[0]));
            if (heard.isFallBack()) {
                discard(heard.text());
                return null;
            }
            return Batch.of(new Message(heard.result()));
        }
        try {
            Batch batch = root.take(waitMillis);
            Message message = new Message();
            batch.write(message);
            leaders.broadcast(Verdict.go(message.toBytes()).toBytes());
            return batch;
        } catch (BootcastException e) {
            if (root.allowsFallBack(e)) {
                discard(e.getMessage());
                leaders.broadcast(Verdict.fallBack(e.getMessage()).toBytes());
                return null;
            }
            leaders.broadcast(Verdict.fail(e).toBytes());
            throw e;
        }
    }

    private boolean[] agree(Batch batch) {
        byte[] lacking = new byte[batch.offers.size()];
        for (int i = 0; i < lacking.length; i++) {
            Offer offer = batch.offers.get(i);
            if (failure.isEmpty() && !store.hasBlob(offer.digest)) {
                lacking[i] = LACKING;
                lackedBytes += offer.lengthBytes;
            }
        }
        byte[][] answers = leaders.gather(lacking);
        byte[] union = new byte[lacking.length];
        for (byte[] answer : answers) {
            for (int i = 0; i < union.length; i++) {
                union[i] |= answer[i];
            }
        }
        union = leaders.broadcast(union);
        boolean[] wanted = new boolean[union.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = union[i] != 0;
        }
        return wanted;
    }

    private void send(Offer offer) {
        if (isRoot()) {
            sendFrom(store.mapBlob(offer.digest));
            steps.sent(offer.lengthBytes);
        } else {
            receive(offer);
        }
    }

    private void sendFrom(ByteBuffer blob) {
        ByteBuffer crc = ByteBuffer.allocateDirect(CRC_BYTES);
        for (int at = 0; at < blob.capacity(); at += CHUNK_BYTES) {
            ByteBuffer chunk = blob.duplicate().position(at).limit(Math.min(at + CHUNK_BYTES, blob.capacity()));
            leaders.broadcast(chunk);
            leaders.broadcast(crc.putInt(0, crcOf(chunk)));
            pulse.progress();
        }
    }

    private void receive(Offer offer) {
        try (BlobWriter writer = writerFor(offer)) {
            receiveChunks(offer, writer);
            if (writer != null && failure.isEmpty()) {
                store.publish(writer, offer.digest, offer.mtimeNanos);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** Null if the blob is not to be kept. */
    private BlobWriter writerFor(Offer offer) {
        try {
            return failure.isEmpty() && !store.hasBlob(offer.digest) ? store.newBlob() : null;
        } catch (IOException e) {
            fail(e);
            return null;
        }
    }

    private void receiveChunks(Offer offer, BlobWriter writer) {
        ByteBuffer buffer = receiveBuffer();
        ByteBuffer crc = ByteBuffer.allocateDirect(CRC_BYTES);
        for (long at = 0; at < offer.lengthBytes; at += CHUNK_BYTES) {
            ByteBuffer chunk = buffer.duplicate().limit((int) Math.min(CHUNK_BYTES, offer.lengthBytes - at));
            leaders.broadcast(chunk);
            leaders.broadcast(crc);
            pulse.progress();
            if (writer != null && failure.isEmpty()) {
                check(offer, at, crc.getInt(0), crcOf(chunk));
                write(writer, chunk);
            }
        }
    }

    private ByteBuffer received;

    private ByteBuffer receiveBuffer() {
        if (received == null) {
            received = ByteBuffer.allocateDirect(CHUNK_BYTES);
        }
        return received;
    }

    private static int crcOf(ByteBuffer chunk) {
        CRC32C crc = new CRC32C();
        crc.update(chunk.duplicate());
        return (int) crc.getValue();
    }

    private static void check(Offer offer, long at, int expected, int found) {
        if (expected != found) {
            throw new BootcastException(
                    Fault.FORMAT,
                    "blob was altered on its way: blob=" + offer.digest + " at=" + at + " crc32c="
                            + Integer.toHexString(found) + " expected=" + Integer.toHexString(expected)
                            + "; check the network");
        }
    }

    private void write(BlobWriter writer, ByteBuffer chunk) {
        try {
            writer.write(chunk);
        } catch (IOException e) {
            fail(e);
        }
    }

    /** This node does without the image from now on; its leader stays in the game. */
    private void fail(IOException e) {
        if (failure.isEmpty()) {
            failure = "store " + store.directory() + ": " + BootcastException.reason(e);
        }
    }
}
