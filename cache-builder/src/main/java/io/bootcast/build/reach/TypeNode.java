package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A type and how far the analysis has come with it. */
final class TypeNode {
    /** Where a type comes from. */
    enum Home {
        CLASS_PATH,
        JDK,
        NOWHERE
    }

    final String name;
    final Home home;
    /** Empty if the class is absent or its file is broken. */
    final Optional<ClassFacts> facts;
    /** Itself and all its supertypes. */
    final Set<TypeNode> supertypes = new LinkedHashSet<>();

    boolean loaded;
    boolean linked;
    boolean initialised;
    boolean made;
    boolean reflected;
    /** There may be an object of it: of a subtype that is made, of a lambda, of a proxy. */
    boolean hasObject;

    /** Subtypes of which objects are made. */
    final List<TypeNode> madeSubtypes = new ArrayList<>();
    /** Methods called on the type, each with the doubt of the call. */
    final Map<String, Integer> called = new LinkedHashMap<>();
    /** Methods of this very class that run. */
    final Set<String> running = new HashSet<>();
    /** Methods with code that waits for an object of this type. */
    final Set<MethodRun> waiting = new LinkedHashSet<>();

    TypeNode(String name, Home home, Optional<ClassFacts> facts) {
        this.name = name;
        this.home = home;
        this.facts = facts;
        supertypes.add(this);
    }

    boolean isOnClassPath() {
        return home == Home.CLASS_PATH;
    }

    Collection<Method> methods() {
        return facts.isEmpty() ? List.of() : facts.get().methods().values();
    }

    Optional<Method> method(String key) {
        return facts.map(known -> known.methods().get(key));
    }
}
