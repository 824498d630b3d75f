package io.bootcast.resolve;

/** 64 bits of a text (FNV-1a over its characters), to tell texts apart where nobody means harm; SHA-256 would cost a cold JVM more. */
public final class Fingerprint {
    /** The fingerprint of an empty text. */
    public static final long EMPTY = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** The fingerprint of the text that gave {@code fingerprint}, with {@code more} at its end. */
    public static long add(long fingerprint, String more) {
        long hash = fingerprint;
        for (int i = 0; i < more.length(); i++) {
            hash = (hash ^ more.charAt(i)) * PRIME;
        }
        return hash;
    }
}
