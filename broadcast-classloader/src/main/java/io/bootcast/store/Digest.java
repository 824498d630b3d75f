package io.bootcast.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 and its text form. */
public final class Digest {
    private static final String HEX = "0123456789abcdef";

    private Digest() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Two lower-case digits a byte. */
    public static String hex(byte[] bytes) {
        char[] text = new char[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = HEX.charAt(bytes[i] >> 4 & 15);
            text[2 * i + 1] = HEX.charAt(bytes[i] & 15);
        }
        return new String(text);
    }

    /** The bytes that {@link #hex} made {@code text} of. */
    public static byte[] bytes(String text) {
        byte[] bytes = new byte[text.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (HEX.indexOf(text.charAt(2 * i)) << 4 | HEX.indexOf(text.charAt(2 * i + 1)));
        }
        return bytes;
    }
}
