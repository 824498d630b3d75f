package io.bootcast.path;

import io.bootcast.transport.Group;

/** What a {@link Report} is made of, if one is wanted. */
final class History {
    final Steps steps;
    /** Null where nothing was read by this rank. */
    final RootReader reader;
    /** Times of all ranks' steps, at rank 0 and only for a report. */
    final byte[][] timings;

    /** What is to be said of the store's place, or empty. */
    final String storeNote;

    final int rank;
    final int ranks;

    History(Steps steps, RootReader reader, byte[][] timings, String storeNote, Group world) {
        this.steps = steps;
        this.reader = reader;
        this.timings = timings;
        this.storeNote = storeNote;
        this.rank = world.rank();
        this.ranks = world.size();
    }
}
