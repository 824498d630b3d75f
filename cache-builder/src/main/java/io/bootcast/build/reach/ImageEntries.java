package io.bootcast.build.reach;

import io.bootcast.index.Index;
import io.bootcast.store.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** The entries of an opened image, for the Java release for which its index was made. Live elements have none. */
public final class ImageEntries implements Entries {
    private final Image image;
    private final Index index;

    /** Reads from {@code image} whenever it is asked. */
    public ImageEntries(Image image) {
        this.image = image;
        this.index = image.index();
    }

    @Override
    public Collection<String> names() {
        List<String> names = new ArrayList<>(index.size());
        for (int slot = 0; slot < index.slots(); slot++) {
            int entry = index.entryInSlot(slot);
            if (entry != 0 && isFile(index.firstPlace(entry))) {
                String name = index.name(entry);
                if (!name.isEmpty() && !name.endsWith("/")) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** A class in a package of the JDK is never looked for on a class path. */
    private boolean isFile(int place) {
        return !index.isDirectoryAlias(place) && !index.isInJdk(place);
    }

    @Override
    public List<Place> find(String name) {
        List<Place> places = new ArrayList<>();
        int entry = index.find(name);
        for (int i = 0; entry != 0 && i < index.placeCount(entry); i++) {
            int place = index.place(entry, i);
            if (isFile(place)) {
                places.add(new ImagePlace(place));
            }
        }
        return places;
    }

    private final class ImagePlace implements Place {
        private final int place;

        ImagePlace(int place) {
            this.place = place;
        }

        @Override
        public String element() {
            return String.valueOf(
                    Path.of(index.originalPath(index.element(place))).getFileName());
        }

        @Override
        public byte[] read() throws IOException {
            if (index.isUnreadable(place)) {
                throw new ZipException("entry is unreadable");
            }
            byte[] stored = new byte[index.storedBytes(place)];
            ByteBuffer blob = image.bytes(index.element(place)).duplicate();
            blob.position((int) index.offset(place)).get(stored);
            return index.isDeflated(place) ? inflate(stored, index.contentBytes(place)) : stored;
        }

        private byte[] inflate(byte[] stored, int length) throws ZipException {
            Inflater inflater = new Inflater(/* nowrap= */ true);
            try {
                inflater.setInput(stored);
                byte[] content = new byte[length];
                int done = 0;
                while (done < length) {
                    int count = inflater.inflate(content, done, length - done);
                    if (count == 0) {
                        throw new ZipException("entry is cut");
                    }
                    done += count;
                }
                return content;
            } catch (DataFormatException e) {
                throw new ZipException("entry is damaged");
            } finally {
                inflater.end();
            }
        }
    }
}
