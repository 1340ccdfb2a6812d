package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Holds a literal of a step: `"text"`, `3`, `true`, `null`, or `${name}` for what was saved.
///
/// @param literal as written, quotes included
record Value(String literal) {
    static final String PATTERN = "(?:\"[^\"]*\"|'[^']*'|-?\\d+(?:\\.\\d+)?|true|false|null|\\$\\{[^}]*\\})";

    /// Returns it as JSON: quoted it is a string; bare it is a number, true, false or null if it
    /// reads as one, else a string.
    JsonNode json(UnaryOperator<String> values) {
        char first = literal.charAt(0);
        if (first == '"' || first == '\'') {
            return StringNode.valueOf(values.apply(literal.substring(1, literal.length() - 1)));
        }
        return Json.literal(values.apply(literal));
    }
}
