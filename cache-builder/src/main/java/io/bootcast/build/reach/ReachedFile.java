package io.bootcast.build.reach;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text form in which a bundle keeps what was reached, {@code launch/reached}: UTF-8, one line per class in the order of {@link Reachability#all}.
 *
 * <pre>
 * NAME KIND DOUBT FROM-CLASS FROM     single blanks; NAME and FROM-CLASS a.b.C, FROM-CLASS - for none; FROM to the end of the line, may be empty or hold blanks
 * </pre>
 */
public final class ReachedFile {
    /** Name in a bundle and below an image's directory. */
    public static final String NAME = "launch/reached";

    private static final String NONE = "-";
    private static final int FIELDS = 5;

    private final Map<String, Reached> reached = new LinkedHashMap<>();

    private ReachedFile() {}

    /** The text for {@code reachability}; the same input gives the same text. */
    public static String write(Reachability reachability) {
        StringBuilder text = new StringBuilder();
        for (Reached one : reachability.all()) {
            text.append(one.name()).append(' ');
            text.append(one.evidence().word()).append(' ');
            text.append(one.doubt()).append(' ');
            text.append(one.fromClass().isEmpty() ? NONE : one.fromClass()).append(' ');
            text.append(one.from()).append('\n');
        }
        return text.toString();
    }

    /** Reads what {@link #write} has written; a line that is none of its is refused. */
    public static ReachedFile read(String text) {
        ReachedFile file = new ReachedFile();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Reached one = parse(line, number);
            if (file.reached.put(one.name(), one) != null) {
                throw damaged(number, line);
            }
        }
        return file;
    }

    private static Reached parse(String line, int number) {
        String[] fields = line.split(" ", FIELDS);
        if (fields.length < FIELDS || !fields[2].matches("\\d{1,9}")) {
            throw damaged(number, line);
        }
        Evidence evidence = Evidence.ofWord(fields[1]).orElseThrow(() -> damaged(number, line));
        String fromClass = fields[3].equals(NONE) ? "" : fields[3];
        return new Reached(fields[0], evidence, fields[4], fromClass, Integer.parseInt(fields[2]));
    }

    private static BootcastException damaged(int number, String line) {
        return new BootcastException(
                Fault.FORMAT,
                "list of reached classes cannot be read: file=" + NAME + " line=" + number + " found=[" + line
                        + "] expected=[NAME KIND DOUBT FROM-CLASS FROM]; build the bundle again");
    }

    /** All classes, the likeliest first. */
    public List<Reached> all() {
        return new ArrayList<>(reached.values());
    }

    /** From the class {@code name} back to the entry point, as {@code inspect --why} prints it; empty if it was not reached. */
    public List<Reached> chain(String name) {
        return Reachability.chain(name, reached);
    }
}
