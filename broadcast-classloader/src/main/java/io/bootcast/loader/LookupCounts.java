package io.bootcast.loader;

import java.util.concurrent.atomic.AtomicInteger;

/** How often the loader was asked for something, and whether the class path had it. Any thread. */
public final class LookupCounts {
    private final AtomicInteger classHits = new AtomicInteger();
    private final AtomicInteger classMisses = new AtomicInteger();
    private final AtomicInteger resourceHits = new AtomicInteger();
    private final AtomicInteger resourceMisses = new AtomicInteger();

    private final AtomicInteger libraryHits = new AtomicInteger();
    private final AtomicInteger libraryMisses = new AtomicInteger();

    void hit() {
        classHits.incrementAndGet();
    }

    void miss(boolean inIndex) {
        if (inIndex) {
            classMisses.incrementAndGet();
        }
    }

    void resource(boolean found) {
        (found ? resourceHits : resourceMisses).incrementAndGet();
    }

    void library(boolean found) {
        (found ? libraryHits : libraryMisses).incrementAndGet();
    }

    /** Classes defined from the class path. */
    public int classHits() {
        return classHits.get();
    }

    /** Class names that the class path does not have; most of them are the JDK's. */
    public int classMisses() {
        return classMisses.get();
    }

    public int resourceHits() {
        return resourceHits.get();
    }

    public int resourceMisses() {
        return resourceMisses.get();
    }

    /** Native libraries that were found here. */
    public int libraryHits() {
        return libraryHits.get();
    }

    /** Native libraries that were left to the JVM. */
    public int libraryMisses() {
        return libraryMisses.get();
    }
}
