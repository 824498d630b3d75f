package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Asks a JVM whether it takes a class-data archive. Class paths are given by descriptor, {@code /proc/self/fd/9/…}, so that an archive fits wherever the image lies: see {@link
 * #withDescriptor}.
 */
public final class ArchiveCheck {
    /** Descriptor 9 is the image's directory. */
    public static final String ROOT = "/proc/self/fd/9/";

    /** Also the AOT cache is a file of its own kind, told by its name. */
    public static final String AOT = ".aot";

    /** The module that {@code -javaagent} adds: the JVM takes no AOT cache that was made with other modules. */
    public static final String AGENT_MODULE = "--add-modules=java.instrument";

    /** What the JVM says of any refusal. */
    private static final String[] EMPTY_WORDS = {
        "An error has occurred while processing",
        "Error occurred during initialization of VM",
        "Unable to use shared archive",
        "Unable to use AOT cache",
        "Unable to map shared spaces",
        "Loading static archive failed",
        "Disabling optimized module handling",
        "Error: Could not create the Java Virtual Machine",
        "Error: A fatal exception has occurred"
    };

    private static final String[] OPTION_VARIABLES = {
        "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "JDK_AOT_VM_OPTIONS", "CLASSPATH"
    };

    private static final int LONGEST_REASON = 400;

    private ArchiveCheck() {}

    /** The words that run {@code command} with descriptor 9 opened on the directory {@code image}; the process is the command itself. */
    public static List<String> withDescriptor(File image, List<String> command) {
        List<String> words = new ArrayList<>();
        Collections.addAll(words, "/bin/sh", "-c", "exec 9<\"$1\"; shift; exec \"$@\"", "sh", image.getPath());
        words.addAll(command);
        return words;
    }

    /** The name of a line of {@code launch/class-path} for a process with that descriptor; an element that stayed at home has a name of its own. */
    public static String place(String element) {
        return element.startsWith("/") ? element : ROOT + element;
    }

    /** Takes variables away by which a JVM gets options that nobody sees. */
    public static void clearOptions(Map<String, String> environment) {
        for (String variable : OPTION_VARIABLES) {
            environment.remove(variable);
        }
    }

    /** The flags with which a JVM uses {@code archive}, or refuses to start if {@code must} and it cannot. */
    public static List<String> use(File archive, boolean must) {
        List<String> flags = new ArrayList<>();
        if (archive.getName().endsWith(AOT)) {
            Collections.addAll(flags, "-XX:AOTMode=" + (must ? "on" : "auto"), "-XX:AOTCache=" + archive);
        } else {
            Collections.addAll(flags, "-Xshare:" + (must ? "on" : "auto"), "-XX:SharedArchiveFile=" + archive);
        }
        return flags;
    }

    /**
     * Why the JVM {@code java} does not take {@code archive}, in one line; an empty string if it does. {@code flags} hold the class path. Starts a JVM that runs no
     * application.
     */
    public static String refusal(File image, String java, List<String> flags, File archive, int seconds) {
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(use(archive, /* must= */ true));
        Collections.addAll(command, "-Xlog:disable", "-Xlog:all=warning:stderr");
        command.addAll(flags);
        command.add("-version");
        Answer answer = ask(withDescriptor(image, command), seconds);
        return answer.exitCode == 0 ? "" : answer.reason();
    }

    /** Runs {@code words} and keeps what they print; ends them after {@code seconds}. */
    static Answer ask(List<String> words, int seconds) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.redirectInput(new File("/dev/null"));
        clearOptions(builder.environment());
        try {
            Process process = builder.start();
            Reader reader = new Reader(process.getInputStream());
            reader.start();
            try {
                if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                    return new Answer(-1, "no answer within seconds=" + seconds);
                }
                reader.join(TimeUnit.SECONDS.toMillis(seconds));
                return new Answer(process.exitValue(), reader.text());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return new Answer(-1, BootcastException.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(-1, "interrupted");
        }
    }

    /** What of a JVM's output says why something failed, in one line; {@code otherwise} if it says nothing. */
    public static String reason(String text, String otherwise) {
        StringBuilder reason = new StringBuilder();
        String last = otherwise;
        for (String line : text.split("\n")) {
            String words = withoutDecorations(line);
            last = words.isEmpty() ? last : words;
            if (!words.isEmpty() && !isEmptyWords(words) && reason.indexOf(words) < 0) {
                reason.append(reason.length() == 0 ? "" : "; ").append(words);
            }
        }
        String line = reason.length() == 0 ? last : reason.toString();
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }

    private static boolean isEmptyWords(String words) {
        for (String start : EMPTY_WORDS) {
            if (words.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** {@code line} without time, level and tags at its start. */
    private static String withoutDecorations(String line) {
        String words = line.trim();
        while (words.startsWith("[") && words.indexOf(']') > 0) {
            words = words.substring(words.indexOf(']') + 1).trim();
        }
        return words;
    }

    /** What a process said. */
    static final class Answer {
        private final int exitCode;
        private final String text;

        private Answer(int exitCode, String text) {
            this.exitCode = exitCode;
            this.text = text;
        }

        boolean isGood() {
            return exitCode == 0;
        }

        String text() {
            return text;
        }

        String reason() {
            return ArchiveCheck.reason(text, "exitCode=" + exitCode);
        }
    }

    /** Keeps the pipe from filling. */
    private static final class Reader extends Thread {
        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Reader(InputStream in) {
            super("bootcast-archive-check");
            this.in = in;
            setDaemon(true);
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (InputStream closing = in) {
                for (int read = closing.read(buffer); read >= 0; read = closing.read(buffer)) {
                    synchronized (bytes) {
                        bytes.write(buffer, 0, read);
                    }
                }
            } catch (IOException e) {
                // The process was ended: what it said until then counts.
            }
        }

        String text() {
            synchronized (bytes) {
                return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
            }
        }
    }
}
