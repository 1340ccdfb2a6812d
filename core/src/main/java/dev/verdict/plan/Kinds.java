package dev.verdict.plan;

import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.node.ObjectNode;

/// Defines what single values of a plan may be.
final class Kinds {
    /// Lets a variable stand where the schema would want something narrower.
    private static final String OR_VARIABLE = "|^.*\\$.*$";

    private static final int LONGEST_PATTERN = 1000;
    private static final int LONGEST_NAME = 1000;

    /// Is any text that is known before the run.
    static final Leaf<String> TEXT = new Leaf<>("a text", Kinds::anyText, (text, _) -> text, "");

    /// Is what something is called in reports.
    static final Leaf<String> LABEL = new Leaf<>("a name", Kinds::anyText, (text, _) -> label(text), "");

    /// Is the name of something that the plan defines elsewhere.
    static final Leaf<String> NAME = new Leaf<>("a name", Kinds::anyText, (text, _) -> text, "");

    /// Is the name of an environment variable.
    static final Leaf<String> ENVIRONMENT_NAME = new Leaf<>(
            "the name of an environment variable",
            () -> matching(Names.ENVIRONMENT.pattern()),
            (text, _) -> named(Names.ENVIRONMENT, text),
            "");

    /// Is the name under which a secret is known.
    static final Leaf<String> SECRET_NAME = new Leaf<>(
            "the name of a secret",
            () -> matching(Names.VARIABLE.pattern()),
            (text, _) -> named(Names.VARIABLE, text),
            "");

    /// Is a time to wait, at most a day.
    static final Leaf<Duration> DURATION = new Leaf<>(
            "a duration, as 500ms, 20s, 2min or 1h",
            () -> matching(Amounts.DURATION_PATTERN),
            (text, _) -> Amounts.duration(text, Duration.ofHours(24)),
            Duration.ofSeconds(1));

    /// Is a number of bytes.
    static final Leaf<Long> SIZE = new Leaf<>(
            "a size, as 500kB, 5MB or 1GiB", () -> matching(Amounts.SIZE_PATTERN), (text, _) -> Amounts.size(text), 1L);

    /// Is the seed: empty for one of Verdict's choice.
    static final Leaf<OptionalLong> SEED =
            new Leaf<>("random or a whole number", Kinds::seedSchema, (text, _) -> seed(text), OptionalLong.empty());

    /// Is a regular expression.
    static final Leaf<String> REGEX = new Leaf<>("a regular expression", Kinds::anyText, (text, _) -> regex(text), "");

    /// Is a Cucumber tag expression.
    static final Leaf<String> TAGS =
            new Leaf<>("a tag expression, as \"@smoke and not @slow\"", Kinds::anyText, (text, _) -> tags(text), "");

    /// Is the path of a URL.
    static final Leaf<String> URL_PATH =
            new Leaf<>("the path of a URL, as /health", () -> matching("/.*"), (text, _) -> urlPath(text), "/");

    /// Is a file or folder that exists, relative to the plan's folder.
    static final Leaf<String> PLACE =
            new Leaf<>("a file or folder", Kinds::anyText, (text, reading) -> place(text, reading), "");

    /// Is a Java package.
    static final Leaf<String> PACKAGE = new Leaf<>(
            "a Java package, as com.example.steps",
            () -> matching("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*"),
            (text, _) -> javaPackage(text),
            "");

    /// Is how often something happens.
    static final Leaf<Double> RATE = new Leaf<>(
            "a rate, as 500/s or 30/min", () -> matching(Amounts.RATE_PATTERN), (text, _) -> Amounts.rate(text), 1.0);

    /// Is the code of an answer; `x` in it stands for any character.
    static final Leaf<String> CODE =
            new Leaf<>("an answer's code, as 404, 2xx or OK", Kinds::anyText, (text, _) -> code(text), "");

    /// Is a path into JSON.
    static final Leaf<String> JSON_PATH =
            new Leaf<>("a JSON path, as node.value or [*].id", Kinds::anyText, (text, _) -> jsonPath(text), "");

    /// Is a signal's name.
    static final Leaf<String> SIGNAL = choice("a signal", "TERM", "INT", "HUP", "QUIT", "USR1", "USR2", "KILL");

    /// Is which network a process lives in.
    static final Leaf<String> NETWORK = choice("a network", "host", "own");

    private static final Pattern JAVA_PACKAGE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private Kinds() {}

    /// Is a whole number within bounds.
    static Leaf<Long> count(String what, long least, long most) {
        String words = what + ", " + least + " to " + most;
        Supplier<ObjectNode> schema = () -> {
            ObjectNode either = Schemas.empty();
            ObjectNode number = Schemas.typed("integer");
            number.put("minimum", least).put("maximum", most);
            either.putArray("anyOf").add(number).add(matching("[0-9]+"));
            return either;
        };
        return new Leaf<>(words, schema, (text, _) -> number(text, words, least, most), least);
    }

    static Leaf<String> choice(String what, String... allowed) {
        List<String> names = List.of(allowed);
        Supplier<ObjectNode> schema = () -> matching(String.join("|", names));
        Leaf.Parser<String> parser = (text, _) -> {
            if (!names.contains(text)) {
                String bare = text.startsWith("SIG") ? text.substring(3) : text;
                throw new Refusal("'" + Wording.shorten(text) + "' is not " + what + "; allowed are "
                        + Wording.list(names) + Nearest.hint(bare, names));
            }
            return text;
        };
        return new Leaf<>(what + ": " + Wording.choice(names), schema, parser, names.getFirst());
    }

    static ObjectNode anyText() {
        return Schemas.typed("string", "number", "boolean");
    }

    static ObjectNode matching(String pattern) {
        ObjectNode schema = Schemas.typed("string");
        schema.put("pattern", "^(?:" + pattern + ")$" + OR_VARIABLE);
        return schema;
    }

    /// Lets a status stand as a number, or a range as a text.
    static ObjectNode statusSchema() {
        ObjectNode either = Schemas.empty();
        ObjectNode number = Schemas.typed("integer");
        number.put("minimum", 100).put("maximum", 599);
        either.putArray("anyOf").add(number).add(matching("[1-5][0-9][0-9](?:-[1-5][0-9][0-9])?"));
        return either;
    }

    private static ObjectNode seedSchema() {
        ObjectNode either = Schemas.empty();
        either.putArray("anyOf").add(Schemas.typed("integer")).add(matching("random|-?[0-9]+"));
        return either;
    }

    private static String label(String text) throws Refusal {
        if (text.isBlank() || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not a name; allowed is one line of 1 to "
                    + LONGEST_NAME + " characters");
        }
        return text;
    }

    private static String named(Names names, String text) throws Refusal {
        var why = names.refuse(text);
        if (why.isPresent()) {
            throw new Refusal(why.get());
        }
        return text;
    }

    private static long number(String text, String words, long least, long most) throws Refusal {
        String bad = "'" + Wording.shorten(text) + "' is not allowed; expected " + words;
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new Refusal(bad);
        }
        long number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new Refusal(bad);
        }
        return number;
    }

    private static OptionalLong seed(String text) throws Refusal {
        if (text.equals("random")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException _) {
            throw new Refusal(
                    "'" + Wording.shorten(text) + "' is not a seed; allowed are random and whole numbers of 64 bits"
                            + Nearest.hint(text, List.of("random")));
        }
    }

    private static String regex(String text) throws Refusal {
        if (text.isEmpty() || text.length() > LONGEST_PATTERN) {
            throw new Refusal("a regular expression has 1 to " + LONGEST_PATTERN + " characters");
        }
        try {
            return Pattern.compile(text).pattern();
        } catch (PatternSyntaxException e) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not a regular expression: " + e.getDescription()
                    + " at character " + (e.getIndex() + 1));
        }
    }

    private static String tags(String text) throws Refusal {
        if (text.length() > LONGEST_PATTERN) {
            throw new Refusal("a tag expression has at most " + LONGEST_PATTERN + " characters");
        }
        try {
            TagExpressionParser.parse(text);
            return text;
        } catch (TagExpressionException e) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not a tag expression, as \"@smoke and not @slow\": "
                    + String.valueOf(e.getMessage()).replace("\n", " "));
        }
    }

    private static String urlPath(String text) throws Refusal {
        if (!text.startsWith("/") || text.chars().anyMatch(c -> c <= ' ')) {
            throw new Refusal("'" + Wording.shorten(text)
                    + "' is not the path of a URL; it begins with / and has no spaces," + " as /health");
        }
        return text;
    }

    private static String place(String text, Reading reading) throws Refusal {
        if (text.isEmpty()) {
            throw new Refusal("is empty; expected a file or folder");
        }
        reading.exists(text, false);
        return text;
    }

    private static String code(String text) throws Refusal {
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not the code of an answer, as 404, 2xx, OK or nil");
        }
        return text;
    }

    private static String jsonPath(String text) throws Refusal {
        if (!text.isEmpty() && (text.startsWith("$") || text.length() > LONGEST_PATTERN)) {
            throw new Refusal(
                    "'" + Wording.shorten(text) + "' is not a JSON path without its $, as node.value or [*].id");
        }
        return text;
    }

    private static String javaPackage(String text) throws Refusal {
        if (!JAVA_PACKAGE.matcher(text).matches()) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not a Java package, as com.example.steps");
        }
        return text;
    }
}
