package io.bootcast.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Signs jars with the JDK's own tools, as one of two signers. Close it: it has a file of keys. */
final class OracleSigning implements AutoCloseable {
    private static final List<String> SIGNERS = List.of("anne", "bert");

    private final Path keys;

    OracleSigning(Path keys) {
        this.keys = keys;
        for (String signer : SIGNERS) {
            tool(
                    "keytool",
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + signer,
                    "-alias",
                    signer,
                    "-validity",
                    "3650");
        }
    }

    /** Signs {@code jar} in its place. */
    void sign(Path jar, String signer) {
        tool("jarsigner", jar.toString(), signer);
    }

    private void tool(String name, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(System.getProperty("java.home") + "/bin/" + name);
        words.addAll(List.of("-keystore", keys.toString(), "-storepass", "password"));
        words.addAll(List.of(arguments));
        Command.of(words).run().expect(0);
    }

    @Override
    public void close() throws IOException {
        Files.delete(keys);
    }
}
