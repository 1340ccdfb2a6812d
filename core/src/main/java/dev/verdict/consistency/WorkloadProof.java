package dev.verdict.consistency;

import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import dev.verdict.judge.ScenarioRecord;
import java.time.Duration;
import java.util.List;

/// Is what the operations of a workload come to under its model.
///
/// @param model its name
public record WorkloadProof(String model, History history, Answer answer) {
    /// Bounds a check, which takes less than a second where a system is as it should be.
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final double SHARE_OF_HEAP = 0.4;

    /// Checks a workload.
    ///
    /// @param scenario one with a [Event.WorkloadStarted]
    /// @throws HistoryException if its operations cannot have happened, or not all are there
    public static WorkloadProof of(ScenarioRecord scenario) {
        String model = scenario.first(Event.WorkloadStarted.class)
                .map(told -> told.event().model())
                .orElseThrow(() -> new HistoryException("there is no workload"));
        Checker checker = Models.checker(model)
                .orElseThrow(() -> new HistoryException("there is no model '%s'".formatted(model)));
        List<Told<Event.OperationEnded>> operations = scenario.all(Event.OperationEnded.class);
        long recorded = scenario.all(Event.WorkloadEnded.class).stream()
                .mapToLong(told -> told.event().operations())
                .findFirst()
                .orElseThrow(() -> new HistoryException("the workload did not end"));
        if (recorded != operations.size()) {
            throw new HistoryException(
                    "%d operations were recorded, but the journal tells of %d".formatted(recorded, operations.size()));
        }
        History history = RecordedHistory.of(scenario);
        Budget budget = Budget.of(LIMIT, (long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));
        return new WorkloadProof(model, history, checker.check(history, budget));
    }
}
