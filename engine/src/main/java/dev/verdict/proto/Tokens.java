package dev.verdict.proto;

import dev.verdict.plan.PlanException;
import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes the text of a `.proto` file apart, and gives its words one after the other.
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("(?<skipped>\\s+|//[^\\n]*|/\\*(?s:.*?)\\*/)"
            + "|(?<word>\\.?[A-Za-z_][A-Za-z0-9_]*+(?:\\.[A-Za-z_][A-Za-z0-9_]*+)*+)"
            + "|(?<number>0[xX][0-9a-fA-F]++|(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?[fF]?)"
            + "|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+')"
            + "|(?<sign>[{}\\[\\]();:,=<>+-]|/(?!\\*))");

    private final String file;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    enum Kind {
        WORD,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    /// @param text without quotes, if it is one
    record Token(Kind kind, String text, int line, int column) {
        boolean is(String sign) {
            return kind != Kind.TEXT && text.equals(sign);
        }

        private String words() {
            return kind == Kind.END ? "the end of the file" : "'" + text + "'";
        }
    }

    /// Takes a text apart.
    ///
    /// @throws PlanException if something in it belongs in no `.proto` file
    Tokens(String file, String text) {
        this.file = file;
        Matcher matcher = TOKEN.matcher(text);
        int line = 1;
        int start = 0;
        int at = 0;
        while (at < text.length()) {
            Token here = new Token(Kind.SIGN, text.substring(at, text.offsetByCodePoints(at, 1)), line, at - start + 1);
            if (!matcher.find(at) || matcher.start() != at) {
                throw problem(here, here.words() + " cannot stand here");
            }
            String found = matcher.group();
            if (matcher.group("skipped") == null) {
                tokens.add(new Token(kind(matcher), unquoted(matcher), here.line(), here.column()));
            }
            at = matcher.end();
            line += (int) found.chars().filter(sign -> sign == '\n').count();
            start = found.indexOf('\n') < 0 ? start : at - (found.length() - found.lastIndexOf('\n') - 1);
        }
        tokens.add(new Token(Kind.END, "", line, at - start + 1));
    }

    private static Kind kind(Matcher matcher) {
        return matcher.group("word") != null
                ? Kind.WORD
                : matcher.group("number") != null ? Kind.NUMBER : matcher.group("text") != null ? Kind.TEXT : Kind.SIGN;
    }

    private static String unquoted(Matcher matcher) {
        String found = matcher.group();
        return matcher.group("text") == null ? found : found.substring(1, found.length() - 1);
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token taken = peek();
        if (taken.kind() != Kind.END) {
            next++;
        }
        return taken;
    }

    /// Takes a sign or word, if it is the next.
    boolean takes(String sign) {
        boolean is = peek().is(sign);
        if (is) {
            next++;
        }
        return is;
    }

    Token expect(String sign) {
        if (!peek().is(sign)) {
            throw problem(peek(), "expected '" + sign + "', found " + peek().words());
        }
        return take();
    }

    /// @param what it is, for the message if it is none
    Token expect(Kind kind, String what) {
        if (peek().kind() != kind) {
            throw problem(peek(), "expected " + what + ", found " + peek().words());
        }
        return take();
    }

    PlanException problem(Token at, String message) {
        return new PlanException(List.of(new Problem(position(at), message)));
    }

    Position position(Token at) {
        return new Position(file, at.line(), at.column());
    }
}
