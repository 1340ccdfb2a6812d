package dev.verdict.workload;

import dev.verdict.json.Json;
import dev.verdict.plan.Workload.Operation;
import dev.verdict.plan.WorkloadModel;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;

/// Says what an answer means: whether the operation was done, and what was there.
///
/// @param looks whether the operation asks what is there
record Reading(WorkloadModel model, Operation operation, boolean looks) {
    /// Says what a code means.
    enum Meaning {
        OK,
        EMPTY,
        FAIL,
        UNKNOWN
    }

    Meaning meaning(Reply reply) {
        if (matches(operation.fail(), reply.code())) {
            return Meaning.FAIL;
        }
        if (matches(operation.empty(), reply.code())) {
            return Meaning.EMPTY;
        }
        boolean ok = operation.ok().isEmpty() ? reply.success() : matches(operation.ok(), reply.code());
        if (!ok) {
            return Meaning.UNKNOWN;
        }
        return reply.nothing() && looks ? Meaning.EMPTY : Meaning.OK;
    }

    /// Compares a code with patterns, in which `x` stands for any character.
    private static boolean matches(List<String> patterns, String code) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, code));
    }

    private static boolean matches(String pattern, String code) {
        if (pattern.length() != code.length()) {
            return false;
        }
        for (int i = 0; i < code.length(); i++) {
            if (pattern.charAt(i) != 'x' && pattern.charAt(i) != code.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Returns what was there.
    ///
    /// @throws IllegalArgumentException if the plan's path is no JSON path
    JsonNode result(Reply reply) {
        Optional<JsonNode> found = operation.result().isEmpty()
                ? Optional.of(reply.content())
                : Json.at(
                        reply.content(),
                        operation.result().startsWith("[") ? "$" + operation.result() : "$." + operation.result());
        JsonNode value = found.orElse(NullNode.getInstance());
        if (model.isCollection()) {
            return list(value);
        }
        // One row, or one element, is what was there.
        JsonNode single =
                value instanceof ArrayNode array ? array.isEmpty() ? NullNode.getInstance() : array.get(0) : value;
        return number(single);
    }

    /// Returns what an empty answer says was there.
    JsonNode nothing() {
        return model.isCollection() ? JsonNodeFactory.instance.arrayNode() : NullNode.getInstance();
    }

    private static ArrayNode list(JsonNode value) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (value instanceof ArrayNode array) {
            array.forEach(item -> list.add(number(item)));
        } else if (!value.isNull()) {
            list.add(number(value));
        }
        return list;
    }

    /// Takes a text that is a whole number for one: that is how values are handed out.
    private static JsonNode number(JsonNode value) {
        return value.isString() && value.stringValue().matches("-?[0-9]{1,18}")
                ? LongNode.valueOf(Long.parseLong(value.stringValue()))
                : value;
    }
}
