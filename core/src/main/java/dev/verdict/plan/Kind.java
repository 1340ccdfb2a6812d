package dev.verdict.plan;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Says what may stand at a place of the plan file: how it is read, described and put into the
/// JSON Schema.
interface Kind<T> {
    /// Reads a value. Mistakes go to `reading`; the answer is then a stand-in that nobody will see.
    T read(Node node, String path, Reading reading);

    /// Returns what stands in for a value that is missing by mistake.
    T standIn();

    /// Returns what is expected, as `a duration, as 20s or 2min`.
    String words();

    /// Returns the JSON Schema (draft-07) of the value.
    ObjectNode schema();

    /// Returns the mapping that is, or stands in, the value.
    default Optional<Shape<?>> shape() {
        return Optional.empty();
    }

    /// Returns a default as if it stood in the plan.
    default Node standard(String text, Position position) {
        return Node.Scalar.standard(text, position);
    }
}
