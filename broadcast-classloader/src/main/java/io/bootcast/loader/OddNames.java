package io.bootcast.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * Names that are no entry's name but that a directory answers to, because the kernel walks them: {@code a//b}, {@code ./a}, {@code a/../b}, {@code
 * file/}. The stock loader passes them on; the index knows only the plain form. Rare, so nothing here is quick.
 */
final class OddNames {
    private OddNames() {}

    /** True if {@code name} may have another, plain form. What begins with a slash has none: its URL leads away, but for that of two slashes. */
    static boolean isOdd(String name) {
        return name.equals("//")
                || !name.startsWith("/")
                        && (name.endsWith("/") || name.startsWith(".") || name.contains("//") || name.contains("/."));
    }

    /** The plain form of {@code name}, asked below {@code directory}; null if it leads out of it. */
    static String plain(String directory, String name) {
        String base = walk(directory);
        String full = walk(directory + "/" + name);
        if (full.equals(base)) {
            return "";
        }
        return full.startsWith(base + "/") ? full.substring(base.length() + 1) : null;
    }

    private static String walk(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
