package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The names to ask for: that of each entry of each element; each of these with one character changed; directories without the slash at the end; and some
 * that nobody gave to a file. The same elements give the same names.
 */
final class OracleNames {
    private static final String OTHERS = "aZ09/./-_$!%#+? \u00fc\u65e5";
    private static final List<String> NOBODYS = List.of(
            "",
            "/",
            ".",
            "..",
            "./",
            "../",
            "//",
            "META-INF",
            "META-INF/",
            "META-INF//MANIFEST.MF",
            "/META-INF/MANIFEST.MF",
            "./META-INF/MANIFEST.MF",
            "META-INF/../META-INF/MANIFEST.MF",
            "META-INF/MANIFEST.MF/",
            "META-INF/versions/9",
            "java/lang/Object.class",
            "java/lang/Absent.class",
            "javax/tools/ToolProvider.class",
            "com/sun/tools/javac/Main.class",
            "module-info.class",
            "META-INF/services/java.nio.file.spi.FileSystemProvider",
            "META-INF/services/javax.annotation.processing.Processor",
            "[Ljava/lang/String;.class",
            "int.class",
            ".class",
            "a//b.class");

    /** Elements with fewer names are always asked for all of them. */
    private static final int FEW = 200;

    private final int stride;
    private final Set<String> names = new LinkedHashSet<>(NOBODYS);
    private final Map<String, Path> firstWithPackage = new HashMap<>();
    private final Set<String> splitPackages = new HashSet<>();

    /** @param stride of an element with many names, every how many-th is asked for */
    OracleNames(int stride) {
        this.stride = stride;
    }

    /** Adds the names of a jar's entries, or of a directory's files; a jar that is no jar has none. */
    OracleNames add(Path element) throws IOException {
        List<String> entries = new ArrayList<>();
        if (Files.isDirectory(element)) {
            try (Stream<Path> files = Files.walk(element)) {
                files.map(file -> element.relativize(file) + (Files.isDirectory(file) ? "/" : ""))
                        .sorted()
                        .forEach(entries::add);
            }
        } else {
            try (ZipFile zip = new ZipFile(element.toFile())) {
                zip.stream().forEach(entry -> entries.add(entry.getName()));
            } catch (ZipException e) {
                return this;
            }
        }
        addAll(element, entries);
        return this;
    }

    private void addAll(Path element, List<String> entries) {
        List<String> asked = new ArrayList<>();
        for (String name : entries) {
            asked.add(name);
            if (name.endsWith("/")) {
                asked.add(name.substring(0, name.length() - 1));
            }
            asked.add(changed(name));
            if (name.endsWith(".class")) {
                Path first = firstWithPackage.putIfAbsent(packageOf(name), element);
                if (first != null && !first.equals(element)) {
                    splitPackages.add(packageOf(name));
                }
            }
        }
        int step = asked.size() < FEW ? 1 : stride;
        for (int i = 0; i < asked.size(); i += step) {
            names.add(asked.get(i));
        }
    }

    private static String packageOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    /** {@code name} with one character changed: to upper or lower case, or to another one. */
    private static String changed(String name) {
        if (name.isEmpty()) {
            return "x";
        }
        Random random = new Random(name.hashCode());
        int at = random.nextInt(name.length());
        char old = name.charAt(at);
        char other = Character.isUpperCase(old) ? Character.toLowerCase(old) : Character.toUpperCase(old);
        if (other == old || random.nextBoolean()) {
            other = OTHERS.charAt(random.nextInt(OTHERS.length()));
        }
        other = other == old ? 'x' : other;
        return name.substring(0, at) + other + name.substring(at + 1);
    }

    /** The names in the order in which they came, each once. */
    Collection<String> all() {
        return names;
    }

    /** True if several elements have classes in the package of {@code name}: then what the package is depends on which class comes first. */
    boolean isInSplitPackage(String name) {
        return splitPackages.contains(packageOf(name));
    }
}
