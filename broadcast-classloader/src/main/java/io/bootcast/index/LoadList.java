package io.bootcast.index;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Classes and resources of the class path that a run has loaded, in order, each once; nothing of the JDK. Immutable.
 *
 * <p>UTF-8 text, each line ended by a line feed:
 *
 * <pre>
 * bootcast-load-list 1
 * class p/C.class
 * resource META-INF/services/p.C
 * </pre>
 *
 * The names are those of the index: a class of a multi-release jar has no {@code META-INF/versions} before it. Names that a line cannot hold (control characters, halves of
 * characters) are left out.
 */
public final class LoadList {
    private static final String HEAD = "bootcast-load-list 1";
    private static final String CLASS = "class ";
    private static final String RESOURCE = "resource ";
    private static final String CLASS_SUFFIX = ".class";
    private static final char DELETE = 0x7f;

    private final List<String> lines;

    private LoadList(Set<String> lines) {
        this.lines = Collections.unmodifiableList(new ArrayList<>(lines));
    }

    /**
     * The list in {@code bytes}. Of a line that is there twice the first counts.
     *
     * @param name where the bytes come from, for messages
     * @throws BootcastException with {@link Fault#FORMAT} if they hold none, one of another version, or one whose last line is cut
     */
    public static LoadList of(byte[] bytes, String name) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Set<String> lines = new LinkedHashSet<>();
        int number = 0;
        for (int at = 0; at < text.length() || number == 0; ) {
            int end = text.indexOf('\n', at);
            String line = end < 0 ? text.substring(at) : text.substring(at, end);
            number++;
            if (end < 0) {
                throw damaged(name, number, line, "a line with its end");
            }
            if (number > 1) {
                requireItem(name, number, line);
                lines.add(line);
            } else if (!line.equals(HEAD)) {
                throw damaged(name, number, line, HEAD);
            }
            at = end + 1;
        }
        return new LoadList(lines);
    }

    private static void requireItem(String name, int number, String line) {
        boolean isItem = line.startsWith(CLASS) && line.endsWith(CLASS_SUFFIX) || line.startsWith(RESOURCE);
        if (!isItem || !isPlain(line.substring(line.indexOf(' ') + 1))) {
            throw damaged(name, number, line, "class NAME.class or resource NAME");
        }
    }

    private static BootcastException damaged(String name, int number, String line, String expected) {
        return new BootcastException(
                Fault.FORMAT,
                "load list cannot be used: file=" + name + " line=" + number + " found=[" + line + "] expected="
                        + expected + "; record it again");
    }

    /** All that the lists hold: the first list in its order, then what each of the others adds, in theirs. */
    public static LoadList merge(List<LoadList> lists) {
        Set<String> lines = new LinkedHashSet<>();
        for (LoadList list : lists) {
            lines.addAll(list.lines);
        }
        return new LoadList(lines);
    }

    /** The class files' names ({@code p/C.class}), in order. */
    public List<String> classes() {
        return names(CLASS);
    }

    /** The resources' names, in order. */
    public List<String> resources() {
        return names(RESOURCE);
    }

    private List<String> names(String kind) {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(kind)) {
                names.add(line.substring(kind.length()));
            }
        }
        return names;
    }

    /** The names of classes and resources together, in the order in which they were first asked for. */
    public List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String line : lines) {
            names.add(line.substring(line.indexOf(' ') + 1));
        }
        return new ArrayList<>(names);
    }

    /** The list as it is stored. */
    public byte[] toBytes() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the list to {@code file}, so that nobody ever sees half of it. */
    public void write(File file) throws IOException {
        File temporary = new File(file.getPath() + "." + Long.toHexString(System.nanoTime()));
        try {
            try (FileOutputStream out = new FileOutputStream(temporary)) {
                out.write(toBytes());
            }
            if (!temporary.renameTo(file)) {
                throw new IOException("cannot rename " + temporary + " to " + file);
            }
        } finally {
            temporary.delete();
        }
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c == DELETE || Character.isSurrogate(c) && !isPair(name, i)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isPair(String name, int i) {
        int first = Character.isHighSurrogate(name.charAt(i)) ? i : i - 1;
        return first >= 0
                && first + 1 < name.length()
                && Character.isSurrogatePair(name.charAt(first), name.charAt(first + 1));
    }

    /** Collects what is loaded. Any thread. */
    public static final class Builder {
        private final Set<String> lines = new LinkedHashSet<>();

        /** Adds the class {@code name}, written as {@code p.C}. */
        public void addClass(String name) {
            add(CLASS, name.replace('.', '/').concat(CLASS_SUFFIX));
        }

        /** Adds the resource {@code name}. */
        public void addResource(String name) {
            add(RESOURCE, name);
        }

        private void add(String kind, String name) {
            if (isPlain(name)) {
                String line = kind.concat(name);
                synchronized (lines) {
                    lines.add(line);
                }
            }
        }

        /** What was added until now. */
        public LoadList build() {
            synchronized (lines) {
                return new LoadList(lines);
            }
        }
    }
}
