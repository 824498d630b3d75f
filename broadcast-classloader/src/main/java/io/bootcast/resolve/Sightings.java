package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was looked at, and how it was: the proof that the same class path gives the same image again, a line each. Also remembers what directories hold, so that
 * each is listed once. For one thread.
 */
public final class Sightings {
    private static final String LISTED = "listed";
    private static final String FILE = "file";
    private static final String TREE = "tree";
    private static final String LIBRARIES = "libraries";
    private static final char AND = '/';
    private static final String[] NO_NAMES = {};
    private static final char NOT_IN_THIS_LOCALE = '\uFFFD';

    private final List<String> lines = new ArrayList<>();
    private final Map<FileStamp, String[]> listings = new HashMap<>();

    /** Kind, proof and path of each thing, parted by blanks; see {@link #isUnchanged}. */
    public List<String> lines() {
        return lines;
    }

    void file(String name, FileStamp stamp) {
        lines.add(fileLine(name, stamp));
    }

    /** The line that says how the file {@code name} was. */
    public static String fileLine(String name, FileStamp stamp) {
        return FILE + " " + stamp.text() + " " + name;
    }

    void tree(String name, DirectoryTree tree) {
        lines.add(treeLine(name, tree));
    }

    /** The line that says how the directory {@code name} was, with all below it. */
    public static String treeLine(String name, DirectoryTree tree) {
        return TREE + " " + tree.fingerprint() + " " + name;
    }

    /** The names in {@code directory}, in the order in which it lists them; none if it is no directory. */
    String[] list(String directory) throws IOException {
        FileStamp stamp = FileStamp.of(new File(directory));
        String[] names = names(directory, stamp);
        listings.put(stamp, names);
        lines.add(LISTED + " " + stamp.text() + " " + directory);
        return names;
    }

    /**
     * Those names in {@code directory} that native libraries have, sorted. What else comes and goes there is not looked at: jars often lie where programs write. A directory
     * that was listed costs one system call.
     */
    List<String> libraries(String directory) throws IOException {
        FileStamp stamp = FileStamp.of(new File(directory));
        String[] names = listings.get(stamp);
        if (names == null) {
            names = names(directory, stamp);
            listings.put(stamp, names);
            lines.add(LIBRARIES + " " + stamp.text() + AND + fingerprint(libraries(names)) + " " + directory);
        }
        return libraries(names);
    }

    private static String[] names(String directory, FileStamp stamp) {
        String[] names = stamp.exists() ? new File(directory).list() : null;
        return names == null ? NO_NAMES : names;
    }

    private static List<String> libraries(String[] names) {
        List<String> libraries = new ArrayList<>();
        for (String name : names) {
            if (FileSet.isLibraryName(name) && name.indexOf(NOT_IN_THIS_LOCALE) < 0) {
                libraries.add(name);
            }
        }
        Collections.sort(libraries);
        return libraries;
    }

    private static String fingerprint(List<String> names) {
        long fingerprint = Fingerprint.EMPTY;
        for (String name : names) {
            fingerprint = Fingerprint.add(fingerprint, name + "\n");
        }
        return Long.toHexString(fingerprint);
    }

    /** True if what a line describes is still as it was. One system call; for directories that travel a walk, for those that have changed a listing. */
    public static boolean isUnchanged(String line, Limits limits) throws IOException {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        String kind = line.substring(0, first);
        String proof = line.substring(first + 1, second);
        File file = new File(line.substring(second + 1));
        if (kind.equals(TREE)) {
            return proof.equals(DirectoryTree.walk(file, limits.files(), limits.directoryBytes())
                    .fingerprint());
        }
        FileStamp stamp = FileStamp.of(file);
        if (kind.equals(LIBRARIES)) {
            int and = proof.indexOf(AND);
            return proof.substring(0, and).equals(stamp.text())
                    || proof.substring(and + 1).equals(fingerprint(libraries(names(file.getPath(), stamp))));
        }
        return proof.equals(stamp.text());
    }
}
