package io.bootcast.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bootcast.build.reach.Entries;
import io.bootcast.build.reach.FileEntries;
import io.bootcast.build.reach.ImageEntries;
import io.bootcast.path.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Static reachability reads the same from an image as from the files that it was made from. */
class ReachImageTest {
    @TempDir
    Path own;

    private static byte[] content(String text) {
        return text.repeat(50).getBytes(StandardCharsets.UTF_8);
    }

    private static void put(JarOutputStream jar, String name, byte[] content, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setCrc(crc.getValue());
            entry.setSize(content.length);
        }
        jar.putNextEntry(entry);
        jar.write(content);
    }

    private Path jar() throws IOException {
        Path file = own.resolve("a.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            byte[] manifest = "Manifest-Version: 1.0\nMulti-Release: true\n\n".getBytes(StandardCharsets.UTF_8);
            put(jar, "META-INF/MANIFEST.MF", manifest, ZipEntry.DEFLATED);
            put(jar, "p/", new byte[0], ZipEntry.STORED);
            put(jar, "p/A.class", content("deflated"), ZipEntry.DEFLATED);
            put(jar, "p/B.class", content("stored"), ZipEntry.STORED);
            put(jar, "p/C.class", content("old"), ZipEntry.DEFLATED);
            put(jar, "META-INF/versions/11/p/C.class", content("new"), ZipEntry.DEFLATED);
            put(jar, "META-INF/services/p.S", content("p.A\n"), ZipEntry.DEFLATED);
        }
        return file;
    }

    private Path directory() throws IOException {
        Path directory = own.resolve("classes");
        Files.createDirectories(directory.resolve("p"));
        Files.createDirectories(directory.resolve("META-INF/services"));
        Files.write(directory.resolve("p/A.class"), content("of the directory"));
        Files.write(directory.resolve("p/D.class"), content("only here"));
        Files.write(directory.resolve("META-INF/services/p.S"), content("p.D\n"));
        return directory;
    }

    /** Elements and contents by name; names below {@code META-INF/versions} are no class's. */
    private static Map<String, String> all(Entries entries) throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String name : entries.names()) {
            StringBuilder places = new StringBuilder();
            for (Entries.Place place : entries.find(name)) {
                places.append(place.element()).append(' ');
                places.append(HexFormat.of().formatHex(place.read())).append('\n');
            }
            if (!name.startsWith("META-INF/versions/")) {
                all.put(name, places.toString());
            }
        }
        return all;
    }

    @Test
    void entriesOfImageAreThoseOfItsFiles() throws IOException {
        List<Path> elements = List.of(jar(), directory());
        Settings settings = new Settings();
        settings.classPath = elements.get(0) + ":" + elements.get(1);
        try (Workshop workshop = new Workshop(own.toString());
                FileEntries files = FileEntries.open(elements)) {
            workshop.readClassPath(settings);

            Map<String, String> found = workshop.open(image(workshop), image -> all(new ImageEntries(image)));

            assertEquals(all(files), found);
            assertEquals(6, found.size(), found::toString);
        }
    }

    private static Path image(Workshop workshop) throws IOException {
        try (Stream<Path> images = Files.list(workshop.store().resolve("images"))) {
            return images.findFirst().orElseThrow();
        }
    }
}
