package dev.verdict.proto;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import dev.verdict.proto.Tokens.Kind;
import dev.verdict.proto.Tokens.Token;

/// Reads options, of which only those matter that change what a message looks like.
final class Options {
    private Options() {}

    /// Passes over the rest of `option NAME = VALUE;`; returns the name, or nothing if the value is
    /// false.
    static String skip(Tokens tokens) {
        String name = name(tokens);
        tokens.expect("=");
        String value = value(tokens);
        tokens.expect(";");
        return value.equals("false") ? "" : name;
    }

    /// Passes over all before a sign, and the sign.
    static void skipTo(Tokens tokens, String sign) {
        while (!tokens.takes(sign)) {
            if (tokens.take().kind() == Kind.END) {
                throw tokens.problem(tokens.peek(), "expected '" + sign + "', found the end of the file");
            }
        }
    }

    /// Reads `[NAME = VALUE, …]`, if there is one.
    static void list(Tokens tokens, FieldDescriptorProto.Builder field) {
        if (!tokens.takes("[")) {
            return;
        }
        do {
            String name = name(tokens);
            tokens.expect("=");
            String value = value(tokens);
            switch (name) {
                case "json_name" -> field.setJsonName(value);
                case "default" -> field.setDefaultValue(value);
                case "packed" -> field.getOptionsBuilder().setPacked(value.equals("true"));
                default -> {
                    // It says nothing of how messages look.
                }
            }
        } while (tokens.takes(","));
        tokens.expect("]");
    }

    /// Returns a name, in which parts may stand in brackets: `(google.api.http).get`.
    private static String name(Tokens tokens) {
        StringBuilder name = new StringBuilder();
        while (!tokens.peek().is("=")) {
            boolean inBrackets = tokens.takes("(");
            name.append(tokens.expect(Kind.WORD, "an option's name").text());
            if (inBrackets) {
                tokens.expect(")");
            }
        }
        return name.toString();
    }

    private static String value(Tokens tokens) {
        if (tokens.takes("{")) {
            int open = 1;
            while (open > 0) {
                Token token = tokens.take();
                if (token.kind() == Kind.END) {
                    throw tokens.problem(token, "expected '}', found the end of the file");
                }
                open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            }
            return "";
        }
        StringBuilder value = new StringBuilder();
        if (tokens.takes("-")) {
            value.append('-');
        } else {
            tokens.takes("+");
        }
        Token first = tokens.take();
        if (first.kind() == Kind.SIGN || first.kind() == Kind.END) {
            throw tokens.problem(first, "expected an option's value, found '" + first.text() + "'");
        }
        value.append(first.text());
        while (first.kind() == Kind.TEXT && tokens.peek().kind() == Kind.TEXT) {
            value.append(tokens.take().text());
        }
        return value.toString();
    }
}
