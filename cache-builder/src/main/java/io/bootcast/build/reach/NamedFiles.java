package io.bootcast.build.reach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Classes that are named in files: service files, and others in which a program may look for classes. Each file is read once. */
final class NamedFiles {
    /** Larger files are data. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Pattern NO_NAME = Pattern.compile("[^\\w.$]+");

    private final Entries entries;
    private final Names names;
    private final Types types;
    private final Map<String, List<String>> ofJdkPackages = new HashMap<>();
    private final Set<String> read = new HashSet<>();

    NamedFiles(Entries entries, Names names, Types types) {
        this.entries = entries;
        this.names = names;
        this.types = types;
        for (String type : names.typesWithFiles()) {
            if (types.get(type).home == TypeNode.Home.JDK) {
                ofJdkPackages
                        .computeIfAbsent(packageOf(type), key -> new ArrayList<>())
                        .addAll(names.filesOf(type));
            }
        }
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('/')));
    }

    /** The files with providers for {@code type}, or, if it is the JDK's, for its package: {@code DriverManager} asks for {@code Driver}s. */
    List<String> provided(TypeNode type) {
        return type.home == TypeNode.Home.JDK
                ? ofJdkPackages.getOrDefault(packageOf(type.name), List.of())
                : names.filesOf(type.name);
    }

    /** The classes of the class path that the places of {@code file} name, each with the element. Nothing if it was read before. */
    Map<String, String> read(String file) {
        Map<String, String> found = new LinkedHashMap<>();
        if (!read.add(file)) {
            return found;
        }
        for (Entries.Place place : entries.find(file)) {
            try {
                byte[] bytes = place.read();
                if (bytes.length <= MOST_BYTES) {
                    for (String word : NO_NAME.split(new String(bytes, StandardCharsets.UTF_8))) {
                        String name = Names.internal(word);
                        if (names.isClass(name)) {
                            found.putIfAbsent(name, place.element());
                        }
                    }
                }
            } catch (IOException e) {
                types.note(file, place, e.toString());
            }
        }
        return found;
    }
}
