package dev.verdict.scenario.steps;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts the statuses of requests that were sent at once.
record Tally(Map<String, Integer> counts) {
    static final String NO_ANSWER = "no answer";

    Tally {
        counts = new TreeMap<>(counts);
    }

    static Tally of(List<String> statuses) {
        Map<String, Integer> counts = new TreeMap<>();
        statuses.forEach(status -> counts.merge(status, 1, Integer::sum));
        return new Tally(counts);
    }

    /// Accepts a number of statuses: a row of the scenario's table.
    record Row(Statuses statuses, Amount amount) {
        static Row parse(List<String> cells) {
            if (cells.size() != 2) {
                throw new IllegalArgumentException("a row is | status | count |, not " + cells);
            }
            Statuses statuses =
                    cells.get(0).equals(NO_ANSWER) ? new Statuses(List.of(NO_ANSWER)) : Statuses.parse(cells.get(0));
            return new Row(statuses, Amount.parse(cells.get(1)));
        }

        @Override
        public String toString() {
            return amount + " × " + statuses;
        }
    }

    /// Says whether every row's count is right and no status is outside of all rows.
    boolean fits(List<Row> rows) {
        List<String> left = new ArrayList<>(counts.keySet());
        for (Row row : rows) {
            int count = counts.entrySet().stream()
                    .filter(entry -> row.statuses().accept(entry.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            if (!row.amount().accept(BigDecimal.valueOf(count))) {
                return false;
            }
            left.removeIf(row.statuses()::accept);
        }
        return left.isEmpty();
    }

    /// Says why the rows together would take nearly any answers.
    static Optional<String> weakness(List<Row> rows) {
        List<String> free = rows.stream()
                .filter(row -> row.amount().weakness().isPresent())
                .flatMap(row -> row.statuses().accepted().stream())
                .toList();
        return rows.stream()
                .map(row -> row.statuses().weakness())
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> new Statuses(free).weakness());
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
