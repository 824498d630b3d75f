package io.bootcast.build.bundle;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.FileFacts;
import io.bootcast.index.Index;
import io.bootcast.store.Digest;
import io.bootcast.store.ImageNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sees the packs of directories go by and refuses them if a link in one leads out of the image. For one thread. */
final class LinkWatch {
    private final Map<String, List<Link>> links = new TreeMap<>();
    private List<Link> awaited = List.of();
    private long at;

    /** A link whose target is bytes of a blob. */
    private static final class Link {
        private final String name;
        private final int offset;
        private final byte[] target;

        Link(String name, int offset, int lengthBytes) {
            this.name = name;
            this.offset = offset;
            this.target = new byte[lengthBytes];
        }

        void see(byte[] bytes, int from, int length, long at) {
            long targetEnd = offset + (long) target.length;
            long start = Math.max(at, offset);
            long end = Math.min(at + length, targetEnd);
            if (start < end) {
                int copied = (int) (end - start);
                System.arraycopy(bytes, from + (int) (start - at), target, (int) (start - offset), copied);
            }
            if (at < targetEnd && at + length >= targetEnd) {
                ImageNames.requireLink(name, new String(target, StandardCharsets.UTF_8));
            }
        }
    }

    /** @param index one that {@link ImageNames#require} let pass */
    LinkWatch(Index index) {
        long bytes = 0;
        for (int element = 0; element < index.elementCount(); element++) {
            for (FileFacts file : index.files(element)) {
                if (file.isLink()) {
                    String digest = Digest.hex(index.blobDigest(index.blobOf(element)));
                    String name = index.mirrorPath(element) + "/" + file.name();
                    ImageNames.requireLink(name, file.lengthBytes() == 0 ? "" : ".");
                    bytes += file.lengthBytes();
                    if (bytes > BundleFormat.MOST_HEAD_BYTES) {
                        throw new BootcastException(
                                Fault.BUNDLE,
                                "image: too many links: found=" + bytes + " bytes expected=at most "
                                        + BundleFormat.MOST_HEAD_BYTES);
                    }
                    links.computeIfAbsent(digest, any -> new ArrayList<>())
                            .add(new Link(name, file.offset(), file.lengthBytes()));
                }
            }
        }
    }

    /** The blob {@code digest} begins. */
    void begin(String digest) {
        awaited = links.getOrDefault(digest, List.of());
        at = 0;
    }

    /** The next bytes of the blob. */
    void see(byte[] bytes, int offset, int length) {
        for (Link link : awaited) {
            link.see(bytes, offset, length, at);
        }
        at += length;
    }
}
