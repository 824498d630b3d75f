package example;

import io.bootcast.build.bundle.BundleReader;
import java.io.File;
import java.io.IOException;

/** Reads and unpacks a bundle as the root of {@code bootcast stage} does, and keeps nothing of it. Argument: the bundle. Prints {@code bytes N micros N}. */
public final class BundleRead {
    private static final int READ_BYTES = 1 << 20;

    private BundleRead() {}

    /** See the class. */
    public static void main(String[] args) throws IOException {
        byte[] buffer = new byte[READ_BYTES];
        long start = System.nanoTime();
        long bytes = 0;
        try (BundleReader bundle = new BundleReader(new File(args[0]))) {
            for (String blob = bundle.next(); !blob.isEmpty(); blob = bundle.next()) {
                for (int got = bundle.read(buffer, 0, READ_BYTES); got > 0; got = bundle.read(buffer, 0, READ_BYTES)) {
                    bytes += got;
                }
            }
        }
        System.out.println("bytes " + bytes + " micros " + (System.nanoTime() - start) / 1000);
    }
}
