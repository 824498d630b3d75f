package io.bootcast.store;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The mounts that this process sees, as {@code /proc/self/mountinfo} lists them; see proc_pid_mountinfo(5). */
final class Mounts {
    private static final String FILE = "/proc/self/mountinfo";
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONS = 5;
    private static final int OCTAL_DIGITS = 3;

    /** Nothing is known of any mount. */
    static final Mounts NONE = new Mounts("");

    private final String[] lines;

    Mounts(String text) {
        this.lines = text.split("\n");
    }

    /** The mounts of now; none where the system does not list them. */
    static Mounts ofThisProcess() {
        try (InputStream in = new FileInputStream(FILE)) {
            return new Mounts(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return NONE; // no Linux
        }
    }

    /** True if what lies at {@code file} cannot be executed nor mapped for execution; false where nothing is known. */
    boolean isNoexec(File file) {
        try {
            return this != NONE && isNoexec(file.getCanonicalPath());
        } catch (IOException e) {
            return false; // who uses the file will say what is wrong with it
        }
    }

    private boolean isNoexec(String path) {
        String longest = "";
        String options = "";
        for (String line : lines) {
            String[] fields = line.split(" ");
            if (fields.length <= OPTIONS) {
                continue;
            }
            String point = unescape(fields[MOUNT_POINT]);
            // Of several mounts at one place the last one covers the others.
            if (isBelow(path, point) && point.length() >= longest.length()) {
                longest = point;
                options = fields[OPTIONS];
            }
        }
        return ("," + options + ",").contains(",noexec,");
    }

    private static boolean isBelow(String path, String point) {
        return path.equals(point) || path.startsWith(point.endsWith(File.separator) ? point : point + File.separator);
    }

    /** Blanks, tabs, line feeds and backslashes are written as {@code \ooo}. */
    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '\\' && at + OCTAL_DIGITS < text.length()) {
                plain.append((char) Integer.parseInt(text.substring(at + 1, at + 1 + OCTAL_DIGITS), 8));
                at += 1 + OCTAL_DIGITS;
            } else {
                plain.append(text.charAt(at));
                at++;
            }
        }
        return plain.toString();
    }
}
