package io.bootcast.build;

import io.bootcast.build.bundle.BundleReader;
import io.bootcast.build.bundle.Manifest;
import io.bootcast.build.bundle.ManifestMaker;
import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.Index;
import io.bootcast.store.Digest;
import io.bootcast.store.LaunchList;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bootcast verify}: reads a whole bundle and all jars that it was made from, and compares every byte by SHA-256. Whatever is wrong is a line, and exit code 72 in the end. */
@Command(
        name = "verify",
        description = "Compares a bundle's content, and the jars it was made from, with their digests.")
final class VerifyCommand implements Callable<Integer> {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String ARCHIVES = "launch/archives";

    @Parameters(paramLabel = "BUNDLE")
    private File file = new File("");

    private final PrintStream out;
    private int wrong;
    private int right;
    private int notChecked;

    VerifyCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Manifest manifest = readBundle();
        int blobs = right;
        for (Manifest.Source source : manifest.sources()) {
            compare(source);
        }
        out.println(file + ": " + blobs + " blobs and " + (right - blobs) + " source jars are right, " + wrong
                + " wrong, " + notChecked + " not checked");
        out.flush();
        return wrong == 0 ? 0 : Fault.BUNDLE.exitCode();
    }

    private Manifest readBundle() throws IOException {
        try (BundleReader reader = new BundleReader(file)) {
            Manifest manifest = Manifest.of(reader.manifest());
            LaunchList list = LaunchList.of(reader.launchList());
            String archivesDigest = digestOf(list, ARCHIVES);
            byte[] index = new byte[0];
            List<String> archives = List.of();
            for (String digest = reader.next(); !digest.isEmpty(); digest = reader.next()) {
                boolean isIndex = digest.equals(list.indexDigest());
                boolean isKept = isIndex || digest.equals(archivesDigest);
                ByteArrayOutputStream kept = new ByteArrayOutputStream();
                compare(digest, content(reader, isKept ? kept : null));
                index = isIndex ? kept.toByteArray() : index;
                archives = digest.equals(archivesDigest) ? lines(kept) : archives;
            }
            compare(
                    manifest,
                    ManifestMaker.make(
                            list, Index.open(ByteBuffer.wrap(index), file.getPath()), archives, manifest.loadList()));
            return manifest;
        }
    }

    private static String digestOf(LaunchList list, String name) {
        return list.items().stream()
                .filter(item -> item.name().equals(name))
                .map(LaunchList.Item::digest)
                .findFirst()
                .orElse("");
    }

    private static List<String> lines(ByteArrayOutputStream text) {
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The digest of the blob's content, which is kept, too, if that is wanted. */
    private static String content(BundleReader reader, @Nullable ByteArrayOutputStream kept) throws IOException {
        MessageDigest sha = Digest.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int got = reader.read(buffer, 0, buffer.length); got >= 0; got = reader.read(buffer, 0, buffer.length)) {
            sha.update(buffer, 0, got);
            if (kept != null) {
                kept.write(buffer, 0, got);
            }
        }
        return Digest.hex(sha.digest());
    }

    private void compare(String expected, String found) {
        if (found.equals(expected)) {
            right++;
        } else {
            wrong++;
            out.println("damaged: blob=" + expected + " found=" + found + " expected=" + expected + "; build it again");
        }
    }

    /** The manifest decides nothing, but people believe it. */
    private void compare(Manifest found, Manifest expected) {
        if (!found.agreesWith(expected)) {
            wrong++;
            out.println(
                    "damaged: manifest: found=other facts than expected=those of launch list and index; build it again");
        }
    }

    private void compare(Manifest.Source source) {
        Path jar = Path.of(source.path());
        try {
            if (!Files.isRegularFile(jar)) {
                notChecked++;
                out.println("not checked: file=" + jar + " reason=there is none here");
                return;
            }
            long bytes = Files.size(jar);
            String digest = digest(jar);
            if (digest.equals(source.sha256())) {
                right++;
            } else {
                wrong++;
                out.println("stale: file=" + jar + " found=" + bytes + " bytes " + digest + " expected="
                        + source.bytes() + " bytes " + source.sha256() + "; build the bundle again");
            }
        } catch (IOException e) {
            notChecked++;
            out.println("not checked: file=" + jar + " reason=" + BootcastException.reason(e));
        }
    }

    private static String digest(Path jar) throws IOException {
        MessageDigest sha = Digest.sha256();
        try (InputStream in = Files.newInputStream(jar)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                sha.update(buffer, 0, got);
            }
        }
        return Digest.hex(sha.digest());
    }
}
