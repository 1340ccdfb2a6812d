package dev.verdict.consistency;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event.OperationEnded;
import dev.verdict.judge.ScenarioRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads the history of a workload out of the journal. Calls and returns are ordered by their
/// times; of those at the same time calls are first, which claims least.
final class RecordedHistory {
    private RecordedHistory() {}

    /// Is a call or a return.
    ///
    /// @param line where the operation stands in the journal
    private record Moment(long nanos, boolean returns, long line, OperationEnded operation) {}

    /// Returns the history of a scenario's operations.
    ///
    /// @throws HistoryException if it cannot have happened
    static History of(ScenarioRecord scenario) {
        List<Moment> moments = new ArrayList<>();
        for (Entry entry : scenario.entries()) {
            if (entry.event() instanceof OperationEnded operation) {
                long called = operation.called().toNanos();
                moments.add(new Moment(called, false, entry.seq(), operation));
                moments.add(new Moment(called + operation.took().toNanos(), true, entry.seq(), operation));
            }
        }
        moments.sort(Comparator.comparingLong(Moment::nanos).thenComparing(Moment::returns));
        History.Builder builder = new History.Builder();
        Values values = builder.values();
        for (Moment moment : moments) {
            OperationEnded operation = moment.operation();
            if (moment.returns()) {
                builder.complete(
                        moment.line(),
                        operation.process(),
                        completion(operation),
                        operation.function(),
                        RecordedValue.read(operation.result(), values),
                        moment.nanos());
            } else {
                builder.call(
                        moment.line(),
                        operation.process(),
                        operation.function(),
                        RecordedValue.read(operation.key(), values),
                        RecordedValue.read(operation.argument(), values),
                        moment.nanos());
            }
        }
        return builder.build();
    }

    private static Completion completion(OperationEnded operation) {
        return switch (operation.outcome()) {
            case OK -> Completion.OK;
            case FAIL -> Completion.FAIL;
            case UNKNOWN -> Completion.INFO;
        };
    }
}
