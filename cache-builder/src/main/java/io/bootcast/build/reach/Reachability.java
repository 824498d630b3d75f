package io.bootcast.build.reach;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was reached: an answer to which classes a program will load, in which order, and why. */
public final class Reachability {
    private final Map<String, Reached> reached = new LinkedHashMap<>();
    private final List<Absent> absent;
    private final List<String> broken;
    private final int classCount;

    Reachability(List<Reached> reached, List<Absent> absent, List<String> broken, int classCount) {
        reached.forEach(one -> this.reached.put(one.name(), one));
        this.absent = List.copyOf(absent);
        this.broken = List.copyOf(broken);
        this.classCount = classCount;
    }

    /** All classes of the class path that can be reached, those with the least doubt first. */
    public List<Reached> all() {
        return List.copyOf(reached.values());
    }

    /** The first of {@link #all}, at most half of the class path's classes: those to carry and order where nothing better is known. */
    public List<Reached> marked() {
        List<Reached> all = all();
        return all.subList(0, Math.min(all.size(), classCount / 2));
    }

    /** The number of classes on the class path. */
    public int classCount() {
        return classCount;
    }

    /** The class {@code name} ({@code a.b.C}), if it is reached. */
    public Optional<Reached> find(String name) {
        return Optional.ofNullable(reached.get(name));
    }

    /** From {@code name} back to the entry point; empty if it is not reached. */
    public List<Reached> chain(String name) {
        return chain(name, reached);
    }

    static List<Reached> chain(String name, Map<String, Reached> reached) {
        Set<Reached> chain = new LinkedHashSet<>();
        Reached next = reached.get(name);
        while (next != null && chain.add(next)) {
            next = reached.get(next.fromClass());
        }
        return new ArrayList<>(chain);
    }

    /** Classes that are needed and absent, those that are likely to be missed first. */
    public List<Absent> absent() {
        return absent;
    }

    /** Class files and service files that could not be read, with the reason. */
    public List<String> broken() {
        return broken;
    }
}
