package io.bootcast.index;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The hot blob of the golden file, of classes of the golden index. {@code main} writes the file anew; that is right only when a new version of the format gets a
 * golden file of its own.
 */
final class GoldenHotBlob {
    private GoldenHotBlob() {}

    /** Writes to the path that is the only argument. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), bytes());
    }

    static Index index() {
        return Index.open(ByteBuffer.wrap(GoldenIndex.bytes()), "golden");
    }

    static byte[] bytes() throws IOException {
        Index index = index();
        HotWriter writer = new HotWriter(index);
        writer.add(place(index, "pkg/Main.class"), content(300, 7));
        writer.add(place(index, "é.txt"), content(5, 1));
        writer.add(place(index, "java/sql/Extra.class"), content(0, 0));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out);
        return out.toByteArray();
    }

    static int place(Index index, String name) {
        return index.firstPlace(index.find(name));
    }

    static ByteBuffer content(int length, int seed) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * seed);
        }
        return ByteBuffer.wrap(content);
    }
}
