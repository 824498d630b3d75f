package io.bootcast.bench;

import io.bootcast.bench.StraceLine.Argument;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what {@code strace -ff -y} wrote of one rank, one file per thread, parents before the threads and processes that they made: these inherit
 * working directory and program. A directory change by one thread is seen in the others at their next {@code AT_FDCWD</directory>}.
 */
final class StraceReader {
    /** Calls that take no path: their strings are data, names or answers. */
    private static final Set<String> NO_PATHS = Set.of(
            "read",
            "readv",
            "pread64",
            "preadv",
            "preadv2",
            "write",
            "writev",
            "pwrite64",
            "pwritev",
            "pwritev2",
            "getdents",
            "getdents64",
            "getcwd",
            "fgetxattr",
            "fsetxattr",
            "fremovexattr",
            "flistxattr",
            "ioctl",
            "fcntl");

    private static final Set<String> TWO_PATHS = Set.of("rename", "renameat", "renameat2", "link", "linkat");
    /** The first string is what the link will say. */
    private static final Set<String> SECOND_IS_PATH = Set.of("symlink", "symlinkat");

    private static final String UNFINISHED = " <unfinished ...>";

    private final int rank;
    private final Homes homes;
    private final Map<Integer, Path> files;
    private final List<Call> calls = new ArrayList<>();

    private StraceReader(int rank, Homes homes, Map<Integer, Path> files) {
        this.rank = rank;
        this.homes = homes;
        this.files = new TreeMap<>(files);
    }

    /**
     * The calls of one rank, those of a thread together and in their order.
     *
     * @param files thread id to file
     * @param start working directory of the first process
     */
    static List<Call> read(int rank, Map<Integer, Path> files, String start, Homes homes) throws IOException {
        StraceReader reader = new StraceReader(rank, homes, files);
        Set<Integer> made = new HashSet<>();
        for (Path file : files.values()) {
            for (StraceLine line : lines(file)) {
                if (makesThread(line)) {
                    made.add(line.number());
                }
            }
        }
        Deque<Traced> waiting = new ArrayDeque<>();
        for (int thread : files.keySet()) {
            if (!made.contains(thread)) {
                waiting.add(reader.new Traced(thread, start, ""));
            }
        }
        while (!waiting.isEmpty()) {
            waiting.removeFirst().read(waiting);
        }
        return reader.calls;
    }

    private static boolean makesThread(StraceLine line) {
        return switch (line.name()) {
            case "clone", "clone3", "fork", "vfork" -> line.number() > 0;
            default -> false;
        };
    }

    /** The calls of a file; what was interrupted by another thread's line is put together again, or stays without result. */
    private static List<StraceLine> lines(Path file) throws IOException {
        List<StraceLine> lines = new ArrayList<>();
        String begun = "";
        // Bytes of no encoding: strace escapes all that is not ASCII, except where it does not.
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                int resumed = text.startsWith("<... ") ? text.indexOf(" resumed>") : -1;
                if (resumed > 0) {
                    text = begun.concat(text.substring(resumed + " resumed>".length()));
                    begun = "";
                } else if (text.endsWith(UNFINISHED)) {
                    begun = text.substring(0, text.length() - UNFINISHED.length());
                    continue;
                }
                addIfCall(text, lines);
            }
        }
        addIfCall(begun, lines);
        return lines;
    }

    private static void addIfCall(String text, List<StraceLine> lines) {
        StraceLine line = StraceLine.parse(text);
        if (line != null) {
            lines.add(line);
        }
    }

    /** One thread, while its file is read. */
    private final class Traced {
        private final int id;
        private String directory;
        private String program;

        Traced(int id, String directory, String program) {
            this.id = id;
            this.directory = directory;
            this.program = program;
        }

        void read(Deque<Traced> waiting) throws IOException {
            for (StraceLine line : lines(Objects.requireNonNull(files.get(id), "a trace of its own"))) {
                add(line);
                if (makesThread(line) && files.containsKey(line.number())) {
                    waiting.add(new Traced(line.number(), directory, program));
                }
            }
        }

        private void add(StraceLine line) {
            List<String> paths = pathsOf(line);
            boolean usesFile = !paths.isEmpty() || !line.arguments().isEmpty();
            if (line.name().equals("execve") && line.succeeded()) {
                program = paths.get(0);
            }
            Cause cause = homes.causeOf(program, Call.Kind.of(line.name()), paths, line.failed());
            calls.add(new Call(rank, id, line.name(), paths, usesFile, line.failed(), program, cause));
            follow(line, paths);
        }

        private List<String> pathsOf(StraceLine line) {
            List<String> given = new ArrayList<>();
            List<String> open = new ArrayList<>();
            int strings = 0;
            Argument before = null;
            for (Argument argument : line.arguments()) {
                if (argument.isDescriptor()) {
                    takeDescriptor(line, argument, open);
                } else if (isPath(line.name(), ++strings)) {
                    boolean relativeToDescriptor = before != null
                            && before.isDescriptor()
                            && before.index() == argument.index() - 1
                            && before.value().startsWith("/");
                    given.add(resolve(
                            before != null && relativeToDescriptor ? before.value() : directory, argument.value()));
                }
                before = argument;
            }
            if (given.isEmpty()) {
                given.addAll(open);
            }
            String returned = line.returned();
            if (returned.startsWith("/") && !given.contains(returned)) {
                given.add(returned);
            }
            return List.copyOf(given);
        }

        private void takeDescriptor(StraceLine line, Argument argument, List<String> open) {
            if (!argument.value().startsWith("/")) {
                return;
            }
            if (argument.index() == 0 && line.mentions("(AT_FDCWD<")) {
                directory = argument.value();
            }
            open.add(argument.value());
        }

        private void follow(StraceLine line, List<String> paths) {
            if (!line.succeeded()) {
                return;
            }
            switch (line.name()) {
                case "chdir", "fchdir" -> directory = paths.isEmpty() ? directory : paths.get(0);
                case "getcwd" -> {
                    String answer = line.arguments().isEmpty()
                            ? ""
                            : line.arguments().get(0).value();
                    directory = answer.startsWith("/") ? answer : directory;
                }
                default -> {}
            }
        }
    }

    private static boolean isPath(String name, int ordinal) {
        if (NO_PATHS.contains(name)) {
            return false;
        }
        if (SECOND_IS_PATH.contains(name)) {
            return ordinal == 2;
        }
        return ordinal == 1 || ordinal == 2 && TWO_PATHS.contains(name);
    }

    /** Joins and cleans up by text: links are not followed, so that {@code a/..} is taken for nothing. */
    private static String resolve(String directory, String path) {
        return Path.of(directory).resolve(path).normalize().toString();
    }
}
