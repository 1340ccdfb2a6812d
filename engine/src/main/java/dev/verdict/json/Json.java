package dev.verdict.json;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// Reads JSON, finds values in it by JSONPath (RFC 9535's subset as Jayway reads it), and compares
/// it.
public final class Json {
    /// Reads numbers as they are written.
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /// Returns the value of a text; empty if it is no JSON.
    public static Optional<JsonNode> parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// Reads a number, `true`, `false` or `null`; anything else is a string.
    public static JsonNode literal(String text) {
        return parse(text).filter(JsonNode::isValueNode).orElseGet(() -> StringNode.valueOf(text));
    }

    /// Reads a cell of a table: JSON if it is, else a string.
    public static JsonNode cell(String text) {
        return parse(text).orElseGet(() -> StringNode.valueOf(text));
    }

    /// Returns what the path finds: nothing, the value, or for a path that can find several
    /// (`$..a`, `$[*]`, a filter) an array of them.
    ///
    /// @throws IllegalArgumentException if it is no JSON path
    public static Optional<JsonNode> at(JsonNode root, String path) {
        try {
            return Optional.ofNullable(compile(path).read(root, Holder.CONFIGURATION));
        } catch (PathNotFoundException e) {
            return Optional.empty();
        }
    }

    /// Says whether the path can find several values.
    public static boolean findsSeveral(String path) {
        return !compile(path).isDefinite();
    }

    private static JsonPath compile(String path) {
        try {
            return JsonPath.compile(path);
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a JSON path: " + path + " (" + e.getMessage() + ")", e);
        }
    }

    /// Returns the first place where two values differ; numbers are equal by value, objects
    /// whatever the order of their keys.
    public static Optional<String> difference(JsonNode expected, JsonNode actual) {
        return new Comparison(false).difference("$", expected, actual);
    }

    /// Returns the first part of `expected` that `actual` lacks: an object may have further keys,
    /// an array further elements in any order, a string further characters only at the top.
    public static Optional<String> lacking(JsonNode expected, JsonNode actual) {
        if (expected.isString() && actual.isString()) {
            return actual.stringValue().contains(expected.stringValue())
                    ? Optional.empty()
                    : Optional.of("no " + expected + " in it");
        }
        Comparison within = new Comparison(true);
        return !expected.isArray() && actual.isArray()
                ? within.element("$", expected, actual)
                : within.difference("$", expected, actual);
    }

    /// Keeps the JSON path library unloaded until a scenario uses it.
    private static final class Holder {
        private static final Configuration CONFIGURATION = Configuration.builder()
                .jsonProvider(new Jackson3JsonNodeJsonProvider(MAPPER))
                .mappingProvider(new Jackson3MappingProvider(MAPPER))
                .build();
    }

    private record Comparison(boolean partial) {
        Optional<String> difference(String path, JsonNode expected, JsonNode actual) {
            if (expected.isObject() && actual.isObject()) {
                return objects(path, expected, actual);
            }
            if (expected.isArray() && actual.isArray()) {
                return partial ? subset(path, expected, actual) : arrays(path, expected, actual);
            }
            boolean equal = (expected.isNumber() && actual.isNumber())
                    ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                    : expected.equals(actual);
            return equal ? Optional.empty() : Optional.of(path + ": expected " + expected + ", was " + actual);
        }

        private Optional<String> objects(String path, JsonNode expected, JsonNode actual) {
            for (var property : expected.properties()) {
                String below = path + "." + property.getKey();
                JsonNode value = actual.get(property.getKey());
                Optional<String> difference = value == null
                        ? Optional.of(below + ": expected " + property.getValue() + ", is absent")
                        : difference(below, property.getValue(), value);
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return partial
                    ? Optional.empty()
                    : actual.propertyStream()
                            .filter(property -> !expected.has(property.getKey()))
                            .findFirst()
                            .map(extra -> path + "." + extra.getKey() + ": not expected, was " + extra.getValue());
        }

        private Optional<String> arrays(String path, JsonNode expected, JsonNode actual) {
            if (expected.size() != actual.size()) {
                return Optional.of(path + ": expected " + expected.size() + " elements, was " + actual.size());
            }
            return IntStream.range(0, expected.size())
                    .mapToObj(i -> difference(path + "[" + i + "]", expected.get(i), actual.get(i)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        private Optional<String> subset(String path, JsonNode expected, JsonNode actual) {
            return expected.valueStream()
                    .map(element -> element(path, element, actual))
                    .flatMap(Optional::stream)
                    .findFirst();
        }

        private Optional<String> element(String path, JsonNode expected, JsonNode array) {
            return array.valueStream()
                            .anyMatch(
                                    actual -> difference(path, expected, actual).isEmpty())
                    ? Optional.empty()
                    : Optional.of(path + ": no element " + expected);
        }
    }
}
