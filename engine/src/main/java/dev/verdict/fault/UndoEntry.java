package dev.verdict.fault;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// Is a line of an [UndoLog].
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
sealed interface UndoEntry {
    /// Returns the fault's id.
    String id();

    /// Announces a fault that is about to act.
    ///
    /// @param steps what undoes it, in their order
    record Announced(String id, String kind, String target, List<UndoStep> steps) implements UndoEntry {
        public Announced {
            steps = List.copyOf(steps);
        }
    }

    /// States that nothing of the fault is left.
    record Undone(String id) implements UndoEntry {}
}
