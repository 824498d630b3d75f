package io.bootcast.path;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.Index;
import io.bootcast.resolve.FileStamp;
import io.bootcast.store.BlobWriter;
import io.bootcast.store.Digest;
import io.bootcast.store.LaunchList;
import io.bootcast.store.Store;
import io.bootcast.transport.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Steps 1 and 2 at the root: finds out which image it is, from the class path or from a bundle, reading what the store does not know yet. Runs in a thread of its own,
 * while MPI starts and while earlier blobs are being sent; {@link #take} hands over blobs as they become ready.
 */
abstract class RootReader {
    final Settings settings;
    final Store store;
    final Steps steps;
    private final Progress progress;

    private final Set<String> offered = new HashSet<>();
    private final ArrayDeque<Offer> ready = new ArrayDeque<>();
    private final List<String> notes = new ArrayList<>();
    private String head = "";
    private String reading = "";
    private long movedNanos = System.nanoTime();
    private BootcastException failure;
    private boolean done;
    private boolean fromRecipe;

    /**
     * @param progress called when something was read, for the watchdog
     */
    RootReader(Settings settings, Store store, Steps steps, Progress progress) {
        this.settings = settings;
        this.store = store;
        this.steps = steps;
        this.progress = progress;
    }

    /** Reads in a thread of its own. */
    public void start() {
        Thread thread = new Thread("bootcast-reader") {
            @Override
            public void run() {
                RootReader.this.run();
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads in the caller's thread. Failures, too, are handed over by {@link #take}. */
    public void run() {
        BootcastException failed = null;
        String digest = "";
        try {
            digest = read();
        } catch (BootcastException e) {
            failed = e;
        } catch (BlobWriter.NotWritten e) {
            failed = new BootcastException(
                    Fault.STORE, "store " + store.directory() + ": " + BootcastException.reason(e), e);
        } catch (IOException e) {
            failed = unreadable(e);
        } catch (RuntimeException | Error e) {
            failed = new BootcastException(Fault.INTERNAL, "root failed while reading: " + e, e);
        }
        synchronized (this) {
            failure = failed;
            head = digest;
            done = true;
            notifyAll();
        }
    }

    /** Reads, and offers each blob of the image once it is in the store; returns the digest of the image's index, or of its launch list if it has one. */
    abstract String read() throws IOException;

    /** What users see if {@link #read} fails with {@code cause}. */
    abstract BootcastException unreadable(IOException cause);

    /** The settings of the job as far as what is read decides on them; waits for that if need be. Called before the others hear of the settings. */
    void complete(Settings others) {}

    /** Makes a blob of {@code bytes}, unless root's store has it, and returns its digest. */
    final String store(ByteBuffer bytes, long mtimeNanos) throws IOException {
        MessageDigest sha = Digest.sha256();
        sha.update(bytes.duplicate());
        String digest = Digest.hex(sha.digest());
        if (!store.hasBlob(digest)) {
            try (BlobWriter blob = store.newBlob()) {
                blob.write(bytes.duplicate());
                store.publish(blob, digest, mtimeNanos);
            }
        }
        return digest;
    }

    /** The blobs that the index of {@code digest} names, and the index itself, which root's store has. */
    final List<Offer> offersOf(String digest) {
        ByteBuffer bytes = store.openBlob(digest);
        Index index = Index.open(bytes, digest);
        List<Offer> offers = new ArrayList<>();
        for (int blob = 0; blob < index.blobCount(); blob++) {
            offers.add(
                    new Offer(Digest.hex(index.blobDigest(blob)), index.blobBytes(blob), index.blobMtimeNanos(blob)));
        }
        offers.add(new Offer(digest, bytes.limit(), 0));
        return offers;
    }

    /** Offers what root's store has already; nothing is read. */
    final void offerKnown(List<Offer> offers) {
        fromRecipe = true;
        for (Offer offer : offers) {
            offer(offer);
        }
    }

    /** The time that the copy of a file with this stamp gets. */
    final long timeOf(FileStamp stamp) {
        return settings.fixedTimes ? LaunchList.MTIME_NANOS : stamp.mtimeNanos();
    }

    /** An element stays at home or is absent: for the report. */
    synchronized void note(String text) {
        notes.add(text);
    }

    /** What {@link #note} was told. */
    synchronized List<String> notes() {
        return new ArrayList<>(notes);
    }

    /** A blob is in root's store. The same content under two names is offered once. */
    synchronized void offer(Offer offer) {
        if (offered.add(offer.digest)) {
            ready.add(offer);
        }
        moved(reading);
        notifyAll();
    }

    /** Bytes of {@code file} came, or are asked for. */
    synchronized void moved(String file) {
        reading = file;
        movedNanos = System.nanoTime();
        progress.progress();
    }

    /**
     * What has become ready since the last call; waits for something, but at most {@code waitMillis}, and then gives an empty batch. Root's
     * failure is thrown here, and that it has read nothing for as long as {@code --timeout} allows: no watchdog sees that, because empty batches
     * are progress.
     */
    synchronized Batch take(long waitMillis) {
        long until = System.nanoTime() + waitMillis * 1_000_000;
        while (ready.isEmpty() && !done) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BootcastException(Fault.INTERNAL, "interrupted while waiting for root's reader", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        long idleSeconds = (System.nanoTime() - movedNanos) / 1_000_000_000;
        if (ready.isEmpty() && !done && idleSeconds >= settings.timeoutSeconds) {
            throw new BootcastException(
                    Fault.TIMEOUT,
                    "root reads nothing: file=" + reading + " seconds=" + idleSeconds
                            + "; is the file system stuck? a longer wait: --timeout SECONDS");
        }
        Batch batch = new Batch();
        while (!ready.isEmpty()) {
            batch.offers.add(ready.poll());
        }
        batch.head = done ? head : "";
        return batch;
    }

    /** True if the others do without the image, like root, instead of failing with {@code e}: root's store has no room. */
    boolean allowsFallBack(BootcastException e) {
        return e.fault() == Fault.STORE && !settings.abortOnError;
    }

    /** True if nothing is being read or written any more. */
    synchronized boolean isDone() {
        return done;
    }

    /** True if the store knew the image, so that nothing was read. */
    boolean isFromRecipe() {
        return fromRecipe;
    }
}
