package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Method;
import io.bootcast.build.reach.TypeNode.Home;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.objectweb.asm.Opcodes;

/** All types of the class path and the JDK, each read when it is first asked for. A class file that cannot be read is noted and has no facts. */
final class Types {
    private final Entries entries;
    private final Names names;
    private final JdkClasses jdk = new JdkClasses();
    private final Map<String, TypeNode> known = new HashMap<>();
    private final List<String> broken = new ArrayList<>();

    Types(Entries entries, Names names) {
        this.entries = entries;
        this.names = names;
    }

    /** The type {@code a/b/C}. */
    TypeNode get(String name) {
        TypeNode type = known.get(name);
        if (type == null) {
            type = read(name);
            known.put(name, type);
            if (type.facts.isPresent()) {
                ClassFacts facts = type.facts.get();
                addSupertype(type, facts.superName());
                for (String implemented : facts.interfaces()) {
                    addSupertype(type, implemented);
                }
            }
        }
        return type;
    }

    /** A class that is its own supertype, which no JVM would load, ends here, too: it is known before its supertypes are read. */
    private void addSupertype(TypeNode type, String supertype) {
        if (!supertype.isEmpty()) {
            type.supertypes.addAll(get(supertype).supertypes);
        }
    }

    private TypeNode read(String name) {
        if (jdk.owns(name)) {
            return new TypeNode(name, Home.JDK, jdk.find(name));
        }
        if (!names.isClass(name)) {
            return new TypeNode(name, Home.NOWHERE, Optional.empty());
        }
        return new TypeNode(name, Home.CLASS_PATH, facts(name));
    }

    /** ASM says by exceptions of all kinds that a class file is damaged. */
    private Optional<ClassFacts> facts(String name) {
        Entries.Place place = entries.find(name + ".class").get(0);
        try {
            ClassFacts facts = FactsReader.all(place.read(), names);
            if (facts.name().equals(name)) {
                return Optional.of(facts);
            }
            note(name + ".class", place, "is class " + facts.name());
        } catch (IOException | RuntimeException e) {
            note(name + ".class", place, e.toString());
        }
        return Optional.empty();
    }

    /** Notes that an entry cannot be used. */
    void note(String entry, Entries.Place place, String reason) {
        broken.add("entry=" + entry + " element=" + place.element() + " reason=" + reason);
    }

    List<String> broken() {
        return broken;
    }

    /** The type whose code runs if {@code key} is called on an object of {@code type}: a superclass, else an interface with a default method. */
    Optional<TypeNode> declaring(TypeNode type, String key) {
        TypeNode next = type;
        for (int depth = 0; next.facts.isPresent() && depth < type.supertypes.size(); depth++) {
            if (hasCode(next, key)) {
                return Optional.of(next);
            }
            String superName = next.facts.get().superName();
            if (superName.isEmpty()) {
                break;
            }
            next = get(superName);
        }
        return type.supertypes.stream().filter(one -> hasCode(one, key)).findFirst();
    }

    private static boolean hasCode(TypeNode type, String key) {
        Optional<Method> method = type.method(key);
        return method.isPresent() && !method.get().is(Opcodes.ACC_ABSTRACT);
    }
}
