package io.bootcast.build.reach;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Classes of the JDK that runs this: whether there is one of a name, and what it declares. */
final class JdkClasses {
    private static final Set<String> PACKAGES = ModuleFinder.ofSystem().findAll().stream()
            .flatMap(module -> module.descriptor().packages().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Optional<ClassFacts>> known = new HashMap<>();

    /** True if the package of {@code name} belongs to the JDK: a class path is never asked for it. */
    boolean owns(String name) {
        int slash = name.lastIndexOf('/');
        return slash >= 0 && PACKAGES.contains(name.substring(0, slash).replace('/', '.'));
    }

    /** What the JDK's class {@code name} declares; empty if there is none. */
    Optional<ClassFacts> find(String name) {
        return known.computeIfAbsent(name, this::read);
    }

    private Optional<ClassFacts> read(String name) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in == null ? Optional.empty() : Optional.of(FactsReader.declarations(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // A JDK newer than this ASM: without what the JDK calls, the rest is still true.
        }
    }
}
