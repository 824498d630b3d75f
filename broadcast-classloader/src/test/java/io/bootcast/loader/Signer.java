package io.bootcast.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;

/** Signs jars with the JDK's own signer, and alters signed ones behind its back. Keys are made once per JVM: that takes seconds. */
final class Signer {
    private static final String PASSWORD = "secret";
    private static final int TIMEOUT_SECONDS = 60;

    private static Signer made;

    private final KeyStore keys;

    private Signer(KeyStore keys) {
        this.keys = keys;
    }

    /** A signer with keys of these names: ONE and TWO are of RSA, CURVE is of elliptic curves. */
    static synchronized Signer get() throws Exception {
        if (made == null) {
            Path directory = Files.createTempDirectory("bootcast-keys");
            Path file = directory.resolve("keys.p12");
            try {
                for (String[] key : new String[][] {{"ONE", "RSA"}, {"TWO", "RSA"}, {"CURVE", "EC"}}) {
                    makeKey(file, key[0], key[1]);
                }
                made = new Signer(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
        }
        return made;
    }

    private static void makeKey(Path file, String alias, String algorithm) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/keytool");
        command.addAll(List.of("-J-Xshare:auto", "-J-XX:TieredStopAtLevel=1", "-genkeypair"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD, "-alias", alias));
        command.addAll(List.of("-keyalg", algorithm, "-validity", "3650", "-dname", "CN=" + alias));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            keytool.destroyForcibly().waitFor();
        }
        if (keytool.exitValue() != 0) {
            throw new AssertionError("no key: exit=" + keytool.exitValue() + " command=" + command);
        }
    }

    JarSigner.Builder builder(String alias) throws Exception {
        KeyStore.Entry entry = keys.getEntry(alias, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        return new JarSigner.Builder((KeyStore.PrivateKeyEntry) entry).signerName(alias);
    }

    /** Signs {@code jar} in its place. */
    Path sign(Path jar, String alias) throws Exception {
        return sign(jar, builder(alias));
    }

    static Path sign(Path jar, JarSigner.Builder builder) throws Exception {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        try (ZipFile in = new ZipFile(jar.toFile())) {
            builder.build().sign(in, signed);
        }
        return Files.write(jar, signed.toByteArray());
    }

    /** The content of {@code jar} by name, in its order. */
    static Map<String, byte[]> content(Path jar) throws IOException {
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (ZipFile in = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                try (InputStream bytes = in.getInputStream(entry)) {
                    content.put(entry.getName(), bytes.readAllBytes());
                }
            }
        }
        return content;
    }

    /** Writes {@code jar} anew with {@code content}. */
    static Path write(Path jar, Map<String, byte[]> content) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }

    /** Puts {@code bytes} into the place of the entry {@code name}, or, if they are null, nothing. */
    static Path alter(Path jar, String name, byte[] bytes) throws IOException {
        Map<String, byte[]> content = content(jar);
        if (bytes == null) {
            content.remove(name);
        } else {
            content.put(name, bytes);
        }
        return write(jar, content);
    }
}
