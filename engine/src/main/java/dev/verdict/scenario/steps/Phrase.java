package dev.verdict.scenario.steps;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names a content as a scenario says it: a noun, its name, whose it is, and where in it to look.
///
/// @param noun as `the header`
/// @param name as `Location`
/// @param of whose it is: a service, or the name that a stream was opened `as`; empty for the last
/// @param path a JSON path
record Phrase(String noun, String name, String of, Optional<String> path) {
    private static final String QUOTED = "(?:\"[^\"]*\"|'[^']*')";

    static final String PATTERN = "(?:the body|the header " + QUOTED
            + "|the exit code|the output|the error output"
            + "|the file " + QUOTED + "|the folder " + QUOTED
            + "|the log of " + QUOTED + "|the metric " + QUOTED + " of " + QUOTED + "|the restarts of " + QUOTED
            + "|an event(?: " + QUOTED + ")?|the events?|a message|the messages?|the rows|the reply)"
            + "(?: on " + QUOTED + ")?(?: at " + QUOTED + ")?";

    private static final Pattern PARTS = Pattern.compile(
            "([a-z ]+?)(?: (" + QUOTED + "))?(?: (?:of|on) (" + QUOTED + "))?(?: at (" + QUOTED + "))?");

    static Phrase parse(String words) {
        Matcher parts = PARTS.matcher(words);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no content: " + words);
        }
        return new Phrase(
                parts.group(1),
                unquoted(parts.group(2)),
                unquoted(parts.group(3)),
                Optional.ofNullable(parts.group(4)).map(Phrase::unquoted));
    }

    Phrase expand(UnaryOperator<String> values) {
        return new Phrase(noun, values.apply(name), values.apply(of), path.map(values));
    }

    /// Says whether it cannot be missing once there is an answer at all.
    boolean alwaysThere() {
        return path.isEmpty()
                && switch (noun) {
                    case "the body", "the exit code", "the output", "the error output", "the rows", "the reply" -> true;
                    case "the log", "the restarts", "the events", "the messages" -> true;
                    default -> false;
                };
    }

    private static String unquoted(@Nullable String quoted) {
        return quoted == null ? "" : quoted.substring(1, quoted.length() - 1);
    }
}
