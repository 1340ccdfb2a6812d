package dev.verdict.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Multiplies a plan's matrix out into cells.
final class Matrix {
    static final int MAX_CELLS = 64;

    private Matrix() {}

    /// Returns the combinations, each by name in the plan's order; one empty cell without a matrix.
    ///
    /// @param given by `--var`: it picks one of the values
    static List<Map<String, String>> cells(Node root, Map<String, String> given, Reading reading) {
        Map<String, List<String>> matrix = PlanKeys.MATRIX
                .read(PlanKeys.entry(root, PlanKeys.MATRIX), root.position(), "", reading)
                .orElse(Map.of());
        List<Map<String, String>> cells = List.of(Map.of());
        long count = 1;
        for (Map.Entry<String, List<String>> dimension : matrix.entrySet()) {
            String name = dimension.getKey();
            String path = Paths.child(PlanKeys.MATRIX.name(), name);
            unique(dimension.getValue(), path, reading);
            List<String> values = restrict(name, dimension.getValue(), given, path, reading);
            count *= Math.max(1, values.size());
            if (count > MAX_CELLS) {
                reading.problem(path, "matrix: more than " + MAX_CELLS + " combinations");
                return List.of(Map.of());
            }
            cells = multiply(cells, name, values);
        }
        return cells;
    }

    private static void unique(List<String> values, String path, Reading reading) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < values.size(); index++) {
            String item = Paths.item(path, index);
            if (!seen.add(values.get(index)) && !reading.isBroken(item)) {
                reading.problem(item, "matrix: '" + Wording.shorten(values.get(index)) + "' stands twice");
            }
        }
    }

    private static List<String> restrict(
            String name, List<String> values, Map<String, String> given, String path, Reading reading) {
        String wanted = given.get(name);
        if (wanted == null) {
            return values;
        }
        if (!values.contains(wanted)) {
            reading.problem(
                    path,
                    "--var " + name + "=" + Wording.shorten(wanted) + ": the matrix has " + Wording.list(values)
                            + Nearest.hint(wanted, values));
        }
        return List.of(wanted);
    }

    private static List<Map<String, String>> multiply(
            List<Map<String, String>> cells, String name, List<String> values) {
        List<Map<String, String>> product = new ArrayList<>();
        for (Map<String, String> cell : cells) {
            for (String value : values) {
                Map<String, String> wider = new LinkedHashMap<>(cell);
                wider.put(name, value);
                product.add(wider);
            }
        }
        return product;
    }

    /// Returns what tells a cell's run from the others: ` [compose, db=h2, size=5MB]`.
    static String suffix(Map<String, String> cell, Optional<String> system) {
        Stream<String> values =
                cell.entrySet().stream().map(entry -> entry.getKey() + "=" + Wording.shorten(entry.getValue()));
        String all = Stream.concat(system.stream(), values).collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : " [" + all + "]";
    }
}
