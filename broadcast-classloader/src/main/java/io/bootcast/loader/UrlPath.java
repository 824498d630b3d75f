package io.bootcast.loader;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/**
 * File names and entry names as URLs, escaped exactly as the JDK's own class path loader escapes them, but for characters above U+FFFF: the JDK escapes
 * their halves one by one and then cannot open its own URL.
 */
final class UrlPath {
    /** Escaped although ASCII: controls, and the characters that mean something in a URL or that RFC 2396 leaves out. */
    private static final String ESCAPED = " \"#%;<=>?[\\]^`{|}\u007f";

    private static final String HEX = "0123456789abcdef";

    private UrlPath() {}

    /** {@code path} with everything but plain characters as {@code %xx} of its UTF-8 bytes. */
    static String encode(String path) {
        int i = 0;
        while (i < path.length() && isPlain(path.charAt(i))) {
            i++;
        }
        if (i == path.length()) {
            return path;
        }
        StringBuilder encoded = new StringBuilder(path.length() + 16).append(path, 0, i);
        for (byte b : path.substring(i).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (b >= 0 && isPlain(c)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c > ' ' && c < '\u007f' && ESCAPED.indexOf(c) < 0;
    }

    /** The {@code file:} URL of a jar or, with a slash at its end, of a directory. */
    @SuppressWarnings("deprecation") // URL's constructors are the only way to the text form that the stock loader uses
    static URL ofFile(File file, boolean directory) {
        String path = encode(file.getPath());
        try {
            return new URL("file", "", directory && !path.endsWith("/") ? path + "/" : path);
        } catch (MalformedURLException e) {
            throw new AssertionError("a file always has a URL: " + file, e);
        }
    }

    /** The URL of an entry below {@code base}, which ends with a slash. */
    @SuppressWarnings("deprecation")
    static URL below(URL base, String name) throws MalformedURLException {
        return new URL(base, encode(name));
    }

    /** The URL of a jar's content, {@code jar:file:…!/}. */
    @SuppressWarnings("deprecation")
    static URL ofContent(URL jar) throws MalformedURLException {
        return new URL("jar", "", -1, jar + "!/");
    }
}
