package dev.verdict.consistency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/// Reads EDN into cells, as far as histories need it: nil, booleans, numbers, strings, characters,
/// keywords and symbols (as texts), lists, vectors, sets, maps, tags (passed over), comments and
/// discarded forms. Bounded in depth and in the length of a token.
final class Edn {
    /// Says that the text, or the list around, is at its end.
    static final int END = Integer.MIN_VALUE;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKEN = 16 << 20;

    private final Reader in;
    private final Values values;
    private long line = 1;
    private int ahead = -2;
    private String tag = "";

    Edn(InputStream in, Values values) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        this.values = values;
    }

    /// Returns the line that is being read, from 1.
    long line() {
        return line;
    }

    /// Returns the tag in front of the last value that had one, and forgets it.
    String takeTag() {
        String taken = tag;
        tag = "";
        return taken;
    }

    /// Passes over blanks, comments and commas; returns the character that follows, or -1.
    int peek() throws IOException {
        while (true) {
            int c = look();
            if (c == ';') {
                while (c != '\n' && c >= 0) {
                    take();
                    c = look();
                }
            } else if (c >= 0 && (Character.isWhitespace(c) || c == ',')) {
                take();
            } else {
                return c;
            }
        }
    }

    /// Passes over the character that [#peek] returned.
    void skip() throws IOException {
        take();
    }

    /// Reads one value; returns its cell.
    int value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw wrong("a value is nested deeper than " + MAX_DEPTH);
        }
        int c = peek();
        return switch (c) {
            case -1 -> throw wrong("the history ends in the middle of a value");
            case '(' -> values.list(items(')', depth));
            case '[' -> values.list(items(']', depth));
            case '{' -> values.map(fields(depth));
            case '"' -> values.text(string());
            case '\\' -> values.text(character());
            case '#' -> dispatch(depth);
            case ')', ']', '}' -> throw wrong("'%c' closes nothing".formatted(c));
            default -> atom(token());
        };
    }

    /// Reads what follows `#`: a set, a value that is passed over, or a tag and its value.
    private int dispatch(int depth) throws IOException {
        take();
        int c = look();
        if (c == '{') {
            return values.set(items('}', depth));
        }
        if (c == '_') {
            take();
            value(depth + 1);
            return value(depth + 1);
        }
        String name = token();
        int tagged = value(depth + 1);
        tag = name;
        return tagged;
    }

    private int[] items(char close, int depth) throws IOException {
        take();
        var cells = new Cells();
        for (int c = peek(); c != close; c = peek()) {
            cells.add(value(depth + 1));
        }
        take();
        return cells.toArray();
    }

    private int[] fields(int depth) throws IOException {
        int[] cells = items('}', depth);
        if (cells.length % 2 != 0) {
            throw wrong("a map has a name without a value");
        }
        return cells;
    }

    String string() throws IOException {
        take();
        var text = new StringBuilder();
        for (int c = take(); c != '"'; c = take()) {
            if (c < 0) {
                throw wrong("a text has no end");
            }
            text.append(c == '\\' ? escaped() : (char) c);
            bound(text);
        }
        return text.toString();
    }

    private char escaped() throws IOException {
        int c = take();
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                var digits = new StringBuilder();
                for (int i = 0; i < 4; i++) {
                    digits.append((char) take());
                }
                yield unicode(digits.toString());
            }
            case '"', '\\' -> (char) c;
            default -> throw wrong("a text has an unknown escape: \\" + (char) c);
        };
    }

    private String character() throws IOException {
        take();
        String name = (char) take() + token();
        return switch (name) {
            case "newline" -> "\n";
            case "space" -> " ";
            case "tab" -> "\t";
            case "return" -> "\r";
            default -> name.length() == 5 && name.charAt(0) == 'u' ? "" + unicode(name.substring(1)) : name;
        };
    }

    private char unicode(String digits) {
        try {
            return (char) Integer.parseInt(digits, 16);
        } catch (NumberFormatException e) {
            throw wrong("'%s' is no character's number".formatted(digits));
        }
    }

    private String token() throws IOException {
        var text = new StringBuilder();
        for (int c = look(); c >= 0 && !Character.isWhitespace(c) && "()[]{}\",;".indexOf(c) < 0; c = look()) {
            text.append((char) take());
            bound(text);
        }
        return text.toString();
    }

    /// Keywords and symbols lose their colon and become texts, as do numbers that are no whole
    /// ones.
    private int atom(String token) {
        return switch (token) {
            case "nil" -> Values.NIL;
            case "true" -> Values.TRUE;
            case "false" -> Values.FALSE;
            case "" -> throw wrong("a value is missing");
            default -> {
                if (token.charAt(0) == ':') {
                    yield values.text(token.substring(1));
                }
                try {
                    yield values.integer(
                            Long.parseLong(token.endsWith("N") ? token.substring(0, token.length() - 1) : token));
                } catch (NumberFormatException e) {
                    yield values.text(token);
                }
            }
        };
    }

    private void bound(StringBuilder text) {
        if (text.length() > MAX_TOKEN) {
            throw wrong("a text is longer than " + MAX_TOKEN);
        }
    }

    HistoryException wrong(String message) {
        return new HistoryException(line, message);
    }

    private int look() throws IOException {
        if (ahead == -2) {
            ahead = in.read();
        }
        return ahead;
    }

    private int take() throws IOException {
        int c = look();
        ahead = -2;
        if (c == '\n') {
            line++;
        }
        return c;
    }
}
