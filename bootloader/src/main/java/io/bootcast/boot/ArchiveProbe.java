package io.bootcast.boot;

import io.bootcast.store.LaunchList;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Asks this node's JVM which of an image's class-data archives it takes, and what it chooses by itself; the wrapper, which starts nothing, goes by the answers. Costs one start of a
 * JVM without application for each archive, and one more. Never fails: an archive that nobody could ask about counts as refused.
 */
public final class ArchiveProbe {
    private static final int SECONDS = 30;
    private static final int FIELDS = 7;
    private static final String ANY = "*";
    private static final String EXPORTS = "--add-exports=java.base/jdk.internal.access=ALL-UNNAMED";

    /** Compressed oops reach this heap wherever the image was staged. */
    private static final String SMALL_HEAP = "-Xmx256m";

    private static final String[] COLLECTORS = {"Serial", "Parallel", "G1", "Z", "Shenandoah", "Epsilon"};

    private final File image;
    private final String javaCommand;
    private final List<String> options;
    private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);

    private ArchiveProbe(File image, String java, List<String> options) {
        this.image = image;
        this.javaCommand = java;
        this.options = options;
    }

    /** What {@code java} says of the archives in {@code image}, whose files are all there; within 30 seconds. */
    public static Probed probe(File image, String java) {
        StringBuilder refused = new StringBuilder();
        try {
            if (!new File(image, "launch/archives").exists()) {
                return new Probed("", "");
            }
            ArchiveProbe probe = new ArchiveProbe(image, java, ownOptions(image));
            for (String line : lines(image, "launch/archives")) {
                String[] fields = line.split(" ");
                String reason = fields.length == FIELDS ? probe.refusal(fields) : "a line that is not understood";
                if (!reason.isEmpty()) {
                    refused.append(fields[0]).append(' ').append(reason).append('\n');
                }
            }
            return new Probed(refused.toString(), probe.defaults());
        } catch (IOException | RuntimeException e) {
            return new Probed(
                    refused + ANY + " " + String.valueOf(e.getMessage()).replace('\n', ' ') + "\n", "");
        }
    }

    /** The application's own options, as the launch list has them. */
    private static List<String> ownOptions(File image) throws IOException {
        File file = new File(image, "launch/list");
        LaunchList list = file.exists() ? LaunchList.of(Files.readAllBytes(file.toPath())) : LaunchList.NONE;
        return list.options();
    }

    private static List<String> lines(File image, String name) throws IOException {
        return Files.readAllLines(new File(image, name).toPath(), StandardCharsets.UTF_8);
    }

    private int secondsLeft() {
        return (int) Math.max(0, TimeUnit.NANOSECONDS.toSeconds(deadline - System.nanoTime()));
    }

    private String refusal(String[] fields) throws IOException {
        if (secondsLeft() == 0) {
            return "not asked: the archives before it took seconds=" + SECONDS;
        }
        List<String> flags = new ArrayList<>(flags(fields[2], fields[3], fields[4], fields[5]));
        flags.addAll(ArchiveTraits.of(options).others());
        flags.addAll(classPath(fields[1]));
        return ArchiveCheck.refusal(image, javaCommand, flags, new File(image, fields[6]), secondsLeft());
    }

    /** What makes a JVM one that an archive with these words of {@code launch/archives} accepts. */
    private static List<String> flags(String oops, String collectors, String headers, String agent) {
        List<String> flags = new ArrayList<>();
        flags.add(SMALL_HEAP);
        boolean g1 =
                collectors.equals(ANY) || Arrays.asList(collectors.split(",")).contains("g1");
        flags.add(g1 ? "-XX:+UseG1GC" : flag(collectors.split(",")[0]));
        if (g1) {
            flags.add(oops.startsWith("off") ? "-XX:-UseCompressedOops" : "-XX:+UseCompressedOops");
        }
        if (headers.startsWith("compact")) {
            Collections.addAll(flags, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseCompactObjectHeaders");
        }
        if (agent.equals("yes")) {
            flags.add(ArchiveCheck.AGENT_MODULE);
        }
        return flags;
    }

    private static String flag(String collector) {
        for (String name : COLLECTORS) {
            if (name.equalsIgnoreCase(collector)) {
                return "-XX:+Use" + name + "GC";
            }
        }
        return "-XX:+Use" + collector + "GC"; // the JVM will say that it knows none
    }

    private List<String> classPath(String way) throws IOException {
        List<String> words = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        if (way.equals("loader")) {
            words.add(EXPORTS);
            path.append(ArchiveCheck.ROOT + "boot/bootcast.jar:" + ArchiveCheck.ROOT + "boot/mpi.jar");
        } else {
            for (String element : lines(image, "launch/class-path")) {
                path.append(path.length() == 0 ? "" : File.pathSeparator).append(ArchiveCheck.place(element));
            }
        }
        Collections.addAll(words, "-cp", path.toString());
        return words;
    }

    /** One line: compressed oops, collector, object headers, agent, as this JVM has them with the application's own options. */
    private String defaults() {
        List<String> command = new ArrayList<>();
        command.add(javaCommand);
        for (String option : options) {
            if (!option.startsWith("-javaagent") && !option.startsWith("-agent") && !option.startsWith("-Xms")) {
                command.add(option);
            }
        }
        Collections.addAll(command, "-XX:-AlwaysPreTouch", "-XX:+PrintFlagsFinal", "-version");
        ArchiveCheck.Answer answer = ArchiveCheck.ask(command, Math.max(1, secondsLeft()));
        if (!answer.isGood()) {
            return "";
        }
        String collector = "";
        String oops = "off";
        String headers = "full";
        for (String line : answer.text().split("\n")) {
            String name = nameOfTrueFlag(line);
            if (name.equals("UseCompressedOops")) {
                oops = "on";
            } else if (name.equals("UseCompactObjectHeaders")) {
                headers = "compact";
            } else if (name.startsWith("Use") && name.endsWith("GC") && isCollector(name)) {
                collector = name.substring(3, name.length() - 2).toLowerCase(Locale.ROOT);
            }
        }
        ArchiveTraits traits = ArchiveTraits.of(options);
        String agent = traits.agent() || traits.nativeAgent() ? "yes" : "no";
        return collector.isEmpty() ? "" : oops + " " + collector + " " + headers + " " + agent + "\n";
    }

    private static boolean isCollector(String flag) {
        return Arrays.asList(COLLECTORS).contains(flag.substring(3, flag.length() - 2));
    }

    /** The name in {@code bool UseG1GC = true {product} {ergonomic}}; empty for all other lines. */
    private static String nameOfTrueFlag(String line) {
        String trimmed = line.trim();
        int sign = trimmed.indexOf('=');
        boolean set = sign > 0
                && trimmed.startsWith("bool ")
                && trimmed.substring(sign + 1).trim().startsWith("true");
        return set ? trimmed.substring("bool ".length(), sign).trim() : "";
    }

    /** What a node's leader writes for the wrapper. */
    public static final class Probed {
        private final String refused;
        private final String defaults;

        private Probed(String refused, String defaults) {
            this.refused = refused;
            this.defaults = defaults;
        }

        /** The text of {@code launch/refused}: a line with name and reason for each archive that is not to be used; empty if there is none. */
        public String refused() {
            return refused;
        }

        /** The text of {@code launch/defaults}; empty if the JVM did not say: no archive can be chosen then. */
        public String defaults() {
            return defaults;
        }
    }
}
