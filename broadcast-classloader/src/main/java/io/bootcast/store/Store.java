package io.bootcast.store;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import io.bootcast.index.Index;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * One user's store on this node. While it is open, this process counts as one that may still add blobs; {@link #open(String)} of an image
 * makes it a user of that image; {@link #leave} takes both back and removes what nobody needs. For one thread; several processes, and several
 * ranks in one process, may have the same store open.
 */
public final class Store {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long POLL_MILLIS = 5;
    private static final long REST_MILLIS = 100;
    private static final int ID_CHARACTERS = 32;
    private static final int LINK_COUNT_UNUSED = 1;

    private final File directory;
    private final String refused;
    private final Locks locks;
    private long names = System.nanoTime();
    private String image = "";
    private boolean adding;

    private Store(File directory, String refused, Locks locks) {
        this.directory = directory;
        this.refused = refused;
        this.locks = locks;
    }

    /** Opens the store that {@code place} finds for {@code wanted}, making it if it is missing. */
    public static Store open(StorePlace place, String wanted, Map<String, String> environment, Locks locks) {
        File directory = new File(wanted);
        try {
            while (true) {
                directory = place.find(wanted, environment);
                Store store = new Store(directory, place.refused(), locks);
                try (Gate gate = Gate.tryEnter(store.directory)) {
                    if (gate != null) {
                        store.makeDirectories();
                        locks.hold(store.file("busy"));
                        store.adding = true;
                        return store;
                    }
                }
            }
        } catch (IOException e) {
            throw failed("open", directory, e);
        }
    }

    private static BootcastException failed(String what, Object file, IOException cause) {
        return new BootcastException(
                Fault.STORE,
                "store: cannot " + what + ": file=" + file + " reason=" + BootcastException.reason(cause)
                        + "; another place: --store DIR",
                cause);
    }

    private void makeDirectories() throws IOException {
        for (String name : new String[] {"blobs", "tmp", "images", "recipes"}) {
            File child = file(name);
            if (!child.isDirectory() && !child.mkdir()) {
                throw new IOException("cannot make directory " + child);
            }
        }
    }

    private File file(String name) {
        return new File(directory, name);
    }

    public File directory() {
        return directory;
    }

    /** What is to be said of the store's place: why it is another one than the first choice; or an empty string. */
    public String note() {
        return refused.isEmpty() ? "" : "store: used=" + directory + " " + refused;
    }

    /** A new empty file below {@code tmp}, made by nobody else. */
    private File temporaryFile() throws IOException {
        File file;
        do {
            file = file("tmp/" + newToken());
        } while (!file.createNewFile());
        return file;
    }

    /** A new empty directory below {@code tmp}, made by nobody else. */
    private File temporaryDirectory() throws IOException {
        File directory;
        do {
            directory = file("tmp/" + newToken());
        } while (directory.exists());
        if (!directory.mkdir()) {
            throw new IOException("cannot make directory " + directory);
        }
        return directory;
    }

    /** A file that only ranks with this very store can see, holding {@code token}; the caller removes it. */
    public File writeToken(String token) {
        File file = file("tmp/token-" + token);
        try {
            Files.createFile(file.toPath());
        } catch (IOException e) {
            throw failed("write", file, e);
        }
        return file;
    }

    /** True if the rank that wrote {@code token} has the same store. */
    public boolean seesToken(String token) {
        return file("tmp/token-" + token).exists();
    }

    /** A name that no other rank of this node is likely to have: one clock, in nanoseconds, serves them all. Who needs certainty makes a file of that name. */
    public String newToken() {
        names = Math.max(names + 1, System.nanoTime());
        return Long.toHexString(names);
    }

    /** Where a blob is, or would be. */
    public File blob(String digest) {
        return file("blobs/" + digest);
    }

    public boolean hasBlob(String digest) {
        return blob(digest).exists();
    }

    /** The content of a blob. */
    public ByteBuffer openBlob(String digest) {
        try {
            return StoreFiles.open(blob(digest));
        } catch (IOException e) {
            throw failed("open", blob(digest), e);
        }
    }

    /** A copy of the content of a small blob. */
    public byte[] readBlob(String digest) {
        return StoreFiles.bytes(openBlob(digest));
    }

    /** The content of a blob as a direct buffer, as a transport wants it. */
    public ByteBuffer mapBlob(String digest) {
        try {
            return StoreFiles.map(blob(digest));
        } catch (IOException e) {
            throw failed("map", blob(digest), e);
        }
    }

    /** Room for a new blob. */
    public BlobWriter newBlob() throws IOException {
        return new BlobWriter(temporaryFile());
    }

    /** Gives a written blob its name; if another process was faster, its blob is replaced by this one, which is the same. */
    public void publish(BlobWriter written, String digest, long mtimeNanos) throws IOException {
        Path path = written.temporary().toPath();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
        StoreFiles.setMtime(path, mtimeNanos);
        StoreFiles.rename(written.temporary(), blob(digest));
        written.published();
    }

    /** The name of the image whose index, or launch list if it has one, has this digest. */
    public static String imageId(String head) {
        return head.substring(0, ID_CHARACTERS);
    }

    /** The directory of the image of this name, or whose index, or launch list if it has one, has this digest; whether it is there or not. */
    public File image(String head) {
        return file("images/" + imageId(head));
    }

    private File imageFile(String id, String name) {
        return file("images/" + id + "/" + name);
    }

    public boolean hasImage(String id) {
        return imageFile(id, "index").exists();
    }

    /**
     * Makes the image of an index, or of a launch list with its index, whose blobs are all here; visible as a whole or not at all. Does nothing if it exists.
     *
     * @param head the digest of the launch list if the image has one, else of the index
     */
    public void publishImage(String head) throws IOException {
        String id = imageId(head);
        if (hasImage(id)) {
            return;
        }
        File temporary = temporaryDirectory();
        try {
            new ImageMaker(this, temporary).make(head);
            if (!temporary.renameTo(file("images/" + id)) && !hasImage(id)) {
                throw new IOException("cannot rename " + temporary + " to images/" + id);
            }
        } finally {
            StoreFiles.removeTree(temporary);
        }
    }

    /**
     * True if the image is here and its files are what they were when they were checked; files whose stamp differs are hashed again, and an
     * image with damaged ones is removed, with its damaged blobs, as if it had never been here.
     */
    public boolean isIntact(String id) throws IOException {
        if (!hasImage(id)) {
            return false;
        }
        ImageStamps stamps = new ImageStamps(this, file("images/" + id));
        if (stamps.agree()) {
            return true;
        }
        if (stamps.checkAgain()) {
            return true;
        }
        StoreFiles.removeTree(file("images/" + id));
        return false;
    }

    /** Removes the blob of a damaged index or launch list; its image knows the start of its name only. */
    void removeHead(String id) {
        for (String digest : list("blobs")) {
            if (digest.startsWith(id)) {
                blob(digest).delete();
            }
        }
    }

    /** Removes every image that is damaged, with its damaged blobs, so that they are offered and sent again. One system call per file of an image. */
    public void dropDamaged() {
        for (String id : list("images")) {
            try {
                isIntact(id);
            } catch (IOException e) {
                // Another process of this node was faster and has removed it.
            }
        }
    }

    /** Opens an image for reading and holds its lease until {@link #leave}. Local. */
    public Image open(String id) {
        File home = file("images/" + id);
        try (Gate gate = Gate.tryEnter(directory)) {
            if (gate == null || !hasImage(id)) {
                throw new IOException("the image is gone");
            }
            locks.hold(imageFile(id, "lease"));
            image = id;
            stopAdding();
            File index = new File(home, "index");
            return new Image(home, Index.open(StoreFiles.open(index), index.getPath()));
        } catch (IOException e) {
            throw failed("open", home, e);
        }
    }

    /** Makes the image stay when its last user has gone. */
    public void keep(String id) {
        try {
            new LockFile(imageFile(id, "keep")).close();
        } catch (IOException e) {
            throw failed("keep", imageFile(id, "keep"), e);
        }
    }

    /** From now on image {@code id} is the one of the bundle of this absolute path, and stays when its last user has gone. */
    public void stage(String bundle, String id) throws IOException {
        keep(id);
        File file = stagedFile(bundle);
        ImageMaker.mkdirs(file.getParentFile());
        replace(file, id + "\n");
    }

    private File stagedFile(String bundle) {
        return file("staged" + bundle);
    }

    /** True if some process uses the image now. */
    public boolean isInUse(String id) throws IOException {
        return hasImage(id) && !locks.isFree(imageFile(id, "lease"));
    }

    /** Takes the lock of {@code key}, so that one process at a time prepares the image that belongs to it; the caller closes it. */
    public KeyLock lockKey(String key) throws IOException {
        LockFile file = new LockFile(file("recipes/" + key + ".lock"));
        file.lock(/* shared= */ false);
        return new KeyLock(file);
    }

    /** What {@link #lockKey} gave. */
    public static final class KeyLock implements AutoCloseable {
        private final LockFile file;

        KeyLock(LockFile file) {
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** The remembered text of {@code name} (a recipe, the digests), or an empty string. */
    public String recall(String name) throws IOException {
        return StoreFiles.text(file(name));
    }

    /** Remembers {@code text} under {@code name}. */
    public void remember(String name, String text) throws IOException {
        replace(file(name), text);
    }

    /** Replaces the small file {@code target} so that nobody ever sees half of it. */
    void replace(File target, String text) throws IOException {
        StoreFiles.replace(target, temporaryFile(), text);
    }

    private void stopAdding() throws IOException {
        if (adding) {
            adding = false;
            locks.release(file("busy"));
        }
    }

    /** Gives back what this process holds and removes what nobody needs any more: unkept images without users, then the store itself if it is empty. */
    public void leave() {
        try (Gate gate = Gate.tryEnter(directory)) {
            stopAdding();
            if (!image.isEmpty()) {
                locks.release(imageFile(image, "lease"));
                image = "";
            }
            if (gate != null) {
                sweep(gate, /* keptToo= */ false);
            }
        } catch (IOException e) {
            throw failed("leave", directory, e);
        }
    }

    /**
     * As {@link #leave}, and waits until the other users of the image have left it too and the last of them has removed it, {@code mostMillis} at most. For processes that
     * end before their time: where one rank of a node is ended the others are as well, and Open MPI kills those that are still at it as soon as the first is
     * gone (the second of grace that it gives is a {@code sleep}, which the first one's end interrupts).
     */
    public void leaveTogether(long mostMillis) {
        File left = image.isEmpty() ? directory : file("images/" + image);
        leave();
        long end = System.nanoTime() + mostMillis * NANOS_PER_MILLI;
        try {
            while (left.exists() && System.nanoTime() < end) {
                Thread.sleep(POLL_MILLIS);
            }
            // The rest of the store follows at once, unless another job uses it.
            end = Math.min(end, System.nanoTime() + REST_MILLIS * NANOS_PER_MILLI);
            while (directory.exists() && System.nanoTime() < end) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes every image that no process uses, kept ones too. Returns the number of images that are left because they are in use. */
    public int clean() {
        try (Gate gate = Gate.tryEnter(directory)) {
            stopAdding();
            return gate == null ? 0 : sweep(gate, /* keptToo= */ true);
        } catch (IOException e) {
            throw failed("clean", directory, e);
        }
    }

    /** While a process may still add blobs, nothing goes: it may be about to open what it has published or found. */
    private int sweep(Gate gate, boolean keptToo) throws IOException {
        boolean adding = !locks.isFree(file("busy"));
        int left = 0;
        for (String id : list("images")) {
            boolean wanted = adding || !keptToo && imageFile(id, "keep").exists();
            if (wanted || !locks.isFree(imageFile(id, "lease")) || isStartedFrom(id)) {
                left++;
            } else {
                StoreFiles.removeTree(file("images/" + id));
            }
        }
        if (!adding) {
            sweepBlobs();
            if (left == 0) {
                gate.remove(directory, newToken());
            }
        }
        return left;
    }

    /** True if a process was started from the image by {@code bootcast java}, and runs. */
    private boolean isStartedFrom(String id) throws IOException {
        return imageFile(id, LaunchFiles.LIST).exists() && Descriptors.leadTo(file("images/" + id));
    }

    private void sweepBlobs() throws IOException {
        for (String name : list("tmp")) {
            StoreFiles.removeTree(file("tmp/" + name));
        }
        for (String digest : list("blobs")) {
            if ((Integer) Files.getAttribute(blob(digest).toPath(), "unix:nlink") == LINK_COUNT_UNUSED) {
                blob(digest).delete();
            }
        }
    }

    private String[] list(String name) {
        return StoreFiles.list(file(name));
    }
}
