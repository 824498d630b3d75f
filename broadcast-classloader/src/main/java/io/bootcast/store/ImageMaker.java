package io.bootcast.store;

import io.bootcast.index.ElementFacts;
import io.bootcast.index.FileFacts;
import io.bootcast.index.Index;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Lays out an image under a temporary name: links to blobs under the elements' own names, and the files of directories and beside the class path. */
final class ImageMaker {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int LINK_TRIES = 100;

    private final Store store;
    private final File home;

    ImageMaker(Store store, File home) {
        this.store = store;
        this.home = home;
    }

    /** @param head the digest of the image's index, or of the launch list that names it */
    void make(String head) throws IOException {
        mkdirs(new File(home, "packs"));
        ByteBuffer bytes = store.openBlob(head);
        LaunchList list = LaunchList.isOne(bytes) ? LaunchList.of(StoreFiles.bytes(bytes)) : null;
        link(list == null ? head : list.indexDigest(), new File(home, "index"));
        new LockFile(new File(home, "lease")).close();
        File indexFile = new File(home, "index");
        Index index = Index.open(StoreFiles.open(indexFile), indexFile.getPath());
        for (int element = 0; element < index.elementCount(); element++) {
            if (index.kind(element) == ElementFacts.JAR) {
                linkJar(index, element);
            } else if (index.kind(element) == ElementFacts.DIRECTORY) {
                link(digest(index, element), new File(home, "packs/" + element));
                mkdirs(new File(home, index.mirrorPath(element)));
            } else if (index.kind(element) == ElementFacts.FILES) {
                link(digest(index, element), new File(home, "packs/" + element));
            }
        }
        writeDirectories(index);
        for (int element = 0; element < index.elementCount(); element++) {
            writeFiles(index, element);
        }
        if (list != null) {
            new LaunchFiles(this, home).make(list, head, index, store.image(head));
        }
        new ImageStamps(store, home).write(index, list);
    }

    private void linkJar(Index index, int element) throws IOException {
        File mirror = new File(home, index.mirrorPath(element));
        mkdirs(mirror.getParentFile());
        linkWithTime(digest(index, element), mirror, index.blobMtimeNanos(index.blobOf(element)));
    }

    /** A blob that came with another time, under another name of the same content, is copied: some JVMs compare the times of jars with a class-data archive's. */
    void linkWithTime(String digest, File name, long mtimeNanos) throws IOException {
        if (StoreFiles.mtime(store.blob(digest).toPath()) == mtimeNanos || name.exists()) {
            link(digest, name);
            return;
        }
        write(name, store.openBlob(digest).duplicate(), /* executable= */ false);
        StoreFiles.setMtime(name.toPath(), mtimeNanos);
    }

    private static String digest(Index index, int element) {
        return Digest.hex(index.blobDigest(index.blobOf(element)));
    }

    /** link(2) fails, too, if another process puts its own copy of the blob into its place at that very moment; then it is tried again. */
    void link(String digest, File name) throws IOException {
        for (int tries = 1; true; tries++) {
            try {
                Files.createLink(name.toPath(), store.blob(digest).toPath());
                return;
            } catch (FileAlreadyExistsException e) {
                // The same jar under the same name: two elements may name it, for example by Class-Path.
                return;
            } catch (NoSuchFileException e) {
                if (tries == LINK_TRIES || !store.hasBlob(digest)) {
                    throw e;
                }
            }
        }
    }

    /** Directories get their times last, because each file that is made in one changes it. */
    private void writeDirectories(Index index) throws IOException {
        ByteBuffer[] packs = new ByteBuffer[index.elementCount()];
        Map<File, Long> times = new HashMap<>();
        for (int slot = 0; slot < index.slots(); slot++) {
            int entry = index.entryInSlot(slot);
            for (int i = 0; entry != 0 && i < index.placeCount(entry); i++) {
                int place = index.place(entry, i);
                int element = index.element(place);
                if (index.kind(element) != ElementFacts.DIRECTORY || index.isDirectoryAlias(place)) {
                    continue;
                }
                if (packs[element] == null) {
                    packs[element] = StoreFiles.open(new File(home, "packs/" + element));
                }
                File file = new File(home, index.mirrorPath(element) + "/" + index.name(entry));
                if (index.name(entry).isEmpty() || index.name(entry).endsWith("/")) {
                    mkdirs(file);
                    times.put(file, index.mtimeMillis(place));
                } else {
                    writeFile(index, file, place, packs[element]);
                }
            }
        }
        for (Map.Entry<File, Long> time : times.entrySet()) {
            StoreFiles.setMtime(time.getKey().toPath(), time.getValue() * NANOS_PER_MILLI);
        }
    }

    private static void writeFile(Index index, File file, int place, ByteBuffer pack) throws IOException {
        if (file.exists()) {
            return; // a jar that is an element itself: a link to its blob, which must not be written
        }
        mkdirs(file.getParentFile());
        int from = (int) index.offset(place);
        write(file, pack.duplicate().position(from).limit(from + index.contentBytes(place)), index.isExecutable(place));
        StoreFiles.setMtime(file.toPath(), index.mtimeMillis(place) * NANOS_PER_MILLI);
    }

    private static void write(File file, ByteBuffer bytes, boolean executable) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file)) {
            FileChannel channel = out.getChannel();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        if (executable && !file.setExecutable(true)) {
            throw new IOException("cannot make executable " + file);
        }
    }

    /** What is there already belongs to an element of the class path, or travels with another one as well: it is the same. */
    private void writeFiles(Index index, int element) throws IOException {
        ByteBuffer pack = null;
        for (FileFacts facts : index.files(element)) {
            File file = new File(home, index.mirrorPath(element) + "/" + facts.name());
            if (facts.isDirectory()) {
                mkdirs(file);
            } else if (!Files.exists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                mkdirs(file.getParentFile());
                if (facts.isBlob()) {
                    link(digest(index, element), file);
                    continue;
                }
                pack = pack == null ? StoreFiles.open(new File(home, "packs/" + element)) : pack;
                writeFile(file, facts, pack.duplicate().limit(facts.offset() + facts.lengthBytes()));
            }
        }
    }

    private static void writeFile(File file, FileFacts facts, ByteBuffer pack) throws IOException {
        ByteBuffer bytes = pack.position(facts.offset());
        if (facts.isLink()) {
            Files.createSymbolicLink(
                    file.toPath(), Path.of(StandardCharsets.UTF_8.decode(bytes).toString()));
        } else {
            write(file, bytes, facts.isExecutable());
            StoreFiles.setMtime(file.toPath(), facts.mtimeNanos());
        }
    }

    static void mkdirs(File directory) throws IOException {
        if (!directory.mkdirs() && !directory.isDirectory()) {
            throw new IOException("cannot make directory " + directory);
        }
    }
}
