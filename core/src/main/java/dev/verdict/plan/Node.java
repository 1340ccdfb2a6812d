package dev.verdict.plan;

import java.util.List;

/// Holds a piece of a YAML document and where it stands.
sealed interface Node {
    Position position();

    /// Says who gave it: `plan` for what stands in the file, else as [ResolvedPlan.Source].
    String origin();

    /// Returns what it is, for messages.
    String words();

    /// Holds a value as it was written, without its quotes.
    ///
    /// @param plain whether it stood without quotes, so that `null` means nothing
    record Scalar(String text, boolean plain, Position position, String origin) implements Node {
        static Scalar standard(String text, Position position) {
            return new Scalar(text, false, position, "default");
        }

        boolean isNull() {
            return plain
                    && switch (text) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }

        @Override
        public String words() {
            return isNull() ? "no value" : "'" + Wording.shorten(text) + "'";
        }
    }

    record Sequence(List<Node> nodes, Position position, String origin) implements Node {
        public Sequence {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String words() {
            return "a list";
        }
    }

    record Mapping(List<Entry> entries, Position position, String origin) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String words() {
            return "a mapping";
        }
    }

    record Entry(Scalar key, Node value) {}
}
