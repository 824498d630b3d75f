package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Step;
import java.util.ArrayList;
import java.util.List;

/** A method that runs, and those of its steps that are not reached yet: they need an object before. */
final class MethodRun {
    final TypeNode owner;
    final String key;
    final List<Step> left;

    MethodRun(TypeNode owner, String key, List<Step> steps) {
        this.owner = owner;
        this.key = key;
        this.left = new ArrayList<>(steps);
    }

    /** The source of what its code leads to: {@code a.b.C.method}. */
    Event.Source source(Evidence evidence) {
        String name = Names.dotted(owner.name);
        return new Event.Source(evidence, name + "." + key.substring(0, key.indexOf('(')), name);
    }
}
