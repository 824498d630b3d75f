package io.bootcast.index;

/** Where the bytes of one entry are in its element's blob. */
public final class JarEntryFacts {
    int method;
    long offset;
    long storedBytes;
    long contentBytes;
    int release;
    boolean inJdk;
    boolean executable;

    JarEntryFacts() {}

    /** A file of a directory, or anything else that lies uncompressed in the blob. */
    public static JarEntryFacts stored(long offset, long lengthBytes) {
        JarEntryFacts facts = new JarEntryFacts();
        facts.method = IndexFormat.METHOD_STORED;
        facts.offset = offset;
        facts.storedBytes = lengthBytes;
        facts.contentBytes = lengthBytes;
        return facts;
    }

    /** The same with the sign that the owner may execute the file. */
    public JarEntryFacts executable(boolean yes) {
        executable = yes;
        return this;
    }

    int flags() {
        return (inJdk ? IndexFormat.PLACE_IN_JDK : 0) | (executable ? IndexFormat.PLACE_EXECUTABLE : 0);
    }

    /** There is an entry, but its data are not where it says, or too large for this reader; the format has a sign for it. */
    void makeUnreadable() {
        method = IndexFormat.METHOD_DEFLATED;
        offset = 0;
        storedBytes = 0;
        contentBytes = 1;
    }

    /** The same bytes as the entry that answers for {@code release} of a multi-release jar. */
    JarEntryFacts asRelease(int number) {
        JarEntryFacts facts = new JarEntryFacts();
        facts.method = method;
        facts.offset = offset;
        facts.storedBytes = storedBytes;
        facts.contentBytes = contentBytes;
        facts.release = number;
        return facts;
    }
}
