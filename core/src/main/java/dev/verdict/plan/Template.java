package dev.verdict.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Holds a text of the plan as written: what stands for itself, and what is to be filled in.
///
/// The syntax is Compose's: `$V`, `${V}`, `${V:-d}`, `${V-d}`, `${V:?e}`, `${V?e}`, `${V:+x}`,
/// `${V+x}`, `$$`; what follows an operator may hold all of these again.
record Template(List<Piece> pieces) {
    static final int MAX_DEPTH = 10;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern DOTTED =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_][A-Za-z0-9_-]*){1,3}(?=\\})");
    private static final Pattern OPERATOR = Pattern.compile(":?[-?+]");

    Template {
        pieces = List.copyOf(pieces);
    }

    sealed interface Piece {}

    record Literal(String text) implements Piece {}

    /// Stands for a variable or secret.
    ///
    /// @param choice what follows the name: an operator and its argument
    record Variable(String name, Optional<Choice> choice) implements Piece {}

    /// @param operator `:-`, `-`, `:?`, `?`, `:+` or `+`
    record Choice(String operator, Template argument) {}

    /// Stands for an address or a fact: names joined by dots.
    record Dotted(String name) implements Piece {}

    /// Reads a text.
    static Template parse(String text) throws Refusal {
        Parser parser = new Parser(text);
        Template template = parser.template(0);
        return template;
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        /// Reads to the end, or inside a reference to its closing brace.
        Template template(int depth) throws Refusal {
            if (depth > MAX_DEPTH) {
                throw new Refusal("references nested deeper than " + MAX_DEPTH + " levels");
            }
            List<Piece> pieces = new ArrayList<>();
            StringBuilder literal = new StringBuilder();
            while (at < text.length() && !(depth > 0 && text.charAt(at) == '}')) {
                char next = text.charAt(at);
                if (next != '$') {
                    literal.append(next);
                    at++;
                } else if (text.startsWith("$$", at)) {
                    literal.append('$');
                    at += 2;
                } else {
                    addLiteral(pieces, literal);
                    pieces.add(reference(depth));
                }
            }
            addLiteral(pieces, literal);
            return new Template(pieces);
        }

        private static void addLiteral(List<Piece> pieces, StringBuilder literal) {
            if (!literal.isEmpty()) {
                pieces.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
        }

        private Piece reference(int depth) throws Refusal {
            int start = at;
            at++;
            if (!text.startsWith("{", at)) {
                String name = take(NAME)
                        .orElseThrow(() -> new Refusal(
                                "a single '$' in '" + Wording.shorten(text) + "'; write $$ for a dollar sign"));
                return new Variable(name, Optional.empty());
            }
            at++;
            Optional<String> dotted = take(DOTTED).filter(name -> !isDefault(name));
            Piece piece = dotted.isPresent() ? new Dotted(dotted.get()) : variable(start, depth);
            if (!text.startsWith("}", at)) {
                throw unclear(start);
            }
            at++;
            return piece;
        }

        /// Tells `${HOST-localhost.localdomain}`, a variable with a default, from the address
        /// `${stock-db.sql.port}`: an address has three parts.
        private boolean isDefault(String dotted) {
            int hyphen = dotted.indexOf('-');
            boolean is = hyphen > 0 && hyphen < dotted.indexOf('.') && dotted.split("\\.").length != 3;
            if (is) {
                at -= dotted.length();
            }
            return is;
        }

        private Piece variable(int start, int depth) throws Refusal {
            String name = take(NAME).orElseThrow(() -> unclear(start));
            Optional<String> operator = take(OPERATOR);
            if (operator.isEmpty()) {
                return new Variable(name, Optional.empty());
            }
            return new Variable(name, Optional.of(new Choice(operator.get(), template(depth + 1))));
        }

        private Optional<String> take(Pattern pattern) {
            Matcher matcher = pattern.matcher(text).region(at, text.length());
            if (!matcher.lookingAt()) {
                return Optional.empty();
            }
            at = matcher.end();
            return Optional.of(matcher.group());
        }

        private Refusal unclear(int start) {
            int end = text.indexOf('}', start);
            String shown = end < 0 ? text.substring(start) : text.substring(start, end + 1);
            String fault = end < 0 ? " has no closing brace" : " is not a reference";
            return new Refusal("'" + Wording.shorten(shown) + "'" + fault
                    + "; allowed are ${NAME}, ${NAME:-default}, ${NAME:?message}, ${NAME:+instead},"
                    + " ${SERVICE.PORT.url} and $$ for a dollar sign");
        }
    }
}
