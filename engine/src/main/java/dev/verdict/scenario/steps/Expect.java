package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Makes the expectations that every content can be held to.
final class Expect {
    /// Texts with nothing in common: a pattern found in all of them looks for nothing.
    private static final List<String> UNALIKE = List.of("x", "7", "{", "é", "_");

    private Expect() {}

    /// Expects a JSON value: in JSON the same type and value, in text the same characters or
    /// number.
    static Expectation is(JsonNode value) {
        return Expectation.of(value.toString(), content -> same(value, content))
                .showing(content -> typed(value, content));
    }

    static Expectation isNot(JsonNode value) {
        return Expectation.of("not " + value, content -> content.present() && !same(value, content));
    }

    /// Expects a text or, if both are JSON, the same JSON.
    static Expectation isText(String text) {
        Optional<JsonNode> json = Json.parse(text);
        return Expectation.of(
                        Content.shorten(text),
                        content -> content.present()
                                && (content.text().equals(Content.of(text).text())
                                        || (json.isPresent()
                                                && difference(json.get(), content)
                                                        .isEmpty())))
                .showing(content -> json.flatMap(expected -> difference(expected, content))
                        .map(difference -> difference + "\n" + content.shown())
                        .orElseGet(content::shown));
    }

    static Expectation contains(JsonNode part) {
        boolean nothing = part.isString() ? part.stringValue().isBlank() : part.isContainer() && part.isEmpty();
        return Expectation.of(
                        "contains " + part, content -> lacking(part, content).isEmpty())
                .weakIf(nothing, "nearly everything contains " + part);
    }

    /// Expects a text in it or, if both are JSON, every part of the JSON in it.
    static Expectation containsText(String text) {
        Optional<JsonNode> json = Json.parse(text).filter(JsonNode::isContainer);
        if (json.isEmpty()) {
            return contains(StringNode.valueOf(text));
        }
        return contains(json.get())
                .showing(content -> lacking(json.get(), content)
                        .map(lacking -> lacking + "\n" + content.shown())
                        .orElseGet(content::shown));
    }

    static Expectation containsNot(JsonNode part) {
        return Expectation.of(
                "does not contain " + part,
                content -> content.present() && lacking(part, content).isPresent());
    }

    /// Expects a match of the regular expression anywhere in it; `^` and `$` stand at lines' ends.
    static Expectation matches(String regex) {
        Pattern pattern = pattern(regex);
        return Expectation.of(
                        "matches " + regex,
                        content -> content.present()
                                && pattern.matcher(content.text()).find())
                .weakIf(matchesAnything(pattern), "the pattern is found in every text");
    }

    static Expectation matchesNot(String regex) {
        Pattern pattern = pattern(regex);
        return Expectation.of(
                "does not match " + regex,
                content -> content.present() && !pattern.matcher(content.text()).find());
    }

    static Expectation exists(boolean always) {
        return Expectation.of("exists", Content::present).weakIf(always, "it always exists");
    }

    static Expectation absent() {
        return Expectation.of("absent", content -> !content.present() && !(content instanceof Content.Unreadable));
    }

    static Expectation empty() {
        return Expectation.of("empty", content -> content.present() && isEmpty(content));
    }

    static Expectation number(Amount amount) {
        return Expectation.of(
                        amount.toString(),
                        content -> content.number().map(amount::accept).orElse(false))
                .weakIf(amount.weakness());
    }

    /// Expects so many elements of a list, lines, bytes or characters.
    static Expectation count(Amount amount, String unit) {
        Function<Content, Optional<Long>> count = content -> count(content, unit);
        return Expectation.of(
                        amount + " " + unit,
                        content -> count.apply(content)
                                .map(n -> amount.accept(BigDecimal.valueOf(n)))
                                .orElse(false))
                .showing(content -> count.apply(content).map(n -> n + ": ").orElse("") + content.shown())
                .weakIf(amount.weakness());
    }

    static Expectation sha256(String digest) {
        return Expectation.of(
                        "SHA-256 " + digest,
                        content -> content.present() && content.sha256().equals(digest.toLowerCase(Locale.ROOT)))
                .showing(content ->
                        content.present() ? content.sha256() + " (" + content.size() + " bytes)" : content.shown());
    }

    static Expectation statuses(Statuses statuses) {
        return Expectation.of(statuses.toString(), content -> statuses.accept(content.text()))
                .weakIf(statuses.weakness());
    }

    /// Expects exactly these words, of a closed set that Verdict itself uses.
    static Expectation state(String words) {
        return Expectation.of(words, content -> content.text().equals(words));
    }

    private static boolean same(JsonNode value, Content content) {
        return switch (content) {
            case Content.Absent _, Content.Unreadable _ -> false;
            case Content.Node node -> Json.difference(value, node.value()).isEmpty();
            case Content.Raw _, Content.Large _ ->
                value.isString()
                        ? content.text().equals(value.stringValue())
                        : difference(value, content).isEmpty();
        };
    }

    /// Shows `"3"` and 3 apart where only the type differs.
    private static String typed(JsonNode value, Content content) {
        boolean otherType = content instanceof Content.Node node
                && node.value().isValueNode()
                && node.value().asString().equals(value.asString())
                && !same(value, content);
        return otherType
                ? content.shown() + " (" + (value.isString() ? "no string" : "no " + kind(value)) + ")"
                : content.shown();
    }

    private static String kind(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> difference(JsonNode expected, Content content) {
        return content.json().map(actual -> Json.difference(expected, actual)).orElse(Optional.of("not JSON"));
    }

    private static Optional<String> lacking(JsonNode part, Content content) {
        if (!content.present()) {
            return Optional.of("absent");
        }
        if (part.isString() && !(content instanceof Content.Node)) {
            return content.text().contains(part.stringValue()) ? Optional.empty() : Optional.of("not in it");
        }
        return content.json().map(actual -> Json.lacking(part, actual)).orElse(Optional.of("not JSON"));
    }

    private static boolean isEmpty(Content content) {
        return content instanceof Content.Node node
                ? node.value().isContainer()
                        ? node.value().isEmpty()
                        : content.text().isEmpty()
                : content.size() == 0;
    }

    private static Optional<Long> count(Content content, String unit) {
        if (!content.present() && !(content instanceof Content.Node)) {
            return Optional.empty();
        }
        return switch (unit) {
            case "bytes" -> Optional.of(content.size());
            case "characters" ->
                Optional.of(
                        (long) content.text().codePointCount(0, content.text().length()));
            case "lines" -> Optional.of(content.text().lines().count());
            default -> content.json().filter(JsonNode::isContainer).map(list -> (long) list.size());
        };
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression: " + e.getMessage(), e);
        }
    }

    private static boolean matchesAnything(Pattern pattern) {
        return pattern.matcher("").find()
                || UNALIKE.stream().allMatch(text -> pattern.matcher(text).find());
    }
}
