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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.TreeMap;

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

        /** Takes the directory's files along. Returns what those say that are ELF files, by name. */
        Map<String, ElfLibrary> readDirectory(Element directory, DirectoryTree tree) throws IOException;

        /** The element stays at home, or is not there. */
        void pass(Element element) throws IOException;

        /** Takes along what is not on the class path. Returns what those say that are ELF files, by name. */
        Map<String, ElfLibrary> readFiles(FileSet files) throws IOException;

        /** What is not on the class path stays at home, or is not there. */
        void leave(Element files);

        /** {@code System.loadLibrary} shall find {@code file}, which travels or not, under its file name. */
        void library(Path file, boolean carried);

        /** Of {@code directory}, which the JVM's library path names as {@code name}, some libraries travel. */
        void libraryDirectory(String name, Path directory);
    }

    private final Limits limits;
    private final Reader reader;
    private final Set<String> met = new HashSet<>();
    private final Sightings sightings = new Sightings();
    private final Set<Path> jars = new LinkedHashSet<>();
    private final Set<Path> jarDirectories = new LinkedHashSet<>();
    private final List<Path> directories = new ArrayList<>();
    private final Map<Path, ElfLibrary> libraries = new TreeMap<>();
    private long bytesTaken;

    public Resolver(Limits limits, Reader reader) {
        this.limits = limits;
        this.reader = reader;
    }

    /** Resolves and reads {@code classPath}. */
    public void resolve(String classPath) throws IOException {
        for (String element : ClassPath.elements(classPath, sightings)) {
            File file = new File(element);
            FileStamp stamp = FileStamp.of(file);
            visit(
                    element,
                    stamp.exists() ? file.getCanonicalFile() : file.getAbsoluteFile(),
                    stamp,
                    stamp.isDirectory());
        }
    }

    /** Takes along what {@code wanted} asks for, and what lies beside the jars; after {@link #resolve}. */
    public void resolveFiles(Companions wanted) throws IOException {
        wanted.carry(this, limits, reader);
    }

    /** All that was looked at. */
    public Sightings sightings() {
        return sightings;
    }

    /** The jars that travel, in order. */
    Set<Path> jars() {
        return jars;
    }

    /** Where the jars lie that travel or stay at home, in order. */
    Set<Path> jarDirectories() {
        return jarDirectories;
    }

    /** The directories that travel. */
    List<Path> directories() {
        return directories;
    }

    /** What the ELF files in those directories say. */
    Map<Path, ElfLibrary> libraries() {
        return libraries;
    }

    long bytesTaken() {
        return bytesTaken;
    }

    private void visit(String name, File file, FileStamp stamp, boolean asDirectory) throws IOException {
        if (!met.add(asDirectory ? file + "/" : file.toString())) {
            return;
        }
        Element element = new Element(Element.Kind.JAR, pathOf(file), stamp, "");
        if (!stamp.exists() || stamp.isDirectory() != asDirectory) {
            sightings.file(name, stamp);
            reader.pass(
                    element.as(Element.Kind.ABSENT, stamp.exists() ? "a directory named as a jar" : "does not exist"));
        } else if (asDirectory) {
            visitDirectory(name, element.as(Element.Kind.DIRECTORY, ""));
        } else {
            visitJar(name, element);
        }
    }

    /** A name that this JVM cannot express, which then is absent, is shown with question marks. */
    static Path pathOf(File file) {
        try {
            return file.toPath();
        } catch (InvalidPathException e) {
            return Path.of(file.getPath().replaceAll("[^ -~]", "?"));
        }
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
            sightings.tree(name, tree);
            directories.add(element.path());
            for (Map.Entry<String, ElfLibrary> entry :
                    reader.readDirectory(element, tree).entrySet()) {
                libraries.put(element.path().resolve(entry.getKey()), entry.getValue());
            }
        }
    }

    private void stayAtHome(Element element, String reason) throws IOException {
        reader.pass(element.as(Element.Kind.LIVE, reason));
    }

    private void visitJar(String name, Element jar) throws IOException {
        jarDirectories.add(jar.path().getParent());
        if (limits.isLive(jar.path())) {
            stayAtHome(jar, "named by --live");
            return;
        }
        if (jar.stamp().sizeBytes() > Integer.MAX_VALUE
                || bytesTaken + jar.stamp().sizeBytes() > limits.totalBytes()) {
            stayAtHome(jar, jar.stamp().sizeBytes() > Integer.MAX_VALUE ? "larger than 2 GiB" : "beyond --max-bytes");
            return;
        }
        sightings.file(name, jar.stamp());
        String classPath;
        try {
            classPath = reader.readJar(jar);
            bytesTaken += jar.stamp().sizeBytes();
            jars.add(jar.path());
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
            }
        }
    }

    private static boolean isHere(String host) {
        return host.isEmpty() || host.equalsIgnoreCase("localhost");
    }
}
