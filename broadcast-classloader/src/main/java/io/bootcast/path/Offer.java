package io.bootcast.path;

import io.bootcast.transport.Message;

/** A blob that root has in its store and offers to the other nodes. */
final class Offer {
    final String digest;
    final long lengthBytes;
    final long mtimeNanos;

    Offer(String digest, long lengthBytes, long mtimeNanos) {
        this.digest = digest;
        this.lengthBytes = lengthBytes;
        this.mtimeNanos = mtimeNanos;
    }

    static Offer of(Message message) {
        return new Offer(message.getString(), message.getLong(), message.getLong());
    }

    void write(Message message) {
        message.put(digest).put(lengthBytes).put(mtimeNanos);
    }
}
