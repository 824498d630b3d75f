package io.bootcast.store;

/** Names of files as a bundle may give them: they must not lead out of the image's directory. Nothing here asks the file system. */
public final class Names {
    private Names() {}

    /** True if {@code name} is a relative path of ordinary segments: not empty, none of them empty, {@code .} or {@code ..}, no backslash, no NUL. */
    public static boolean isBelow(String name) {
        int start = 0;
        for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', start)) {
            if (!isOrdinary(name, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return isOrdinary(name, start, name.length());
    }

    private static boolean isOrdinary(String name, int start, int end) {
        if (start == end) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (name.charAt(i) == '\\' || name.charAt(i) == 0) {
                return false;
            }
        }
        String segment = name.substring(start, end);
        return !segment.equals(".") && !segment.equals("..");
    }

    /**
     * True if a link {@code name} to {@code target} leads to a place below the directory that {@code name} is relative to, provided that no directory above {@code name} is a link.
     * Each {@code ..} must come before all names: behind a name that is a link itself it would climb from where that leads.
     */
    public static boolean staysInside(String name, String target) {
        if (target.startsWith("/") || target.indexOf(0) >= 0) {
            return false;
        }
        int depth = 0;
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            depth++;
        }
        boolean descends = false;
        int start = 0;
        while (start <= target.length()) {
            int slash = target.indexOf('/', start);
            int end = slash < 0 ? target.length() : slash;
            String segment = target.substring(start, end);
            if (segment.equals("..")) {
                depth--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                descends = true;
            }
            if (depth < 0 || descends && segment.equals("..")) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }
}
