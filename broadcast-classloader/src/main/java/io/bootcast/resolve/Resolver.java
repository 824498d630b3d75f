package io.bootcast.resolve;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Turns a class path into elements, in the order in which the stock application class loader would search them: a jar is followed by what its
 * manifest's {@code Class-Path} names, and an element that was met before is passed over. For one thread, at the root.
 */
public final class Resolver {
    /** Reads elements as they are met, so that reading goes on while the rest is resolved. */
    public interface Reader {
        /**
         * Takes the jar along. Returns its manifest's {@code Class-Path}, or an empty string.
         *
         * @throws java.util.zip.ZipException if it is no jar that the JDK would read: it is passed over then
         */
        String readJar(Element jar) throws IOException;

        /** Takes the directory's files along. */
        void readDirectory(Element directory, DirectoryTree tree) throws IOException;

        /** The element stays at home, or is not there. */
        void pass(Element element) throws IOException;
    }

    /** What was looked at, and how it was: the proof that a class path gives the same image again. */
    public static final class Sighting {
        private final String path;
        private final String kind;
        private final String proof;

        Sighting(String path, String kind, String proof) {
            this.path = path;
            this.kind = kind;
            this.proof = proof;
        }

        /** One line: kind, proof and path parted by blanks. */
        public String line() {
            return kind + " " + proof + " " + path;
        }
    }

    private static final String LISTED = "listed";
    private static final String FILE = "file";
    private static final String TREE = "tree";

    private final Limits limits;
    private final Reader reader;
    private final Set<String> met = new HashSet<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private long bytesTaken;

    public Resolver(Limits limits, Reader reader) {
        this.limits = limits;
        this.reader = reader;
    }

    /** Resolves and reads {@code classPath}. */
    public void resolve(String classPath) throws IOException {
        List<String> listed = new ArrayList<>();
        List<String> elements = ClassPath.elements(classPath, listed);
        for (String directory : listed) {
            sightings.add(new Sighting(
                    directory, LISTED, FileStamp.of(new File(directory)).text()));
        }
        for (String element : elements) {
            File file = new File(element);
            FileStamp stamp = FileStamp.of(file);
            visit(
                    element,
                    stamp.exists() ? file.getCanonicalFile() : file.getAbsoluteFile(),
                    stamp,
                    stamp.isDirectory());
        }
    }

    /** All that was looked at. */
    public List<Sighting> sightings() {
        return sightings;
    }

    /** True if what {@code line} ({@link Sighting#line}) describes is still as it was. At most one system call, for directories a walk. */
    public static boolean isUnchanged(String line, Limits limits) throws IOException {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        String kind = line.substring(0, first);
        String proof = line.substring(first + 1, second);
        File file = new File(line.substring(second + 1));
        return kind.equals(TREE)
                ? proof.equals(DirectoryTree.walk(file, limits.files(), limits.directoryBytes())
                        .fingerprint())
                : proof.equals(FileStamp.of(file).text());
    }

    private void visit(String name, File file, FileStamp stamp, boolean asDirectory) throws IOException {
        if (!met.add(asDirectory ? file + "/" : file.toString())) {
            return;
        }
        Element element = new Element(Element.Kind.JAR, pathOf(file), stamp, "");
        if (!stamp.exists() || stamp.isDirectory() != asDirectory) {
            see(name, FILE, stamp.text());
            reader.pass(
                    element.as(Element.Kind.ABSENT, stamp.exists() ? "a directory named as a jar" : "does not exist"));
        } else if (asDirectory) {
            visitDirectory(name, element.as(Element.Kind.DIRECTORY, ""));
        } else {
            visitJar(name, element);
        }
    }

    /** A name that this JVM cannot express, which then is absent, is shown with question marks. */
    private static Path pathOf(File file) {
        try {
            return file.toPath();
        } catch (InvalidPathException e) {
            return Path.of(file.getPath().replaceAll("[^ -~]", "?"));
        }
    }

    private void see(String name, String kind, String proof) {
        sightings.add(new Sighting(name, kind, proof));
    }

    private void visitDirectory(String name, Element element) throws IOException {
        if (limits.isLive(element.path())) {
            stayAtHome(element, "named by --live");
            return;
        }
        DirectoryTree tree = DirectoryTree.walk(element.path().toFile(), limits.files(), limits.directoryBytes());
        if (!tree.tooLarge().isEmpty()) {
            stayAtHome(element, tree.tooLarge());
        } else if (bytesTaken + tree.bytes() > limits.totalBytes()) {
            stayAtHome(element, "beyond --max-bytes");
        } else {
            bytesTaken += tree.bytes();
            see(name, TREE, tree.fingerprint());
            reader.readDirectory(element, tree);
        }
    }

    private void stayAtHome(Element element, String reason) throws IOException {
        reader.pass(element.as(Element.Kind.LIVE, reason));
    }

    private void visitJar(String name, Element jar) throws IOException {
        if (limits.isLive(jar.path())) {
            stayAtHome(jar, "named by --live");
            return;
        }
        if (jar.stamp().sizeBytes() > Integer.MAX_VALUE
                || bytesTaken + jar.stamp().sizeBytes() > limits.totalBytes()) {
            stayAtHome(jar, jar.stamp().sizeBytes() > Integer.MAX_VALUE ? "larger than 2 GiB" : "beyond --max-bytes");
            return;
        }
        see(name, FILE, jar.stamp().text());
        String classPath;
        try {
            classPath = reader.readJar(jar);
            bytesTaken += jar.stamp().sizeBytes();
        } catch (java.util.zip.ZipException e) {
            reader.pass(jar.as(Element.Kind.ABSENT, "is no jar: " + e.getMessage()));
            return;
        }
        visitClassPath(jar.path().toFile(), classPath);
    }

    /** The manifest's URLs are relative to the jar; the JDK follows those of files only. */
    @SuppressWarnings("deprecation") // the stock loader resolves them with this constructor
    private void visitClassPath(File jar, String classPath) throws IOException {
        StringTokenizer tokens = new StringTokenizer(classPath);
        while (tokens.hasMoreTokens()) {
            try {
                URL url = new URL(jar.toURI().toURL(), tokens.nextToken());
                String path = URLDecoder.decode(url.getFile().replace("+", "%2B"), StandardCharsets.UTF_8);
                boolean asDirectory = path.endsWith("/");
                if (url.getProtocol().equals("file") && (asDirectory || isHere(url.getHost()))) {
                    visit(path, new File(path), FileStamp.of(new File(path)), asDirectory);
                }
            } catch (MalformedURLException | IllegalArgumentException e) {
                // No URL, so nothing to search: the stock loader passes it over, too.
                continue;
            }
        }
    }

    private static boolean isHere(String host) {
        return host.isEmpty() || host.equalsIgnoreCase("localhost");
    }
}
