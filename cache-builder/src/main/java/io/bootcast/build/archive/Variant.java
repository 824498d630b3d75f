package io.bootcast.build.archive;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One archive to make, and what JVMs it fits. The sets hold words of {@code launch/archives}; an empty one stands for any.
 *
 * @param name {@code stock.0} and so on
 * @param flags what makes a JVM on any machine one that this archive fits
 */
public record Variant(
        String name,
        Way way,
        Form form,
        Set<String> oops,
        Set<String> collectors,
        Set<String> headers,
        Set<String> agent,
        List<String> flags) {
    public Variant {
        oops = new TreeSet<>(oops);
        collectors = new TreeSet<>(collectors);
        headers = new TreeSet<>(headers);
        agent = new TreeSet<>(agent);
        flags = List.copyOf(flags);
    }

    /** The archive's path in the image. */
    public String file() {
        return "launch/" + name + form.ending();
    }

    /** The path in the image of the archive below it, which its header names; only {@link Form#LAYERED} has one. */
    String baseFile() {
        return "launch/" + name + ".base" + form.ending();
    }

    /** Its line of {@code launch/archives}, without line feed. */
    public String line() {
        return String.join(" ", name, way.word(), word(oops), word(collectors), word(headers), word(agent), file());
    }

    private static String word(Set<String> accepted) {
        return accepted.isEmpty() ? "*" : String.join(",", accepted);
    }

    /** True if a JVM with these traits can use this archive. */
    boolean accepts(String itsOops, String itsCollector, String itsHeaders, String itsAgent) {
        return accepts(oops, itsOops)
                && accepts(collectors, itsCollector)
                && accepts(headers, itsHeaders)
                && accepts(agent, itsAgent);
    }

    private static boolean accepts(Set<String> accepted, String word) {
        return accepted.isEmpty() || accepted.contains(word);
    }
}
