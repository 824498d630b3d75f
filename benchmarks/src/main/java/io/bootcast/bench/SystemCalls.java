package io.bootcast.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the ranks of a job have asked the operating system, from the files {@code DIR/rankR.PID} that {@code scripts/testbed/trace} has written: calls
 * that take a path or a descriptor, of the rank's process from its first {@code execve} to its end, its threads, and processes that it has started.
 *
 * <p>Paths are absolute; links are not followed, but a file that was opened through a link is known by both names. Questions narrow the set down and
 * can be chained: {@code calls.ofRank(1).below("/shared").byCause()}.
 */
public final class SystemCalls {
    private final List<Call> calls;

    private SystemCalls(List<Call> calls) {
        this.calls = List.copyOf(calls);
    }

    /**
     * Reads a directory of trace files.
     *
     * @param traces the directory
     * @param start the working directory in which the ranks were started
     * @param homes tells whose a call is; {@link Homes#NONE} if nobody asks
     */
    public static SystemCalls read(Path traces, String start, Homes homes) throws IOException {
        Map<Integer, Map<Integer, Path>> files = new TreeMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(traces, "rank*.*")) {
            for (Path file : found) {
                String[] numbers =
                        file.getFileName().toString().substring("rank".length()).split("\\.");
                files.computeIfAbsent(Integer.valueOf(numbers[0]), rank -> new TreeMap<>())
                        .put(Integer.valueOf(numbers[1]), file);
            }
        }
        List<Call> calls = new ArrayList<>();
        for (Map.Entry<Integer, Map<Integer, Path>> rank : files.entrySet()) {
            calls.addAll(StraceReader.read(rank.getKey(), rank.getValue(), start, homes));
        }
        return new SystemCalls(calls);
    }

    /** All of them: by rank, then thread, then time. */
    public List<Call> list() {
        return calls;
    }

    public int count() {
        return calls.size();
    }

    public Set<Integer> ranks() {
        Set<Integer> ranks = new TreeSet<>();
        for (Call call : calls) {
            ranks.add(call.rank());
        }
        return ranks;
    }

    /** Those that {@code wanted} accepts. */
    public SystemCalls where(Predicate<Call> wanted) {
        return new SystemCalls(calls.stream().filter(wanted).toList());
    }

    public SystemCalls ofRank(int rank) {
        return where(call -> call.rank() == rank);
    }

    public SystemCalls of(Call.Kind kind) {
        return where(call -> call.kind() == kind);
    }

    public SystemCalls by(Cause cause) {
        return where(call -> call.cause() == cause);
    }

    public SystemCalls failed() {
        return where(Call::failed);
    }

    public SystemCalls succeeded() {
        return where(call -> !call.failed());
    }

    /** Those that reach {@code directory} or something below it, by path or by descriptor. */
    public SystemCalls below(String directory) {
        return where(call -> call.isBelow(directory));
    }

    /**
     * Those that the thread made which looked for path {@code begin}, from then on until it looked for {@code end}, without these two.
     *
     * @throws IllegalStateException if no thread did so, or one did not look for {@code end}
     */
    public SystemCalls between(String begin, String end) {
        List<Call> found = new ArrayList<>();
        int thread = -1;
        int rank = -1;
        for (Call call : calls) {
            boolean inside = thread == call.thread() && rank == call.rank();
            if (call.path().equals(begin)) {
                thread = call.thread();
                rank = call.rank();
                found.clear();
            } else if (inside && call.path().equals(end)) {
                return new SystemCalls(found);
            } else if (inside) {
                found.add(call);
            }
        }
        throw new IllegalStateException("no calls between markers: begin=" + begin + " found=" + (thread >= 0) + " end="
                + end + " found=false");
    }

    /** How many of which kind: {@code open}, {@code open failed}, {@code stat}, … */
    public Map<String, Integer> byKind() {
        return countBy(call -> call.kind().name().toLowerCase(Locale.ROOT) + (call.failed() ? " failed" : ""));
    }

    public Map<Cause, Integer> byCause() {
        return countBy(Call::cause);
    }

    /** How many by the path that they were given; calls by descriptor under the file's. */
    public Map<String, Integer> byPath() {
        return countBy(Call::path);
    }

    public Map<Integer, Integer> byRank() {
        return countBy(Call::rank);
    }

    private <K extends Comparable<K>> Map<K, Integer> countBy(Function<Call, K> key) {
        Map<K, Integer> counts = new TreeMap<>();
        for (Call call : calls) {
            counts.merge(key.apply(call), 1, Integer::sum);
        }
        return counts;
    }

    /** One line per call, for a test's message. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Call call : calls) {
            text.append("rank ").append(call.rank()).append(' ').append(call.name());
            text.append(call.failed() ? " failed " : " ")
                    .append(call.cause())
                    .append(' ')
                    .append(call.paths());
            text.append('\n');
        }
        return text.toString();
    }
}
