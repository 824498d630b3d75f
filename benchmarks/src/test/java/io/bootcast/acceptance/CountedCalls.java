package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The calls of one name in a trace by {@code strace -f -y}, thread by thread, in order: what {@code -e inject=…:when=N} counts. */
final class CountedCalls {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(<\\.\\.\\. )?(\\w+)( resumed>|\\()(.*)");
    private static final Pattern RESULT = Pattern.compile("= (\\d+)( .*)?$");

    /** One call; the result is -1 until it is known. */
    private static final class Counted {
        private final String arguments;
        private long result = -1;

        private Counted(String arguments) {
            this.arguments = arguments;
        }
    }

    private final Map<String, List<Counted>> ofThread = new HashMap<>();
    private final String file;
    private Counted last = new Counted("");

    private CountedCalls(String file) {
        this.file = file;
    }

    /** The calls {@code name}; of interest are those whose arguments name {@code file}. */
    static CountedCalls of(Path trace, String name, String file) throws IOException {
        CountedCalls calls = new CountedCalls(file);
        for (String line : Files.readAllLines(trace, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && matcher.group(3).equals(name)) {
                calls.add(matcher.group(1), matcher.group(2) == null, matcher.group(5));
            }
        }
        return calls;
    }

    private void add(String thread, boolean begins, String text) {
        List<Counted> all = ofThread.computeIfAbsent(thread, none -> new ArrayList<>());
        if (begins) {
            last = new Counted(text);
            all.add(last);
        }
        Matcher result = RESULT.matcher(text);
        if (result.find() && !all.isEmpty()) {
            all.get(all.size() - 1).result = Long.parseLong(result.group(1));
        }
    }

    /** The numbers, from 1, of the calls of interest in the thread that made most of them, with a result of {@code least} or more. */
    List<Integer> ordinals(long least) {
        List<Integer> most = List.of();
        for (List<Counted> calls : ofThread.values()) {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < calls.size(); i++) {
                if (calls.get(i).arguments.contains(file) && calls.get(i).result >= least) {
                    found.add(i + 1);
                }
            }
            most = found.size() > most.size() ? found : most;
        }
        return most;
    }

    /** True if the trace ends in a call of interest that has not returned. */
    boolean endsInside() {
        return last.result < 0 && last.arguments.contains(file);
    }
}
