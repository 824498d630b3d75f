package io.bootcast.build.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Where the parts of a packed file are. */
final class Frames {
    private Frames() {}

    /** The length of the frame whose skippable header is at {@code at}. */
    static int lengthBytes(byte[] bundle, int at) {
        return ByteBuffer.wrap(bundle).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 2 * Integer.BYTES);
    }

    /** The starts of the skippable headers, and the end. */
    static List<Integer> borders(byte[] bundle) {
        List<Integer> borders = new ArrayList<>();
        int at = 0;
        while (at < bundle.length) {
            borders.add(at);
            at += BundleFormat.PZSTD_HEADER_BYTES + lengthBytes(bundle, at);
        }
        borders.add(at);
        return borders;
    }
}
