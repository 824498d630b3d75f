package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The class path as the {@code java} launcher understands it: elements parted by {@code :}, an empty one is the working directory, {@code
 * dir/*} stands for the jars in {@code dir} in the order in which the directory lists them (the launcher's order, so that the first of
 * two equal classes is the same one).
 */
final class ClassPath {
    private ClassPath() {}

    /**
     * The elements of {@code classPath} in order, wildcards expanded; a wildcard that matches nothing stays, as with {@code java}, and
     * then names a file that does not exist, and so does one that really is the name of a file. Directories are listed through {@code sightings}.
     */
    static List<String> elements(String classPath, Sightings sightings) throws IOException {
        List<String> elements = new ArrayList<>();
        int start = 0;
        while (start <= classPath.length()) {
            int end = classPath.indexOf(File.pathSeparatorChar, start);
            if (end < 0) {
                end = classPath.length();
            }
            String element = classPath.substring(start, end);
            if (!addWildcard(element, elements, sightings)) {
                elements.add(element.isEmpty() ? "." : element);
            }
            start = end + 1;
        }
        return elements;
    }

    private static boolean addWildcard(String element, List<String> elements, Sightings sightings) throws IOException {
        if (!element.equals("*") && !element.endsWith("/*")) {
            return false;
        }
        String directory = element.substring(0, element.length() - 1);
        String[] names = sightings.list(directory.isEmpty() ? "." : directory);
        if (Arrays.asList(names).contains("*")) {
            return false;
        }
        boolean found = false;
        for (String name : names) {
            if (isJar(name)) {
                elements.add(directory + name);
                found = true;
            }
        }
        return found;
    }

    private static boolean isJar(String name) {
        return (name.endsWith(".jar") || name.endsWith(".JAR")) && name.indexOf(File.pathSeparatorChar) < 0;
    }
}
