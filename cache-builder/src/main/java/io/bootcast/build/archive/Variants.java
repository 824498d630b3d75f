package io.bootcast.build.archive;

import io.bootcast.boot.ArchiveCheck;
import io.bootcast.boot.ArchiveTraits;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Which archives have to be made, so that JVMs with other flags find one that fits. What voids an archive, by experiment (docs/decisions/0021): compressed oops on all JDKs;
 * from the AOT cache on also the Z collector against all others, object headers, and a {@code -javaagent}.
 */
public final class Variants {
    private static final int COMPACT_HEADERS = 24;

    /** Those that share an AOT cache made with G1. */
    private static final Set<String> NOT_Z = Set.of("serial", "parallel", "g1", "shenandoah", "epsilon");

    private Variants() {}

    /**
     * The variants for {@code way}, the one for the application's own options first. Each of {@code wanted} is one {@code --for}: JVM flags parted by blanks that are added to those
     * options. What an earlier variant accepts gets none of its own.
     */
    public static List<Variant> of(Jdk jdk, Way way, List<String> applicationOptions, List<String> wanted) {
        List<Variant> variants = new ArrayList<>();
        add(jdk, way, ArchiveTraits.of(applicationOptions), variants);
        for (boolean z : new boolean[] {false, true}) { // what Z makes serves others too, but not as well
            for (String flags : wanted) {
                List<String> more = List.of(flags.trim().split(" +"));
                String unknown = ArchiveTraits.of(more).unknown();
                if (!unknown.isEmpty()) {
                    throw new BootcastException(
                            Fault.USAGE,
                            "--for names a flag that no archive depends on: found=" + unknown
                                    + " expected=-Xmx, -XX:-UseCompressedOops, -XX:+Use…GC, -XX:+UseCompactObjectHeaders or -javaagent");
                }
                List<String> all = new ArrayList<>(applicationOptions);
                all.addAll(more);
                ArchiveTraits traits = ArchiveTraits.of(all);
                if (traits.isZ() == z) {
                    add(jdk, way, traits, variants);
                }
            }
        }
        return variants;
    }

    /** The application's options that go to the JVM that makes an archive; its {@link Variant#flags()} take the place of the others. */
    public static List<String> trialOptions(List<String> applicationOptions) {
        ArchiveTraits traits = ArchiveTraits.of(applicationOptions);
        List<String> options = new ArrayList<>(traits.others());
        if (traits.heapBytes() > 0) {
            options.add("-Xmx" + traits.heapBytes());
        }
        return options;
    }

    private static void add(Jdk jdk, Way way, ArchiveTraits traits, List<Variant> variants) {
        String oops = traits.compressedOops() ? "on" : "off";
        String headers = traits.compactHeaders() ? "compact" : "full";
        String agent = traits.agent() ? "yes" : "no";
        String collector = traits.collector().isEmpty() ? "g1" : traits.collector();
        for (Variant earlier : variants) {
            if (earlier.accepts(oops, collector, headers, agent)) {
                return;
            }
        }
        Form form = Form.of(jdk, way);
        boolean aot = form == Form.AOT;
        variants.add(new Variant(
                way.word() + "." + variants.size(),
                way,
                form,
                Set.of(oops),
                aot && !traits.isZ() ? NOT_Z : Set.of(),
                jdk.feature() >= COMPACT_HEADERS ? Set.of(headers) : Set.of(),
                aot ? Set.of(agent) : Set.of(),
                flags(traits, aot)));
    }

    private static List<String> flags(ArchiveTraits traits, boolean aot) {
        List<String> flags = new ArrayList<>();
        flags.add(traits.isZ() ? "-XX:+UseZGC" : "-XX:+UseG1GC");
        if (!traits.isZ()) {
            flags.add(traits.compressedOops() ? "-XX:+UseCompressedOops" : "-XX:-UseCompressedOops");
        }
        if (traits.compactHeaders()) {
            Collections.addAll(flags, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseCompactObjectHeaders");
        }
        if (aot && traits.agent()) {
            flags.add(ArchiveCheck.AGENT_MODULE);
        }
        return flags;
    }
}
