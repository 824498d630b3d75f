package io.bootcast.acceptance;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Elements of a class path such as no library has, but someone's class path will: each is made for one question that a jar reader or a class loader can
 * answer wrongly. To be made in an empty directory, which then is the working directory of who uses the {@link #elements}.
 */
final class OracleOddities {
    /** Names that mean something else in a URL, in a path, or in a text. */
    private static final List<String> NAMES = List.of(
            "n/sp ace.txt",
            "n/%41%zz%.txt",
            "n/a#b",
            "n/a!b",
            "n/a!/b",
            "n/a+b",
            "n/a?b=c",
            "n/\u00fc\u65e5\u672c.txt",
            "n/a:b",
            "n:top.txt",
            "http://n/x",
            "n/[x]{y}|^`~;=@$&,'().txt",
            "n/back\\slash",
            "n/tab\there",
            "n//double",
            "/n/leading",
            "n/./dot",
            "n/../up",
            "n/directory /");

    private static final int MORE_THAN_16_BITS = 66_000;

    private final Path home;
    private final List<String> elements = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private final OracleClasses classes;

    private OracleOddities(Path home) throws IOException {
        this.home = home;
        this.classes = OracleClasses.compile(home.resolve("compiled"));
    }

    /** Makes them all below {@code home}. */
    static OracleOddities make(Path home) throws IOException {
        OracleOddities made = new OracleOddities(home);
        made.makeForms();
        made.makeNames();
        made.makeManifests();
        made.makeReleases();
        made.makeBadClasses();
        made.makeSeals();
        made.makeSigned();
        made.makeDirectory();
        TestBed.delete(home.resolve("compiled"));
        return made;
    }

    /** As a user would type them: some are relative to the directory, some are not there. */
    List<String> elements() {
        return elements;
    }

    /** The directories with files among the elements, and among those that manifests lead to. */
    List<Path> directories() {
        return directories;
    }

    private Path add(String name, OddJar jar) throws IOException {
        elements.add(home.resolve(name).toString());
        return jar.write(home.resolve(name));
    }

    /** A jar with class {@code odd.PART.C} and a resource. */
    private OddJar jarOf(String part) {
        return new OddJar()
                .stored("odd/" + part + "/", "")
                .deflated("odd/" + part + "/C.class", classes.get("odd." + part + ".C"))
                .deflated("odd/" + part + "/resource.txt", "of " + part);
    }

    /** What a jar may look like from outside. */
    private void makeForms() throws IOException {
        add("zip64.jar", jarOf("zip64").manifest().zip64());
        add("prefixed.jar", jarOf("prefixed").manifest().prefix("#!/bin/sh\nexec java -jar \"$0\" \"$@\"\n"));
        add(
                "stored.jar",
                new OddJar()
                        .stored("odd/stored/C.class", classes.get("odd.stored.C"))
                        .stored("odd/stored/resource.txt", "stored"));
        add(
                "duplicates.jar",
                new OddJar()
                        .deflated("odd/twice.txt", "first")
                        .stored("odd/twice.txt", "second, which wins")
                        .deflated("odd/file-and-directory/", "")
                        .deflated("odd/file-and-directory", "a file"));
        add("empty.jar", new OddJar());
        elements.add(Files.write(home.resolve("zero.jar"), new byte[0]).toString());
        elements.add(
                Files.writeString(home.resolve("text.jar"), "this is no jar\n").toString());
        elements.add(home.resolve("absent.jar").toString());
        Files.createDirectory(home.resolve("directory.jar"));
        elements.add(home.resolve("directory.jar").toString());
        makeLargeJar(home.resolve("many.jar"));
        elements.add("many.jar");
        elements.add(home.resolve("zip64.jar").toString());
        elements.add(home + "/./prefixed.jar");
        elements.add(Files.createSymbolicLink(home.resolve("link.jar"), home.resolve("stored.jar"))
                .toString());
        Files.copy(home.resolve("stored.jar"), home.resolve("copy.JAR"));
        elements.add("copy.JAR");
    }

    private static void makeLargeJar(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < MORE_THAN_16_BITS; i++) {
                ZipEntry entry = new ZipEntry("odd/many/" + i);
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private void makeNames() throws IOException {
        OddJar jar = new OddJar().deflated("odd/\u00dcber.class", classes.get("odd.\u00dcber"));
        for (String name : NAMES) {
            jar.deflated(name, name.endsWith("/") ? "" : "text");
        }
        add("sp ace %41 # + ? \u00fc\u65e5/names %zz#?!+\u00fc.jar", jar);
        add("bang!/inside.jar", jarOf("bang"));
    }

    private void makeManifests() throws IOException {
        String list = "listed.jar ../up.jar listed-directory/ listed-directory absent.jar listed%20space.jar"
                + " class-path.jar file:listed.jar listed\u00fc.jar";
        add("paths/class-path.jar", jarOf("path").manifest("Class-Path: " + list));
        jarOf("listed").manifest("Class-Path: class-path.jar").write(home.resolve("paths/listed.jar"));
        jarOf("up").write(home.resolve("up.jar"));
        jarOf("space").write(home.resolve("paths/listed space.jar"));
        Path listed = Files.createDirectories(home.resolve("paths/listed-directory"));
        Files.writeString(listed.resolve("odd.txt"), "in a listed directory");
        directories.add(listed);
        String values = "Implementation-Title: main\r\nSpecification-Version: 1.0\r\n\r\n"
                + "Name: odd/section/\r\nImplementation-Title: section\r\nImplementation-Vendor: v\r\n\r\n"
                + "Name: odd/section\r\nImplementation-Vendor: without slash\r\n\r\n";
        add("sections.jar", jarOf("section").manifest(values));
        add(
                "small-letters.jar",
                jarOf("small")
                        .stored(
                                "meta-inf/manifest.mf",
                                "Manifest-Version: 1.0\r\nImplementation-Title: small\r\n\r\n"));
        add("last.jar", jarOf("last").manifest("Implementation-Title: not the first entry"));
        add("broken.jar", jarOf("broken").stored("META-INF/MANIFEST.MF", "this is no manifest"));
    }

    private void makeReleases() throws IOException {
        OddJar jar = new OddJar().manifest("Multi-Release: TRUE");
        byte[] type = classes.get("odd.release.C");
        jar.deflated("odd/release/C.class", type).deflated("odd/release/file.txt", "base");
        for (String release : List.of("7", "8", "09", "9", "11", "17", "18", "25", "26", "x", "")) {
            String below = "META-INF/versions/" + release + "/";
            jar.stored(below, "")
                    .deflated(below + "odd/release/C.class", type)
                    .deflated(below + "odd/release/file.txt", release)
                    .deflated(below + "odd/release/only" + release + ".txt", release)
                    .deflated(below + "META-INF/services/odd.Service", release);
        }
        add("releases.jar", jar);
        add(
                "no-releases.jar",
                new OddJar()
                        .manifest("", "Name: x/", "Multi-Release: true")
                        .deflated("odd/plain/file.txt", "base")
                        .deflated("META-INF/versions/9/odd/plain/file.txt", "9"));
    }

    private void makeBadClasses() throws IOException {
        byte[] good = classes.get("odd.bad.C");
        byte[] newer = good.clone();
        newer[7] = 99;
        byte[] noMagic = good.clone();
        noMagic[0] = 0;
        OddJar jar = new OddJar()
                .deflated("odd/bad/C.class", good)
                .deflated("odd/bad/Wrong.class", good)
                .deflated("odd/bad/c.class", good)
                .deflated("META-INF/C.class", good)
                .deflated("odd/bad/Newer.class", newer)
                .deflated("odd/bad/NoMagic.class", noMagic)
                .deflated("odd/bad/Empty.class", "")
                .deflated("odd/bad/Cut.class", Arrays.copyOf(good, good.length / 2))
                .deflated("odd/bad/Orphan.class", classes.get("odd.bad.Orphan"))
                .deflated("odd/bad/Heir.class", classes.patched("odd.bad.Heir", "odd/bad/Abs", "odd/bad/Fin"))
                .deflated("odd/bad/Fin.class", classes.get("odd.bad.Fin"))
                .deflated("odd/bad/Ring1.class", classes.get("odd.bad.Ring1"))
                .deflated("odd/bad/Ring2.class", classes.patched("odd.bad.Ring2", "odd/bad/Ring3", "odd/bad/Ring1"))
                .deflated("java/odd/C.class", classes.patched("jxva.odd.C", "jxva/odd/C", "java/odd/C"))
                .deflated("java/util/Odd.class", classes.get("odd.bad.C"))
                .deflated("javax/xml/parsers/Odd.class", classes.get("javax.xml.parsers.Odd"))
                .deflated("OddRoot.class", classes.get("OddRoot"))
                .damaged("odd/bad/Damaged.class")
                .damaged("odd/bad/damaged.txt");
        add("bad.jar", jar);
    }

    private void makeSeals() throws IOException {
        add("seal-first.jar", jarOf("sealed").manifest("Sealed: true"));
        add("seal-second.jar", new OddJar().deflated("odd/sealed/D.class", classes.get("odd.sealed.D")));
        add("open-first.jar", jarOf("opened").manifest());
        add(
                "open-second.jar",
                new OddJar().manifest("Sealed: TRUE").deflated("odd/opened/D.class", classes.get("odd.opened.D")));
        add(
                "seal-section.jar",
                jarOf("sealpart")
                        .deflated("odd/unseal/C.class", classes.get("odd.unseal.C"))
                        .manifest("Sealed: true", "", "Name: odd/unseal/", "Sealed: false"));
        add("seal-section2.jar", new OddJar().deflated("odd/unseal/D.class", classes.get("odd.unseal.D")));
        add("intruder.jar", new OddJar().deflated("org/hsqldb/Intruder.class", classes.get("org.hsqldb.Intruder")));
    }

    /** One jar signed, one signed by someone else into the same package, and what may happen to a signed jar later. */
    private void makeSigned() throws IOException {
        OracleSigning signing = new OracleSigning(home.resolve("keys.p12"));
        Path signed = add("signed.jar", jarOf("signed").manifest("Implementation-Title: signed"));
        signing.sign(signed, "anne");
        Path other = add(
                "signed-by-other.jar",
                new OddJar().manifest().deflated("odd/signed/D.class", classes.get("odd.signed.D")));
        signing.sign(other, "bert");
        Path tampered = add("tampered.jar", jarOf("tampered").manifest());
        signing.sign(tampered, "anne");
        rewrite(tampered, entries -> {
            entries.put("odd/tampered/C.class", classes.patched("odd.tampered.C", "hello", "jello"));
            entries.put("odd/tampered/resource.txt", new byte[] {'x'});
        });
        Path added = add("added.jar", jarOf("added").manifest());
        signing.sign(added, "anne");
        rewrite(added, entries -> entries.put("odd/added/D.class", classes.get("odd.added.D")));
        Path manifest = add("tampered-manifest.jar", jarOf("trust").manifest("Implementation-Title: before"));
        signing.sign(manifest, "bert");
        rewrite(
                manifest,
                entries -> entries.computeIfPresent(
                        "META-INF/MANIFEST.MF", (name, bytes) -> new String(bytes, StandardCharsets.UTF_8)
                                .replace("before", "behind")
                                .getBytes(StandardCharsets.UTF_8)));
        signing.close();
    }

    /** The same entries in the same order, but for what {@code change} does to them. */
    private static void rewrite(Path jar, Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                contents.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        change.accept(contents);
        OddJar changed = new OddJar();
        contents.forEach(changed::deflated);
        changed.write(jar);
    }

    private void makeDirectory() throws IOException {
        Path directory = home.resolve("classes \u00fc #%41");
        Map<String, byte[]> files = new HashMap<>();
        files.put("odd/directory/C.class", classes.get("odd.directory.C"));
        files.put("odd/directory/Wrong.class", classes.get("odd.directory.C"));
        files.put("odd/directory/empty.txt", new byte[0]);
        files.put("META-INF/MANIFEST.MF", "Implementation-Title: not of a jar\n".getBytes(StandardCharsets.UTF_8));
        for (String name : NAMES) {
            if (!name.contains("/.") && !name.startsWith("/")) {
                files.put(name.endsWith("/") ? name + "x" : name, name.getBytes(StandardCharsets.UTF_8));
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        Files.createDirectories(directory.resolve("odd/empty-directory"));
        elements.add(directory + "/");
        directories.add(directory);
    }
}
