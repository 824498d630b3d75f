package io.bootcast.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code strace -y}, taken apart: {@code openat(AT_FDCWD</home>, "a", O_RDONLY) = 3</home/a>}. Arguments are taken apart only as far as
 * needed: the strings and descriptors that stand at top level, in their order.
 */
final class StraceLine {
    private final String text;
    private int at;
    private final String name;
    private final List<Argument> arguments = new ArrayList<>();
    private final String result;

    /**
     * A string or a descriptor among the arguments.
     *
     * @param index the argument's position
     * @param isDescriptor true for {@code 3</path>} and {@code AT_FDCWD</path>}
     * @param value the string, unescaped, or what strace says of the descriptor
     */
    record Argument(int index, boolean isDescriptor, String value) {}

    private StraceLine(String text, int open) {
        this.text = text;
        this.name = text.substring(0, open);
        this.at = open + 1;
        readArguments();
        int equals = text.indexOf("= ", Math.min(at, text.length()));
        this.result = equals < 0 ? "?" : text.substring(equals + 2);
    }

    /** Returns {@code null} for what is no call: signals, exits, empty lines. */
    static @Nullable StraceLine parse(String text) {
        int open = text.indexOf('(');
        if (open <= 0) {
            return null;
        }
        for (int i = 0; i < open; i++) {
            char c = text.charAt(i);
            if (!(c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                return null;
            }
        }
        return new StraceLine(text, open);
    }

    String name() {
        return name;
    }

    List<Argument> arguments() {
        return arguments;
    }

    boolean failed() {
        return result.startsWith("-1 ");
    }

    boolean succeeded() {
        return !failed() && !result.startsWith("?");
    }

    /** The number that the call returned, or -1. */
    int number() {
        int end = 0;
        while (end < result.length() && Character.isDigit(result.charAt(end))) {
            end++;
        }
        try {
            return end == 0 ? -1 : Integer.parseInt(result.substring(0, end));
        } catch (NumberFormatException e) {
            return -1; // an address or a large count
        }
    }

    /** What strace says of the descriptor that the call returned, or an empty string. */
    String returned() {
        int open = result.indexOf('<');
        int end = result.lastIndexOf('>');
        return open <= 0 || end < open || number() < 0 ? "" : unescape(result, open + 1, end);
    }

    boolean mentions(String flag) {
        return text.contains(flag);
    }

    private void readArguments() {
        int depth = 0;
        int index = 0;
        int start = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                int end = endOfString();
                if (depth == 0) {
                    arguments.add(new Argument(index, /* isDescriptor= */ false, unescape(text, at + 1, end)));
                }
                at = end;
            } else if (c == '<' && isDescriptor(start, at)) {
                int end = endOfAnnotation();
                if (depth == 0) {
                    arguments.add(new Argument(index, /* isDescriptor= */ true, unescape(text, at + 1, end)));
                }
                at = end;
            } else if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' && depth == 0) {
                return;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                index++;
                start = at + 1;
            }
            at++;
        }
    }

    /** The {@code <} of an annotation follows a number or AT_FDCWD; that of a shift, as in {@code 8<<20}, is followed by another. */
    private boolean isDescriptor(int start, int bracket) {
        if (bracket + 1 < text.length() && text.charAt(bracket + 1) == '<') {
            return false;
        }
        String word = text.substring(start, bracket).trim();
        int from = word.lastIndexOf('=') + 1;
        return word.endsWith("AT_FDCWD") || from < word.length() && Character.isDigit(word.charAt(word.length() - 1));
    }

    private int endOfString() {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != '"') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, text.length());
    }

    /** strace escapes a {@code >} in a path; sockets have {@code ->} in theirs. */
    private int endOfAnnotation() {
        int i = at + 1;
        while (i < text.length() && (text.charAt(i) != '>' || text.charAt(i - 1) == '-')) {
            i++;
        }
        return i;
    }

    private static String unescape(String text, int from, int to) {
        if (text.indexOf('\\', from) < 0 || text.indexOf('\\', from) >= to) {
            return text.substring(from, to);
        }
        StringBuilder plain = new StringBuilder();
        int i = from;
        while (i < to) {
            char c = text.charAt(i++);
            if (c != '\\' || i == to) {
                plain.append(c);
                continue;
            }
            c = text.charAt(i++);
            int end = i;
            while (end < to && end < i + 2 && c >= '0' && c <= '7' && isOctal(text.charAt(end))) {
                end++;
            }
            switch (c) {
                case 'n' -> plain.append('\n');
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'f' -> plain.append('\f');
                case 'v' -> plain.append('\013');
                case '0', '1', '2', '3', '4', '5', '6', '7' ->
                    plain.append((char) Integer.parseInt(text.substring(i - 1, end), /* radix= */ 8));
                default -> plain.append(c);
            }
            i = end;
        }
        return plain.toString();
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }
}
