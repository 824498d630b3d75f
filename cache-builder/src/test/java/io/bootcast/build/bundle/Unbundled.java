package io.bootcast.build.bundle;

import io.bootcast.store.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@link BundleReader} gives of a bundle, in its order. */
record Unbundled(byte[] launchList, Map<String, byte[]> blobs) {
    private static final int BUFFER_BYTES = 100_000;

    static Unbundled read(Path file) throws IOException {
        try (BundleReader reader = new BundleReader(file.toFile())) {
            byte[] list = reader.launchList();
            Map<String, byte[]> blobs = new LinkedHashMap<>();
            for (String digest = reader.next(); !digest.isEmpty(); digest = reader.next()) {
                blobs.put(digest, content(reader));
            }
            return new Unbundled(list, blobs);
        }
    }

    static byte[] content(BundleReader reader) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int got = reader.read(buffer, 0, buffer.length); got >= 0; got = reader.read(buffer, 0, buffer.length)) {
            content.write(buffer, 0, got);
        }
        return content.toByteArray();
    }

    /** Whether every blob is what it is called: what the store asks. */
    boolean isIntact() {
        return blobs.entrySet().stream()
                .allMatch(blob ->
                        Digest.hex(Digest.sha256().digest(blob.getValue())).equals(blob.getKey()));
    }
}
