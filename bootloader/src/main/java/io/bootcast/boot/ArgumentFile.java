package io.bootcast.boot;

import io.bootcast.fault.BootcastException;
import io.bootcast.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the class path in an argument file of {@code java}, or in {@code JDK_JAVA_OPTIONS}: for class paths that are too long for one argument, which the
 * wrapper leaves where they are. Quoting as the {@code java} command documents it.
 */
public final class ArgumentFile {
    private ArgumentFile() {}

    /** The class path that {@code file} sets. */
    public static String classPathOf(String file) {
        try {
            return lastClassPath(tokens(Files.readString(Path.of(file))));
        } catch (IOException e) {
            throw new BootcastException(Fault.USAGE, "cannot read the argument file: file=" + file, e);
        }
    }

    /** The class path that the value of {@code JDK_JAVA_OPTIONS} sets, itself or by an argument file, or empty. */
    static String classPathIn(String options) {
        if (options == null) {
            return "";
        }
        List<String> tokens = new ArrayList<>();
        for (String token : tokens(options)) {
            if (token.startsWith("@") && !token.startsWith("@@")) {
                try {
                    tokens.addAll(tokens(Files.readString(Path.of(token.substring(1)))));
                } catch (IOException e) {
                    throw new BootcastException(
                            Fault.USAGE, "cannot read the argument file: file=" + token.substring(1), e);
                }
            } else {
                tokens.add(token);
            }
        }
        return lastClassPath(tokens);
    }

    private static String lastClassPath(List<String> tokens) {
        String found = "";
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            boolean takesNext = token.equals("-cp") || token.equals("-classpath") || token.equals("--class-path");
            if (takesNext && i + 1 < tokens.size()) {
                found = tokens.get(++i);
            } else if (token.startsWith("--class-path=")) {
                found = token.substring("--class-path=".length());
            }
        }
        return found;
    }

    /** The tokens of {@code text}: parted by white space, quotes of both kinds, {@code \} within them, {@code #} up to the line's end. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isSpace(c)) {
                at++;
            } else if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else {
                at = token(text, at, tokens);
            }
        }
        return tokens;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }

    /** As the launcher: a comment that begins within a word makes it forget what was not quoted of the word, and go on behind the comment. */
    private static int token(String text, int from, List<String> tokens) {
        StringBuilder token = new StringBuilder();
        int at = from;
        int plainFrom = 0;
        boolean complete = true;
        char quote = 0;
        while (at < text.length() && (quote != 0 || !isSpace(text.charAt(at)))) {
            char c = text.charAt(at++);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == 0 && c == '#') {
                token.setLength(plainFrom);
                at = afterComment(text, at);
                complete = at < text.length() || plainFrom > 0;
            } else if (c == quote) {
                quote = 0;
                plainFrom = token.length();
            } else if (quote != 0 && c == '\\' && at < text.length()) {
                at = escape(text, at, token);
            } else if (quote != 0 && (c == '\n' || c == '\r')) {
                quote = 0;
                at--;
            } else {
                token.append(c);
            }
        }
        if (complete) {
            tokens.add(token.toString());
        }
        return at;
    }

    private static int afterComment(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** A backslash at the end of a line joins it with the next one, without that one's leading blanks. */
    private static int escape(String text, int from, StringBuilder token) {
        char c = text.charAt(from);
        int at = from + 1;
        if (c != '\n' && c != '\r') {
            String plain = "ntrf";
            String meant = "\n\t\r\f";
            token.append(plain.indexOf(c) < 0 ? c : meant.charAt(plain.indexOf(c)));
            return at;
        }
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
