package io.bootcast.build.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a class path's names say: which classes there are, and which files are named after a type, as service files are. */
final class Names {
    private static final String CLASS_SUFFIX = ".class";
    private static final String MODULE_INFO = "module-info.class";
    private static final String META_INF = "META-INF/";

    private final Set<String> all;
    private final Set<String> classes = new TreeSet<>();
    private final List<String> moduleDescriptors = new ArrayList<>();
    private final Map<String, List<String>> filesOfType = new HashMap<>();

    Names(Entries entries) {
        all = new TreeSet<>(entries.names());
        for (String name : all) {
            if (name.equals(MODULE_INFO) || name.endsWith("/" + MODULE_INFO)) {
                moduleDescriptors.add(name);
            } else if (name.endsWith(CLASS_SUFFIX) && !name.startsWith(META_INF)) {
                classes.add(name.substring(0, name.length() - CLASS_SUFFIX.length()));
            }
        }
        for (String name : all) {
            if (name.startsWith(META_INF) && !name.endsWith("/") && !name.endsWith(CLASS_SUFFIX)) {
                String type = name.substring(name.lastIndexOf('/') + 1).replace('.', '/');
                filesOfType.computeIfAbsent(type, key -> new ArrayList<>()).add(name);
                int dot = type.lastIndexOf('/');
                if (dot > 0) { // a/b/C.imports
                    filesOfType
                            .computeIfAbsent(type.substring(0, dot), key -> new ArrayList<>())
                            .add(name);
                }
            }
        }
    }

    /** True if the class path has the class {@code a/b/C}. */
    boolean isClass(String name) {
        return classes.contains(name);
    }

    /** True for the name of a file that is no class. */
    boolean isFile(String name) {
        return !name.endsWith("/") && !name.endsWith(CLASS_SUFFIX) && all.contains(name);
    }

    /** The names of all module descriptors. */
    List<String> moduleDescriptors() {
        return moduleDescriptors;
    }

    int classCount() {
        return classes.size();
    }

    /** The files below {@code META-INF} that are named after the type {@code a/b/C}, with or without a suffix. */
    List<String> filesOf(String type) {
        return filesOfType.getOrDefault(type, List.of());
    }

    /** The names of types, and of what is none, that have such files. */
    Set<String> typesWithFiles() {
        return filesOfType.keySet();
    }

    static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    static String internal(String name) {
        return name.replace('.', '/');
    }
}
