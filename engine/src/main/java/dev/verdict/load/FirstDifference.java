package dev.verdict.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Says where an answer first differs from another one.
///
/// @param place in JSON a path in which any place of a list is `[*]`, else line and column
/// @param what stands there, and what stands in the other
public record FirstDifference(String place, String what) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 60;

    /// Compares two texts that are not equal.
    public static FirstDifference between(String here, String alone) {
        try {
            JsonNode one = JSON.readTree(here);
            JsonNode other = JSON.readTree(alone);
            if (!one.equals(other)) {
                return in(one, other, "$");
            }
        } catch (JacksonException e) {
            // At least one is no JSON: they are compared as the texts that they are.
        }
        return inText(here, alone);
    }

    private static FirstDifference in(JsonNode here, JsonNode alone, String path) {
        if (here.isObject() && alone.isObject()) {
            Set<String> names = new LinkedHashSet<>(alone.propertyNames());
            names.addAll(here.propertyNames());
            for (String name : names) {
                JsonNode one = here.path(name);
                JsonNode other = alone.path(name);
                if (!one.equals(other)) {
                    return in(one, other, path + "." + name);
                }
            }
        }
        if (here.isArray() && alone.isArray()) {
            for (int i = 0; i < Math.min(here.size(), alone.size()); i++) {
                if (!here.get(i).equals(alone.get(i))) {
                    return in(here.get(i), alone.get(i), path + "[*]");
                }
            }
            return new FirstDifference(path, "%d entries, alone %d".formatted(here.size(), alone.size()));
        }
        return new FirstDifference(path, words(here) + ", alone " + words(alone));
    }

    private static String words(JsonNode node) {
        return node.isMissingNode() ? "nothing" : shorten(node.toString());
    }

    private static FirstDifference inText(String here, String alone) {
        List<String> lines = here.lines().toList();
        List<String> others = alone.lines().toList();
        int line = 0;
        while (line < Math.min(lines.size(), others.size()) && lines.get(line).equals(others.get(line))) {
            line++;
        }
        String one = line < lines.size() ? lines.get(line) : "";
        String other = line < others.size() ? others.get(line) : "";
        int column = 0;
        while (column < Math.min(one.length(), other.length()) && one.charAt(column) == other.charAt(column)) {
            column++;
        }
        return new FirstDifference(
                "line %d, column %d".formatted(line + 1, column + 1),
                "'%s', alone '%s'".formatted(shorten(one.substring(column)), shorten(other.substring(column))));
    }

    private static String shorten(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
