package dev.verdict.scenario.steps;

import io.cucumber.datatable.DataTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Compares rows of a database with a table of a scenario.
///
/// @param rows the cells below `columns`; an empty one stands for NULL
record Rows(List<String> columns, List<List<String>> rows) {
    Rows {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static Rows of(DataTable table, UnaryOperator<String> values) {
        List<List<String>> cells = new ArrayList<>();
        for (List<String> row : table.cells()) {
            cells.add(row.stream().map(Rows::orEmpty).map(values).toList());
        }
        if (cells.size() < 2) {
            throw new IllegalArgumentException("a table of rows has a line of column names and at least one row;"
                    + " for none, write: there are 0 rows");
        }
        return new Rows(cells.getFirst(), cells.subList(1, cells.size()));
    }

    private static String orEmpty(@Nullable String cell) {
        return cell == null ? "" : cell;
    }

    Expectation are() {
        return expectation("rows are ", this::differenceInOrder);
    }

    Expectation include() {
        return expectation("rows include ", this::missing);
    }

    private Expectation expectation(String words, Function<List<JsonNode>, Optional<String>> judge) {
        return Expectation.of(
                        words + columns + " " + rows,
                        content -> content.json()
                                .map(list -> judge.apply(list.valueStream().toList()))
                                .map(Optional::isEmpty)
                                .orElse(false))
                .showing(content -> content.json()
                        .flatMap(list -> judge.apply(list.valueStream().toList()))
                        .map(difference -> difference + "\n" + content.shown())
                        .orElseGet(content::shown));
    }

    private Optional<String> differenceInOrder(List<JsonNode> actual) {
        if (actual.size() != rows.size()) {
            return Optional.of(actual.size() + " rows");
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!same(rows.get(i), actual.get(i))) {
                return Optional.of("row " + (i + 1) + " is " + actual.get(i));
            }
        }
        return Optional.empty();
    }

    private Optional<String> missing(List<JsonNode> actual) {
        return rows.stream()
                .filter(row -> actual.stream().noneMatch(candidate -> same(row, candidate)))
                .findFirst()
                .map(row -> "no row " + row);
    }

    private boolean same(List<String> expected, JsonNode row) {
        for (int i = 0; i < columns.size(); i++) {
            JsonNode cell = row.get(columns.get(i));
            if (cell == null) {
                throw new IllegalArgumentException(
                        "no column " + columns.get(i) + "; there are " + row.propertyNames());
            }
            if (!same(expected.get(i), cell)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(String expected, JsonNode cell) {
        if (cell.isNull()) {
            return expected.isEmpty();
        }
        if (cell.isNumber()) {
            try {
                return new BigDecimal(expected).compareTo(cell.decimalValue()) == 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return cell.asString().equals(expected);
    }
}
