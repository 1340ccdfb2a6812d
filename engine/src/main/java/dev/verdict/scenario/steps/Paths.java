package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import io.cucumber.datatable.DataTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Compares several values of a content, each found by its JSON path.
record Paths(List<Row> rows) {
    /// Is a row of the scenario's table.
    record Row(String path, JsonNode expected) {
        Optional<String> difference(Content content) {
            Content part = content.at(path);
            return part instanceof Content.Node node
                            && Json.difference(expected, node.value()).isEmpty()
                    ? Optional.empty()
                    : Optional.of(path + ": expected " + expected + ", was " + part.shown());
        }
    }

    Paths {
        rows = List.copyOf(rows);
    }

    static Paths of(DataTable table, UnaryOperator<String> values) {
        List<Row> rows = new ArrayList<>();
        for (List<String> cells : table.cells()) {
            if (cells.size() != 2) {
                throw new IllegalArgumentException("a row is | JSON path | value |, not " + cells);
            }
            String value = cells.get(1) == null ? "" : cells.get(1);
            rows.add(new Row(values.apply(cells.get(0)), Json.cell(values.apply(value))));
        }
        return new Paths(rows);
    }

    Expectation expectation() {
        String words =
                rows.stream().map(row -> row.path() + " is " + row.expected()).collect(Collectors.joining(", "));
        return Expectation.of(words, content -> differences(content).isEmpty())
                .showing(content ->
                        differences(content).isEmpty() ? content.shown() : String.join("\n", differences(content)));
    }

    private List<String> differences(Content content) {
        return rows.stream()
                .map(row -> row.difference(content))
                .flatMap(Optional::stream)
                .toList();
    }
}
