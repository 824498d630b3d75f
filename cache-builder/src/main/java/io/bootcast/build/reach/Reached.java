package io.bootcast.build.reach;

/**
 * A class that is reached.
 *
 * @param name {@code a.b.C}
 * @param evidence the strongest there is
 * @param from what refers to it: {@code a.b.C}, {@code a.b.C.method}, or {@code META-INF/services/x.Y in y.jar}; empty for an entry point
 * @param fromClass the class in {@code from}, or the one that had the file read; empty for an entry point
 * @param doubt the less, the likelier; see {@link Doubt}
 */
public record Reached(String name, Evidence evidence, String from, String fromClass, int doubt) {
    /** {@code a.b.C: code of a.b.D.run}. */
    public String describe() {
        return name + ": " + evidence.phrase() + (from.isEmpty() ? "" : " " + from);
    }
}
