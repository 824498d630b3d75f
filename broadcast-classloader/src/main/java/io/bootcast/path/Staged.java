package io.bootcast.path;

import io.bootcast.transport.Message;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What staging a bundle came to on one node, and what root says of all of them. */
final class Staged {
    private static final String HOST_NAME = "/proc/sys/kernel/hostname";
    private static final long BYTES_PER_MEGABYTE = 1_000_000;

    private final String host;
    private final String failure;
    private final long nanos;
    private final long lackedBytes;

    private Staged(String host, String failure, long nanos, long lackedBytes) {
        this.host = host;
        this.failure = failure;
        this.nanos = nanos;
        this.lackedBytes = lackedBytes;
    }

    /**
     * On this node.
     *
     * @param failure why the node does not have the image, or empty
     * @param lackedBytes of the blobs that its store lacked
     */
    static byte[] here(String failure, long nanos, long lackedBytes) {
        return new Message()
                .put(hostName())
                .put(failure)
                .put(nanos)
                .put(lackedBytes)
                .toBytes();
    }

    private static String hostName() {
        try (FileInputStream in = new FileInputStream(new File(HOST_NAME))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Staged of(byte[] bytes) {
        Message message = new Message(bytes);
        return new Staged(message.getString(), message.getString(), message.getLong(), message.getLong());
    }

    /** Root's words on what the nodes have said: one line, and one more for each node that failed. */
    static String summary(String bundle, byte[][] nodes, boolean triedOnly) {
        StringBuilder failed = new StringBuilder();
        Staged slowest = of(nodes[0]);
        long lackedBytes = 0;
        int had = 0;
        for (byte[] bytes : nodes) {
            Staged node = of(bytes);
            lackedBytes += node.lackedBytes;
            had += node.lackedBytes == 0 ? 1 : 0;
            slowest = node.nanos > slowest.nanos ? node : slowest;
            if (!node.failure.isEmpty()) {
                failed.append("\nbootcast: not staged: node=")
                        .append(node.host)
                        .append(" reason=")
                        .append(node.failure);
            }
        }
        StringBuilder line = new StringBuilder(triedOnly ? "bootcast: would stage " : "bootcast: staged ");
        line.append(bundle).append(": nodes=").append(nodes.length).append(" had all=");
        line.append(had)
                .append(" lacked ")
                .append(lackedBytes / BYTES_PER_MEGABYTE)
                .append(" MB in all");
        if (!triedOnly) {
            line.append(", slowest node=").append(slowest.host).append(' ');
            line.append(Steps.millis(slowest.nanos)).append(" ms");
        }
        return line.append(failed).toString();
    }
}
