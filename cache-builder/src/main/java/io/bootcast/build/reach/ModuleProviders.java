package io.bootcast.build.reach;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

/** The providers in the module descriptors of a class path. A JVM ignores them there; programs that make module layers of their own do not. */
final class ModuleProviders {
    private final Map<String, Map<String, String>> providers = new HashMap<>();

    /** Notes descriptors that cannot be read in {@code types}. */
    ModuleProviders(Entries entries, Names names, Types types) {
        for (String descriptor : names.moduleDescriptors()) {
            for (Entries.Place place : entries.find(descriptor)) {
                try {
                    new ClassReader(place.read()).accept(new Reader(descriptor + " in " + place.element()), 0);
                } catch (IOException | RuntimeException e) {
                    types.note(descriptor, place, e.toString());
                }
            }
        }
    }

    /** The providers of the type {@code service}, each with the descriptor and its element. */
    Map<String, String> of(String service) {
        return providers.getOrDefault(service, Map.of());
    }

    private final class Reader extends ClassVisitor {
        private final String where;

        Reader(String where) {
            super(Opcodes.ASM9);
            this.where = where;
        }

        @Override
        public ModuleVisitor visitModule(String name, int access, @Nullable String version) {
            return new ModuleVisitor(Opcodes.ASM9) {
                @Override
                public void visitProvide(String service, String... classes) {
                    for (String provider : classes) {
                        providers
                                .computeIfAbsent(service, key -> new LinkedHashMap<>())
                                .putIfAbsent(provider, where);
                    }
                }
            };
        }
    }
}
