package io.bootcast.boot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a list of JVM options says of the properties that HotSpot compares with those of a class-data archive, and the options that say nothing of them. Immutable.
 *
 * <p>Compressed oops are off from heaps of 32 GiB on, and with the Z collector always. An agent makes the JVM add the module {@code java.instrument}.
 */
public final class ArchiveTraits {
    private static final long COMPRESSED_HEAP_BYTES = 32L << 30;

    private static final String[] COLLECTORS = {"Serial", "Parallel", "G1", "Z", "Shenandoah", "Epsilon"};

    /** Options that who makes or checks an archive leaves out: how large the heap is (that machine may have less memory), and which archive to use. */
    private static final String[] LEFT_OUT = {
        "-Xms",
        "-Xmn",
        "-XX:InitialHeapSize=",
        "-XX:MinHeapSize=",
        "-XX:NewSize=",
        "-XX:MaxNewSize=",
        "-XX:SoftMaxHeapSize=",
        "-XX:+AlwaysPreTouch",
        "-Xshare:",
        "-XX:SharedArchiveFile=",
        "-XX:ArchiveClassesAtExit=",
        "-XX:+AutoCreateSharedArchive",
        "-XX:AOT"
    };

    private boolean compressedOops = true;
    private boolean saysOops;
    private String collector = "";
    private boolean compactHeaders;
    private boolean agent;
    private boolean nativeAgent;
    private long heapBytes;
    private String unknown = "";
    private final List<String> others = new ArrayList<>();

    private ArchiveTraits() {}

    /** The traits of a JVM that gets {@code options}, of which a later one wins. A bare {@code -javaagent} is understood too. */
    public static ArchiveTraits of(List<String> options) {
        ArchiveTraits traits = new ArchiveTraits();
        for (String option : options) {
            if (!traits.take(option)) {
                traits.others.add(option);
                if (traits.unknown.isEmpty()) {
                    traits.unknown = option;
                }
            }
        }
        return traits;
    }

    private boolean take(String option) {
        if (option.equals("-XX:-UseCompressedOops") || option.equals("-XX:+UseCompressedOops")) {
            compressedOops = option.charAt(4) == '+';
            saysOops = true;
        } else if (option.equals("-XX:+UseCompactObjectHeaders") || option.equals("-XX:-UseCompactObjectHeaders")) {
            compactHeaders = option.charAt(4) == '+';
        } else if (option.equals("-javaagent") || option.startsWith("-javaagent:")) {
            agent = true;
        } else if (option.startsWith("-agentlib:") || option.startsWith("-agentpath:")) {
            nativeAgent = true;
        } else if (isCollector(option)) {
            collector = option.charAt(4) == '+' ? collectorOf(option) : collector;
        } else {
            return takeHeap(option);
        }
        return true;
    }

    private static boolean isCollector(String option) {
        for (String name : COLLECTORS) {
            if (option.length() == name.length() + 10
                    && option.startsWith("-XX:")
                    && option.startsWith("Use", 5)
                    && option.startsWith(name, 8)
                    && option.endsWith("GC")) {
                return true;
            }
        }
        return false;
    }

    private static String collectorOf(String option) {
        return option.substring(8, option.length() - 2).toLowerCase(Locale.ROOT);
    }

    private boolean takeHeap(String option) {
        String size = option.startsWith("-Xmx")
                ? option.substring(4)
                : option.startsWith("-XX:MaxHeapSize=") ? option.substring(16) : "";
        if (!size.isEmpty()) {
            heapBytes = bytes(size);
            return true;
        }
        for (String start : LEFT_OUT) {
            if (option.startsWith(start)) {
                return true;
            }
        }
        return false;
    }

    /** What {@code 40g} means; 0 if it means nothing: the JVM will say so. */
    private static long bytes(String size) {
        int shift = "bkmgt".indexOf(Character.toLowerCase(size.charAt(size.length() - 1)));
        try {
            String digits = shift < 0 ? size : size.substring(0, size.length() - 1);
            return Long.parseLong(digits) << (10 * Math.max(shift, 0));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public boolean compressedOops() {
        return compressedOops && !isZ() && heapBytes < COMPRESSED_HEAP_BYTES;
    }

    /** False if only the machine's memory decides about compressed oops. */
    public boolean saysOops() {
        return saysOops || heapBytes > 0 || isZ();
    }

    /** {@code serial}, {@code parallel}, {@code g1}, {@code z} and so on; empty if none was named. */
    public String collector() {
        return collector;
    }

    public boolean isZ() {
        return collector.equals("z");
    }

    public boolean compactHeaders() {
        return compactHeaders;
    }

    /** True if there is a {@code -javaagent}. */
    public boolean agent() {
        return agent;
    }

    /** True if there is an {@code -agentlib} or {@code -agentpath}. */
    public boolean nativeAgent() {
        return nativeAgent;
    }

    /** The largest heap that was asked for, if compressed oops reach it; 0 otherwise. */
    public long heapBytes() {
        return heapBytes < COMPRESSED_HEAP_BYTES ? heapBytes : 0;
    }

    /** The first option that says nothing of an archive, or an empty string. */
    public String unknown() {
        return unknown;
    }

    /** The options that are left when those about oops, headers, collectors, agents, sizes of the heap and archives are taken out. */
    public List<String> others() {
        return Collections.unmodifiableList(others);
    }
}
