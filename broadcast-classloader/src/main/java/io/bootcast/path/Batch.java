package io.bootcast.path;

import io.bootcast.transport.Message;
import java.util.ArrayList;
import java.util.List;

/** Blobs that are offered together; the last batch also names the index, or the launch list, that completes the image. */
final class Batch {
    final List<Offer> offers = new ArrayList<>();
    String head = "";

    /** True if nothing comes after this batch. */
    boolean isLast() {
        return !head.isEmpty();
    }

    static Batch of(Message message) {
        Batch batch = new Batch();
        batch.head = message.getString();
        int count = message.getInt();
        for (int i = 0; i < count; i++) {
            batch.offers.add(Offer.of(message));
        }
        return batch;
    }

    void write(Message message) {
        message.put(head).put(offers.size());
        for (Offer offer : offers) {
            offer.write(message);
        }
    }
}
