package io.bootcast.index;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/** What the index has to know of one jar: its entries with the multi-release ones resolved, and its manifest. At the root only. */
public final class JarFacts {
    private static final String META_INF = "META-INF/";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String VERSIONS = "META-INF/versions/";
    /** The JDK's reader begins with 8, although the specification begins with 9. */
    private static final int FIRST_VERSIONED_RELEASE = 8;
    /** From here on the JDK's reader looks for files only below {@code versions/N}; JDK 17 also for directories, if N has a file. */
    private static final int FIRST_WITHOUT_VERSIONED_DIRECTORIES = 21;

    private static final int LARGEST_RELEASE = 9999;

    private final JarDirectory directory;
    private final Manifest manifest;

    private JarFacts(JarDirectory directory, Manifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /** Reads the jar in {@code jar}; a jar that the JDK's reader would refuse is a {@link ZipException}. */
    public static JarFacts read(ByteBuffer jar) throws ZipException {
        JarDirectory directory = JarDirectory.read(jar);
        return new JarFacts(directory, manifestOf(directory));
    }

    private static Manifest manifestOf(JarDirectory directory) throws ZipException {
        String name = MANIFEST;
        if (!directory.entries().containsKey(name)) {
            for (String candidate : directory.entries().keySet()) {
                if (candidate.equalsIgnoreCase(MANIFEST)) {
                    name = candidate;
                }
            }
        }
        try {
            return new Manifest(new ByteArrayInputStream(directory.content(name)));
        } catch (ZipException e) {
            throw e;
        } catch (IOException e) {
            return new Manifest();
        }
    }

    /** The manifest's {@code Class-Path}, or an empty string. */
    public String classPath() {
        return main(Attributes.Name.CLASS_PATH);
    }

    /** The manifest's {@code Main-Class}, or an empty string. */
    public String mainClass() {
        return main(Attributes.Name.MAIN_CLASS);
    }

    private String main(Attributes.Name name) {
        String value = manifest.getMainAttributes().getValue(name);
        return value == null ? "" : value.trim();
    }

    /** The jar's share of the index: facts of the element, then {@link #writeEntries}. */
    public void describe(ElementFacts facts) {
        facts.multiRelease =
                "true".equalsIgnoreCase(manifest.getMainAttributes().getValue(Attributes.Name.MULTI_RELEASE));
        for (String name : directory.entries().keySet()) {
            facts.signed |= isOfSignature(name);
        }
        if (!manifest.getMainAttributes().isEmpty()) {
            facts.sections.add(section("", manifest.getMainAttributes()));
            for (Map.Entry<String, Attributes> entry : manifest.getEntries().entrySet()) {
                if (entry.getKey().endsWith("/") && describesPackage(entry.getValue())) {
                    facts.sections.add(section(entry.getKey(), entry.getValue()));
                }
            }
        }
    }

    /** The rule by which the JDK's reader decides that there may be something to verify. */
    private static boolean isOfSignature(String name) {
        if (!name.regionMatches(/* ignoreCase= */ true, 0, META_INF, 0, META_INF.length())
                || name.indexOf('/', META_INF.length()) >= 0) {
            return false;
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA") || upper.endsWith(".EC");
    }

    private static boolean describesPackage(Attributes attributes) {
        for (String value : IndexFormat.SECTION_VALUES) {
            if (attributes.getValue(value) != null) {
                return true;
            }
        }
        return false;
    }

    private static String[] section(String name, Attributes attributes) {
        String[] section = new String[1 + IndexFormat.SECTION_VALUES.length];
        section[0] = name;
        for (int i = 1; i < section.length; i++) {
            section[i] = attributes.getValue(IndexFormat.SECTION_VALUES[i - 1]);
        }
        return section;
    }

    /**
     * Adds the jar's entries to {@code index}. A multi-release entry answers for its plain name where its release is the highest one that
     * is not above {@code feature}; names below {@code META-INF} are never versioned.
     *
     * @param jdkPackages packages, with dots, of the modules of the JDK
     */
    public void writeEntries(IndexWriter index, int element, ElementFacts facts, int feature, Set<String> jdkPackages) {
        Map<String, JarEntryFacts> versioned = facts.multiRelease ? versioned(feature) : new TreeMap<>();
        for (Map.Entry<String, JarEntryFacts> entry : directory.entries().entrySet()) {
            String name = entry.getKey();
            JarEntryFacts chosen = versioned.remove(name);
            put(index, element, name, chosen == null ? entry.getValue() : chosen, jdkPackages);
        }
        for (Map.Entry<String, JarEntryFacts> entry : versioned.entrySet()) {
            put(index, element, entry.getKey(), entry.getValue(), jdkPackages);
        }
    }

    private static void put(IndexWriter index, int element, String name, JarEntryFacts facts, Set<String> jdkPackages) {
        int slash = name.lastIndexOf('/');
        facts.inJdk = slash > 0
                && name.endsWith(".class")
                && jdkPackages.contains(name.substring(0, slash).replace('/', '.'));
        index.entry(element, name, facts, 0);
    }

    private Map<String, JarEntryFacts> versioned(int feature) {
        Map<String, JarEntryFacts> best = new TreeMap<>();
        Set<Integer> withFiles = new HashSet<>();
        for (String name : directory.entries().keySet()) {
            if (!name.endsWith("/")) {
                withFiles.add(release(name));
            }
        }
        for (Map.Entry<String, JarEntryFacts> entry : directory.entries().entrySet()) {
            String name = entry.getKey();
            int release = release(name);
            if (release < FIRST_VERSIONED_RELEASE || release > feature || !withFiles.contains(release)) {
                continue;
            }
            String plain = name.substring(name.indexOf('/', VERSIONS.length()) + 1);
            boolean seen = feature < FIRST_WITHOUT_VERSIONED_DIRECTORIES || !name.endsWith("/");
            JarEntryFacts known = best.get(plain);
            if (seen && !plain.startsWith("META-INF/") && (known == null || known.release < release)) {
                best.put(plain, entry.getValue().asRelease(release));
            }
        }
        return best;
    }

    /** The N of {@code META-INF/versions/N/...}, or 0; a number with a leading zero is none, as for the JDK. */
    private static int release(String name) {
        if (!name.startsWith(VERSIONS)) {
            return 0;
        }
        int value = 0;
        for (int i = VERSIONS.length(); i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/') {
                return value;
            }
            value = value * 10 + c - '0';
            if (c < '0' || c > '9' || value == 0 || value > LARGEST_RELEASE) {
                return 0;
            }
        }
        return 0;
    }
}
