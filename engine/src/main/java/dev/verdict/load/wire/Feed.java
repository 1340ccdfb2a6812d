package dev.verdict.load.wire;

import java.util.List;

/// Gives values to variables, a set for each request. Which set follows from the request's number
/// in the whole load, so that slices of a load share a feed without knowing of each other.
public sealed interface Feed {
    /// Returns those that each load has: `unique` and `number`.
    ///
    /// @param unique what no other run has
    static List<Feed> usual(String unique) {
        return List.of(new Unique("unique", unique), new Sequence("number", 0, 1));
    }

    /// Returns the names of its variables.
    List<String> variables();

    /// Returns a value.
    ///
    /// @param index the number of the request
    /// @param variable the place in [#variables]
    String value(long index, int variable);

    /// Gives rows one after the other, and begins again behind the last.
    record Rows(List<String> variables, List<List<String>> rows) implements Feed {
        public Rows {
            variables = List.copyOf(variables);
            rows = List.copyOf(rows);
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("a feed without a row");
            }
        }

        @Override
        public String value(long index, int variable) {
            return rows.get((int) (index % rows.size())).get(variable);
        }
    }

    /// Counts.
    record Sequence(String variable, long from, long step) implements Feed {
        @Override
        public List<String> variables() {
            return List.of(variable);
        }

        @Override
        public String value(long index, int place) {
            return Long.toString(from + index * step);
        }
    }

    /// Gives each request a value that no other has, in this run or another.
    ///
    /// @param prefix what no other run has
    record Unique(String variable, String prefix) implements Feed {
        @Override
        public List<String> variables() {
            return List.of(variable);
        }

        @Override
        public String value(long index, int place) {
            return prefix + "-" + index;
        }
    }
}
