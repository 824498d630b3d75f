package io.bootcast.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as RFC 8259 has it, and nothing else: what a user's own parser would refuse, this one refuses. */
final class StrictJson {
    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        StrictJson json = new StrictJson(text);
        Object value = json.value();
        json.blanks();
        json.require(json.at == text.length(), "end");
        return value;
    }

    private void require(boolean right, String expected) {
        if (!right) {
            throw new AssertionError("no JSON at " + at + ", expected " + expected + ": " + text);
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        blanks();
        require(at < text.length(), "a value");
        return text.charAt(at);
    }

    private void take(String expected) {
        require(text.startsWith(expected, at), expected);
        at += expected.length();
    }

    private Object value() {
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                take("true");
                return true;
            case 'f':
                take("false");
                return false;
            default:
                return number();
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        take("{");
        if (peek() == '}') {
            take("}");
            return object;
        }
        while (true) {
            require(peek() == '"', "a name");
            String name = string();
            require(!object.containsKey(name), "a new name");
            require(peek() == ':', ":");
            take(":");
            object.put(name, value());
            if (peek() == '}') {
                take("}");
                return object;
            }
            take(",");
        }
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        take("[");
        if (peek() == ']') {
            take("]");
            return array;
        }
        while (true) {
            array.add(value());
            if (peek() == ']') {
                take("]");
                return array;
            }
            take(",");
        }
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        take("\"");
        while (true) {
            require(at < text.length(), "\"");
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            require(c >= ' ', "an escape");
            string.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        require(at < text.length(), "an escape");
        char c = text.charAt(at++);
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(simple);
        }
        require(c == 'u' && at + 4 <= text.length(), "uXXXX");
        int code = Integer.parseInt(text.substring(at, at + 4), 16);
        at += 4;
        return (char) code;
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        require(number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"), "a number");
        return Double.valueOf(number);
    }
}
