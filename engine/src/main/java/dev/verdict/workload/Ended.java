package dev.verdict.workload;

import dev.verdict.consistency.RecordedValue;
import dev.verdict.journal.Event.OperationOutcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Says how an operation ended.
///
/// @param answer the answer's code, or what came in its place
/// @param seen what was there, or null
/// @param recorded the same, as the journal has it
/// @param nothing whether the answer said that nothing was there
record Ended(OperationOutcome outcome, String answer, JsonNode seen, String recorded, boolean nothing) {
    /// A line of the journal is cut beyond 1 MiB: a list that long cannot be kept.
    private static final int LONGEST = 900_000;

    static Ended without(OperationOutcome outcome, String answer) {
        return new Ended(outcome, answer, NullNode.getInstance(), "", false);
    }

    /// Returns a success, or that nothing is known if what was there is too large to be kept.
    static Ended seeing(String answer, JsonNode seen, boolean nothing) {
        String recorded = RecordedValue.write(seen);
        return recorded.length() > LONGEST
                ? without(OperationOutcome.UNKNOWN, "an answer too large to be kept")
                : new Ended(OperationOutcome.OK, answer, seen, recorded, nothing);
    }
}
