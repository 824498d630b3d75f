package io.bootcast.build.archive;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a JDK says of itself.
 *
 * @param vmVersion {@code java.vm.version}: archives fit this build of the JVM and no other
 * @param vendor {@code java.vendor}
 * @param architecture {@code os.arch}
 * @param hasAotCache the JVM knows {@code -XX:AOTCache}
 */
public record Jdk(Path home, int feature, String vmVersion, String vendor, String architecture, boolean hasAotCache) {
    private static final int SECONDS = 60;
    private static final int OLDEST = 17;

    /** Asks {@code home/bin/java} once. */
    public static Jdk of(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        List<String> words = List.of(
                absolute.resolve("bin/java").toString(),
                "-XX:+PrintFlagsFinal",
                "-XshowSettings:properties",
                "-version");
        ChildJvm.Ended ended = ChildJvm.ask(words, SECONDS);
        Map<String, String> properties = properties(ended.text());
        String feature = properties.getOrDefault("java.specification.version", "");
        if (ended.exitCode() != 0 || !feature.matches("[0-9]+")) {
            throw refused(absolute, "it does not answer", ended.reason());
        }
        if (Integer.parseInt(feature) < OLDEST
                || !properties.getOrDefault("java.vm.name", "").contains("HotSpot")
                        && !properties.getOrDefault("java.vm.name", "").contains("OpenJDK")) {
            throw refused(
                    absolute,
                    "archives need HotSpot " + OLDEST + " or later",
                    properties.get("java.vm.name") + " " + feature);
        }
        return new Jdk(
                absolute,
                Integer.parseInt(feature),
                properties.getOrDefault("java.vm.version", ""),
                properties.getOrDefault("java.vendor", ""),
                properties.getOrDefault("os.arch", ""),
                ended.text().lines().anyMatch(line -> line.trim().matches("ccstr +AOTCache +=.*")));
    }

    private static BootcastException refused(Path home, String what, String found) {
        return new BootcastException(
                Fault.BUNDLE, "JDK: " + what + ": home=" + home + " found=" + found + "; set JAVA_HOME to another one");
    }

    /** Lines {@code key = value}. */
    private static Map<String, String> properties(String text) {
        Map<String, String> properties = new HashMap<>();
        text.lines().forEach(line -> {
            int sign = line.indexOf(" = ");
            if (sign > 0) {
                properties.putIfAbsent(
                        line.substring(0, sign).trim(), line.substring(sign + 3).trim());
            }
        });
        return properties;
    }

    /** The path of {@code bin/NAME}. */
    public String tool(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** True if its modules can be linked into a runtime: from {@code jmods}, or from the run-time image where the JDK was built for that. */
    public boolean hasJlink() {
        return new File(tool("jlink")).exists();
    }
}
