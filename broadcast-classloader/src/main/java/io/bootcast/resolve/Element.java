package io.bootcast.resolve;

import java.nio.file.Path;

/** One jar or directory of the class path, at its place in the search order. */
public final class Element {
    /** What an element is, and so how it is served. */
    public enum Kind {
        /** A jar: travels as one blob. */
        JAR,
        /** A directory: its files travel, packed into one blob. */
        DIRECTORY,
        /** Stays where it is and is loaded from there, the stock way. */
        LIVE,
        /** Does not exist, or is no jar that the JDK would read: holds nothing. */
        ABSENT
    }

    private final Kind kind;
    private final Path path;
    private final FileStamp stamp;
    private final String note;

    /**
     * @param path absolute, without symbolic links, as the JDK's own loader would name it
     * @param note why this element is live or absent, for the report; else empty
     */
    public Element(Kind kind, Path path, FileStamp stamp, String note) {
        this.kind = kind;
        this.path = path;
        this.stamp = stamp;
        this.note = note;
    }

    public Kind kind() {
        return kind;
    }

    public Path path() {
        return path;
    }

    public FileStamp stamp() {
        return stamp;
    }

    public String note() {
        return note;
    }

    /** The same element, served in another way because of {@code reason}. */
    public Element as(Kind other, String reason) {
        return new Element(other, path, stamp, reason);
    }

    @Override
    public String toString() {
        return kind + " " + path + (note.isEmpty() ? "" : " (" + note + ")");
    }
}
