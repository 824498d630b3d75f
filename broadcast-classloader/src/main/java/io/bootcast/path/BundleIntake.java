package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.Index;
import io.bootcast.resolve.FileStamp;
import io.bootcast.resolve.Limits;
import io.bootcast.resolve.Sightings;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.ImageNames;
import io.bootcast.store.LaunchList;
import io.bootcast.store.Store;
import io.bootcast.transport.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a bundle: its head, which says what the image is made of; then, if root's store lacks some of it, the rest once from front to back. Nothing of a bundle that is damaged, stale, or
 * made for another JVM gets into an image.
 */
final class BundleIntake extends RootReader {
    private static final int READ_BYTES = 1 << 20;

    private final Bundles bundles;
    private final byte[] buffer = new byte[READ_BYTES];
    private LaunchList list;

    BundleIntake(Settings settings, Store store, Steps steps, Progress progress, Bundles bundles) {
        super(settings, store, steps, progress);
        this.bundles = bundles;
    }

    @Override
    String read() throws IOException {
        Recipe recipe = new Recipe(store, settings, System.getProperty("java.vm.version"));
        String known = recipe.imageOf(new Limits(settings.maxBytes, settings.live));
        if (known.isEmpty()) {
            return read(recipe);
        }
        long start = System.nanoTime();
        byte[] listBytes = store.readBlob(known);
        LaunchList read = LaunchList.of(listBytes);
        requireJvm(read, settings);
        found(read);
        offerKnown(offersOf(read));
        offer(new Offer(known, listBytes.length, LaunchList.MTIME_NANOS));
        steps.add(Steps.Step.INDEX, start);
        return known;
    }

    private String read(Recipe recipe) throws IOException {
        File file = new File(settings.bundle);
        FileStamp stamp = FileStamp.of(file.toPath());
        if (!stamp.exists()) {
            throw new BootcastException(Fault.BUNDLE, "there is no such bundle: file=" + file);
        }
        long start = System.nanoTime();
        moved(file.getPath());
        store.dropDamaged();
        try (BundleFile bundle = bundles.open(file)) {
            byte[] listBytes = bundle.launchList();
            LaunchList read = LaunchList.of(listBytes);
            requireJvm(read, settings);
            found(read);
            steps.read(1, 0);
            String head = store(ByteBuffer.wrap(listBytes), LaunchList.MTIME_NANOS);
            Index index = index(bundle, read);
            Sources sources = new Sources(file, this);
            sources.require(index);
            steps.add(Steps.Step.RESOLVE, start);
            start = System.nanoTime();
            receive(bundle, read);
            offer(new Offer(head, listBytes.length, LaunchList.MTIME_NANOS));
            List<String> proofs = sources.proofs();
            proofs.add(Sightings.fileLine(settings.bundle, stamp));
            if (!settings.triesOnly) {
                recipe.remember(head, proofs);
            }
            steps.add(Steps.Step.INDEX, start);
            return head;
        }
    }

    /** A runtime that comes along is the JVM that will run what is staged; else it is this one. */
    static void requireJvm(LaunchList read, Settings settings) {
        String[] keys = settings.stages && read.hasRuntime()
                ? new String[] {LaunchList.ARCHITECTURE}
                : new String[] {LaunchList.ARCHITECTURE, LaunchList.JVM_VERSION, LaunchList.JVM_VENDOR};
        for (String key : keys) {
            String expected = read.setting(key);
            String found = System.getProperty(key, "");
            if (!expected.equals(found)) {
                throw new BootcastException(
                        Fault.BUNDLE,
                        "the bundle was built for another JVM: " + key + " found=[" + found + "] expected=[" + expected
                                + "]; set JAVA_HOME to that JDK, or build the bundle with this one");
            }
        }
    }

    private synchronized void found(LaunchList read) {
        list = read;
        notifyAll();
    }

    @Override
    void complete(Settings others) {
        LaunchList known = awaitList();
        if (known != null) {
            others.classPath = known.setting(LaunchList.CLASS_PATH);
            others.mainClass = known.setting(LaunchList.MAIN);
        }
    }

    /** The list once the bundle's head was read; null if that failed, which {@link #take} tells. */
    private synchronized LaunchList awaitList() {
        try {
            while (list == null && !isDone()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BootcastException(Fault.INTERNAL, "interrupted while waiting for the bundle's head", e);
        }
        return list;
    }

    /** The index, which comes first. */
    private Index index(BundleFile bundle, LaunchList read) throws IOException {
        String digest = read.indexDigest();
        String first = bundle.next();
        if (!first.equals(digest)) {
            throw new BootcastException(
                    Fault.BUNDLE, "the bundle's first blob is not its index: found=" + first + " expected=" + digest);
        }
        if (!store.hasBlob(digest)) {
            receive(bundle, digest, 0);
        }
        Index index = Index.open(store.openBlob(digest), digest);
        ImageNames.require(index, read);
        return index;
    }

    /** All that the image is made of, but the list itself: the index is in root's store. */
    private List<Offer> offersOf(LaunchList read) {
        List<Offer> offers = offersOf(read.indexDigest());
        for (LaunchList.Item item : read.items()) {
            if (!item.isLink()) {
                offers.add(new Offer(item.digest(), item.lengthBytes(), LaunchList.MTIME_NANOS));
            }
        }
        return offers;
    }

    /** Offers all that the image is made of, what root's store lacks as soon as it has come; at once where nothing is going to be sent. */
    private void receive(BundleFile bundle, LaunchList read) throws IOException {
        Map<String, Offer> lacking = new LinkedHashMap<>();
        for (Offer offer : offersOf(read)) {
            if (settings.triesOnly || store.hasBlob(offer.digest)) {
                offer(offer);
            } else {
                lacking.putIfAbsent(offer.digest, offer);
            }
        }
        while (!lacking.isEmpty()) {
            String digest = bundle.next();
            if (digest.isEmpty()) {
                throw new BootcastException(
                        Fault.BUNDLE,
                        "the bundle is not complete: file=" + settings.bundle + " lacks=" + lacking.size()
                                + " blobs; copy or build it again");
            }
            Offer offer = lacking.remove(digest);
            if (offer != null) {
                receive(bundle, digest, offer.mtimeNanos);
                offer(offer);
            }
        }
    }

    private void receive(BundleFile bundle, String digest, long mtimeNanos) throws IOException {
        MessageDigest sha = Digest.sha256();
        try (BlobWriter blob = store.newBlob()) {
            for (int count = bundle.read(buffer, 0, READ_BYTES);
                    count >= 0;
                    count = bundle.read(buffer, 0, READ_BYTES)) {
                blob.write(buffer, 0, count);
                sha.update(buffer, 0, count);
                steps.read(0, count);
                moved(settings.bundle);
            }
            String found = Digest.hex(sha.digest());
            if (!found.equals(digest)) {
                throw new BootcastException(
                        Fault.BUNDLE,
                        "the bundle was altered: file=" + settings.bundle + " blob=" + digest + " found=" + found
                                + "; copy or build it again");
            }
            store.publish(blob, digest, mtimeNanos);
        }
    }

    @Override
    BootcastException unreadable(IOException cause) {
        return new BootcastException(
                Fault.BUNDLE,
                "root cannot read the bundle: file=" + settings.bundle + " reason=" + BootcastException.reason(cause),
                cause);
    }
}
