package dev.verdict.cli;

import dev.verdict.integrity.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Shows what a comparison of digests found.
///
/// @param expected how many entries there should be
record HashAnswer(int expected, List<Difference> differences) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Comparing with nothing proves nothing.
    int exitCode() {
        return !differences.isEmpty() ? Exit.FAIL : expected == 0 ? Exit.INCONCLUSIVE : Exit.PASS;
    }

    void print(Terminal terminal) {
        switch (exitCode()) {
            case Exit.PASS -> terminal.line("%s  %s".formatted(terminal.green("SAME"), files(expected)));
            case Exit.INCONCLUSIVE ->
                terminal.line("%s  there is nothing to compare with".formatted(terminal.yellow("UNKNOWN")));
            default -> {
                terminal.line("%s  %s of %s".formatted(terminal.red("DIFFERENT"), differences.size(), files(expected)));
                differences.forEach(difference -> terminal.line("  " + difference.text()));
            }
        }
    }

    private static String files(int count) {
        return count == 1 ? "1 file" : count + " files";
    }

    String json() {
        return JSON.writeValueAsString(Map.of(
                "expected",
                expected,
                "differences",
                differences.stream().map(HashAnswer::fields).toList()));
    }

    private static Map<String, Object> fields(Difference difference) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", difference.path());
        fields.put("is", difference.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        if (difference instanceof Difference.Changed changed) {
            fields.put("sizeBefore", changed.sizeBefore());
            fields.put("sizeAfter", changed.sizeAfter());
            fields.put(
                    "ranges",
                    changed.ranges().stream()
                            .map(range -> Map.of("from", range.from(), "to", range.to()))
                            .toList());
        }
        return fields;
    }
}
