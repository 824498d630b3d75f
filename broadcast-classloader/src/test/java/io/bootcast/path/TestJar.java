package io.bootcast.path;

import io.bootcast.store.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Random;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Jars whose content a test chooses; the same arguments give the same bytes. */
final class TestJar {
    private TestJar() {}

    /** A jar with one stored-like entry of {@code bytes} random bytes. */
    static Path write(Path file, int bytes, int seed) throws IOException {
        return write(file, bytes, seed, "");
    }

    static Path write(Path file, int bytes, int seed, String classPath) throws IOException {
        Files.createDirectories(file.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!classPath.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            put(jar, "META-INF/MANIFEST.MF", manifest);
            ZipEntry entry = new ZipEntry("data/content.bin");
            entry.setTime(0);
            jar.putNextEntry(entry);
            jar.write(content);
        }
        return file;
    }

    private static void put(JarOutputStream jar, String name, Manifest manifest) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        jar.putNextEntry(entry);
        manifest.write(jar);
        jar.closeEntry();
    }

    static String digest(Path file) throws IOException {
        MessageDigest sha = Digest.sha256();
        sha.update(Files.readAllBytes(file));
        return Digest.hex(sha.digest());
    }
}
