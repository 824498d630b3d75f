package io.bootcast.build.bundle;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.Index;
import io.bootcast.store.Digest;
import io.bootcast.store.LaunchList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The blobs that a launch list, and later its index, announce: the index, and the others by digest. */
final class Announced {
    private final LaunchList list;
    private final Map<String, Long> blobs = new TreeMap<>();
    private long bytes;

    Announced(LaunchList list) {
        this.list = list;
        add(list.indexDigest(), list.indexBytes());
        for (LaunchList.Item item : list.items()) {
            if (!item.isLink()) {
                add(item.digest(), item.lengthBytes());
            }
        }
    }

    void add(Index index) {
        for (int blob = 0; blob < index.blobCount(); blob++) {
            add(Digest.hex(index.blobDigest(blob)), index.blobBytes(blob));
        }
    }

    private void add(String digest, long lengthBytes) {
        Long known = blobs.put(digest, lengthBytes);
        if (known == null) {
            if (lengthBytes < 0 || Long.MAX_VALUE - bytes < lengthBytes) {
                throw refused("a blob has no length", lengthBytes, "0 or more");
            }
            bytes += lengthBytes;
        } else if (known != lengthBytes) {
            throw refused("a blob has two lengths", lengthBytes, known);
        }
        if (blobs.size() > BundleFormat.MOST_BLOBS) {
            throw refused("too many blobs", "more", BundleFormat.MOST_BLOBS);
        }
    }

    private static BootcastException refused(String what, Object found, Object expected) {
        return new BootcastException(Fault.BUNDLE, "image: " + what + ": found=" + found + " expected=" + expected);
    }

    /** Of all blobs. */
    long bytes() {
        return bytes;
    }

    long lengthBytes(String digest) {
        Long length = blobs.get(digest);
        if (length == null) {
            throw new AssertionError("not announced: " + digest);
        }
        return length;
    }

    /** In the order of the bundle. */
    List<String> digests() {
        List<String> digests = new ArrayList<>(blobs.keySet());
        digests.remove(list.indexDigest());
        digests.add(0, list.indexDigest());
        return digests;
    }

    /** The most that a bundle of {@code packedBytes} may announce. */
    static long mostBytes(long packedBytes) {
        return BundleFormat.FREE_BYTES + BundleFormat.MOST_RATIO * packedBytes;
    }
}
