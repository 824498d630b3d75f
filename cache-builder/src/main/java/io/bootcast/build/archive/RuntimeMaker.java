package io.bootcast.build.archive;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Links a Java runtime out of a JDK, to be carried to the nodes: it runs from any directory. Settings and certificates are those of the JDK's directory, which a site may have
 * changed, not those that the JDK was built with; it has default class-data archives with and without compressed oops.
 */
public final class RuntimeMaker {
    private static final int SECONDS = 600;

    /** From here on a JDK may be able to link itself without {@code jmods}. */
    private static final int LINKS_ITSELF = 24;

    /** What such a JDK cannot put into a runtime: jlink, and what needs it. */
    private static final Set<String> NOT_FROM_ITSELF = Set.of("jdk.jlink", "jdk.jpackage");

    /** What a site changes in a JDK: links to {@code /etc} in Debian's. */
    private static final List<String> SITES_OWN = List.of("conf", "lib/security");

    private final Jdk jdk;

    public RuntimeMaker(Jdk jdk) {
        this.jdk = jdk;
    }

    /**
     * Makes a runtime in {@code target}, which does not exist yet.
     *
     * @param modules those that it holds, with what they require; empty: all
     * @throws BootcastException with {@link Fault#BUNDLE} if this JDK cannot be linked
     */
    public void make(Set<String> modules, Path target) {
        boolean packaged = Files.isDirectory(jdk.home().resolve("jmods"));
        if (!jdk.hasJlink() || !packaged && jdk.feature() < LINKS_ITSELF) {
            String missing = jdk.hasJlink() ? "jmods" : "bin/jlink";
            throw refused("missing=" + missing);
        }
        Set<String> all = new TreeSet<>(modules.isEmpty() ? modules() : modules);
        List<String> words = new ArrayList<>(List.of(jdk.tool("jlink"), "--no-header-files", "--no-man-pages"));
        if (!packaged) {
            all.removeAll(NOT_FROM_ITSELF);
            words.add("--ignore-modified-runtime");
        }
        words.addAll(List.of("--add-modules", String.join(",", all), "--output", target.toString()));
        ChildJvm.Ended ended = ChildJvm.ask(words, SECONDS);
        if (ended.exitCode() != 0) {
            throw refused("reason=" + ended.reason());
        }
        try {
            for (String directory : SITES_OWN) {
                copySettings(jdk.home().resolve(directory), target.resolve(directory));
            }
            makeArchives(target);
        } catch (IOException e) {
            throw refused("reason=" + BootcastException.reason(e));
        }
    }

    private BootcastException refused(String why) {
        return new BootcastException(
                Fault.BUNDLE,
                "runtime: this JDK cannot be linked into one: home=" + jdk.home() + " " + why
                        + "; install its jmods, set JAVA_HOME to another JDK, or leave out --with-runtime");
    }

    /** The names of all modules of the JDK. */
    Set<String> modules() {
        Set<String> names = new TreeSet<>();
        ChildJvm.ask(List.of(jdk.tool("java"), "--list-modules"), SECONDS)
                .text()
                .lines()
                .forEach(line -> {
                    int at = line.indexOf('@');
                    names.add(at < 0 ? line.trim() : line.substring(0, at));
                });
        return names;
    }

    /** Copies files, and not links. What is not readable stays as it was built. */
    private static void copySettings(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(Files::isRegularFile).filter(Files::isReadable).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** The default archives with and without compressed oops, made by the runtime itself: one of another build would be refused. */
    private void makeArchives(Path target) throws IOException {
        for (boolean oops : new boolean[] {true, false}) {
            ChildJvm.Ended ended = ChildJvm.ask(
                    List.of(
                            target.resolve("bin/java").toString(),
                            "-Xshare:dump",
                            "-XX:+UseG1GC",
                            "-Xmx128m",
                            oops ? "-XX:+UseCompressedOops" : "-XX:-UseCompressedOops"),
                    SECONDS);
            String name = "lib/server/classes" + (oops ? "" : "_nocoops") + ".jsa";
            if (!Files.exists(target.resolve(name))) {
                throw new IOException("it wrote no " + name + ": " + ended.reason());
            }
        }
    }

    /** Bytes of all files below {@code runtime}. */
    public static long lengthBytes(Path runtime) {
        try (Stream<Path> files = Files.walk(runtime)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
