package io.bootcast.build.archive;

import io.bootcast.boot.ArchiveCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** An image with one jar, which holds {@link Hello}, and what its JVM says. */
record SmallImage(Path directory) {
    private static final FileTime FIXED = FileTime.fromMillis(315_532_800_000L);
    private static final int SECONDS = 30;

    /** The JDK that runs the tests. */
    static final Jdk JDK = Jdk.of(Path.of(System.getProperty("java.home")));

    static SmallImage in(Path directory) throws IOException {
        Path jar = directory.resolve("home/lib/hello.jar");
        Files.createDirectories(jar.getParent());
        Files.createDirectories(directory.resolve("launch"));
        String name = Hello.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = Hello.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
        }
        Files.setLastModifiedTime(jar, FIXED);
        Files.writeString(directory.resolve("launch/class-path"), "home/lib/hello.jar\n");
        return new SmallImage(directory);
    }

    /** A copy with the same times. */
    Path copyTo(Path place) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                Path copy = place.resolve(directory.relativize(file));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return place;
    }

    ArchiveMaker maker(int stopAfterSeconds, String... arguments) {
        Application hello = new Application(List.of(), Hello.class.getName(), List.of(arguments), stopAfterSeconds);
        return new ArchiveMaker(JDK, directory, Start.stock(directory), hello, directory.resolve("log"));
    }

    List<Variant> variants(String... wanted) {
        return Variants.of(JDK, Way.STOCK, List.of(), List.of(wanted));
    }

    /** What {@link Hello} prints in the image at {@code place}, and lines that say where its class came from. */
    List<String> run(Path place, Variant variant, String... flags) throws IOException {
        Path log = directory.resolve("loaded");
        List<String> words = new ArrayList<>(List.of(JDK.tool("java"), "-Xlog:disable"));
        words.add("-Xlog:class+load:file=" + log + "::filecount=0");
        words.addAll(ArchiveCheck.use(place.resolve(variant.file()).toFile(), /* must= */ false));
        words.addAll(List.of(flags));
        words.addAll(Start.stock(place).jvm());
        words.add(Hello.class.getName());
        List<String> lines = new ArrayList<>(ChildJvm.ask(ArchiveCheck.withDescriptor(place.toFile(), words), SECONDS)
                .text()
                .lines()
                .toList());
        for (String line : Files.readAllLines(log)) {
            if (line.contains(Hello.class.getName() + " source: ")) {
                lines.add(line.substring(line.indexOf("source: ")));
            }
        }
        return lines;
    }
}
