package dev.verdict.consistency;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.judge.Examiner;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.Ruling;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.RunRecord.Told;
import dev.verdict.judge.ScenarioRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Rules on workloads: what violates its model has failed; what was not looked at, or not decided,
/// proves nothing.
public final class WorkloadExaminer implements Examiner {
    private static final Set<String> LOOKS = Set.of("read", "get", "dequeue", "generate", "acquire");

    @Override
    public String name() {
        return "workload";
    }

    @Override
    public boolean examines(ScenarioRecord scenario) {
        return scenario.has(Event.WorkloadStarted.class);
    }

    @Override
    public Ruling examine(ScenarioRecord scenario, RunRecord run) {
        WorkloadProof proof;
        try {
            proof = WorkloadProof.of(scenario);
        } catch (HistoryException e) {
            return inconclusive(String.valueOf(e.getMessage()));
        }
        return switch (proof.answer()) {
            case Answer.Invalid invalid -> violated(scenario, proof, invalid.anomalies());
            case Answer.Valid _, Answer.Unknown _
            when unsettled(scenario).isPresent() ->
                new Ruling(name(), Outcome.FAILED, unsettled(scenario).get(), List.of());
            case Answer.Unknown unknown ->
                inconclusive("%s: %s%s".formatted(proof.model(), unknown.reason(), why(scenario)));
            case Answer.Valid _ -> valid(scenario);
        };
    }

    private Ruling violated(ScenarioRecord scenario, WorkloadProof proof, List<Anomaly> anomalies) {
        Anomaly first = anomalies.getFirst();
        long alike = proof.answer().facts().stream()
                .filter(fact -> fact.name().equals(first.name()))
                .filter(fact -> fact.value().matches("[0-9]{1,18}"))
                .map(fact -> Long.parseLong(fact.value()))
                .findFirst()
                .orElse(1L);
        List<Told<Event.OperationEnded>> told = scenario.all(Event.OperationEnded.class).stream()
                .sorted(Comparator.comparing(each -> each.event().called()))
                .toList();
        return new Ruling(
                name(),
                Outcome.FAILED,
                "not %s: %s: %s%s"
                        .formatted(
                                proof.model(),
                                first.name(),
                                first.text(),
                                alike > 1 ? " (and %d more)".formatted(alike - 1) : ""),
                first.operations().stream().map(index -> told.get(index).seq()).toList());
    }

    /// Says that the system did not recover.
    private static Optional<String> unsettled(ScenarioRecord scenario) {
        return scenario.first(Event.WorkloadEnded.class)
                .flatMap(told -> told.event().unsettled())
                .map(what -> "%s was not answered in the end, though no fault acted any more".formatted(what)
                        + why(scenario));
    }

    /// A history in which nobody saw anything is valid whatever the system does.
    private Ruling valid(ScenarioRecord scenario) {
        List<Event.OperationEnded> done = scenario.all(Event.OperationEnded.class).stream()
                .map(Told::event)
                .filter(operation -> operation.outcome() == OperationOutcome.OK)
                .toList();
        Map<Boolean, Long> counts = done.stream()
                .collect(Collectors.partitioningBy(
                        operation -> LOOKS.contains(operation.function()), Collectors.counting()));
        boolean onlyLooks = done.stream().map(Event.OperationEnded::function).allMatch("generate"::equals);
        if (counts.getOrDefault(true, 0L) == 0) {
            return inconclusive("no operation that looks was answered" + why(scenario));
        }
        if (counts.getOrDefault(false, 0L) == 0 && !onlyLooks) {
            return inconclusive("no operation that changes something was acknowledged" + why(scenario));
        }
        return Ruling.passed(name());
    }

    /// Says what came in the place of answers, the most frequent first.
    private static String why(ScenarioRecord scenario) {
        Map<String, Long> answers = scenario.all(Event.OperationEnded.class).stream()
                .map(Told::event)
                .filter(operation -> operation.outcome() != OperationOutcome.OK)
                .collect(Collectors.groupingBy(Event.OperationEnded::answer, Collectors.counting()));
        return answers.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry::getKey))
                .map(most -> "; %d operations ended in %s".formatted(most.getValue(), most.getKey()))
                .orElse("");
    }

    private Ruling inconclusive(String reason) {
        return new Ruling(name(), Outcome.INCONCLUSIVE, reason, List.of());
    }
}
