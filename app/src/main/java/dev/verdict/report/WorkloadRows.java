package dev.verdict.report;

import dev.verdict.consistency.Anomaly;
import dev.verdict.consistency.Answer;
import dev.verdict.consistency.HistoryException;
import dev.verdict.consistency.HistoryPicture;
import dev.verdict.consistency.WorkloadProof;
import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Event.OperationEnded;
import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.judge.ScenarioRecord;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Builds what the page shows of a workload: its operations over time, what they came to under the
/// model, and a picture of what cannot be.
final class WorkloadRows {
    private static final int MOST_POINTS = 200;
    private static final int MOST_ANOMALIES = 20;
    private static final int MOST_ANSWERS = 20;

    private final Attachments attachments;

    WorkloadRows(Attachments attachments) {
        this.attachments = attachments;
    }

    /// Returns a workload's part of the page; empty for a scenario of steps.
    Optional<Page.WorkloadPart> part(String scenario, Facts facts) {
        return facts.first(Event.WorkloadStarted.class).map(started -> part(scenario, facts, started));
    }

    /// Counts what a workload's clients did, for programs; empty for another scenario.
    static Optional<RunJson.Operations> numbers(String scenario, Facts facts) {
        return facts.first(Event.WorkloadStarted.class).map(started -> {
            List<OperationEnded> operations = facts.all(OperationEnded.class);
            return new RunJson.Operations(
                    started.model(),
                    answer(scenario, facts),
                    count(operations, OperationOutcome.OK),
                    count(operations, OperationOutcome.FAIL),
                    count(operations, OperationOutcome.UNKNOWN));
        });
    }

    private static String answer(String scenario, Facts facts) {
        try {
            return switch (WorkloadProof.of(new ScenarioRecord(scenario, Optional.empty(), "", facts.entries()))
                    .answer()) {
                case Answer.Valid _ -> "valid";
                case Answer.Invalid _ -> "invalid";
                case Answer.Unknown _ -> "unknown";
            };
        } catch (HistoryException e) {
            return "unknown";
        }
    }

    private Page.WorkloadPart part(String scenario, Facts facts, Event.WorkloadStarted started) {
        List<OperationEnded> operations = facts.all(OperationEnded.class);
        Page.WorkloadPart open = new Page.WorkloadPart(
                started.model(),
                started.clients(),
                "",
                List.of(),
                functions(operations),
                answers(operations),
                List.of(),
                Optional.empty());
        try {
            WorkloadProof proof = WorkloadProof.of(new ScenarioRecord(scenario, Optional.empty(), "", facts.entries()));
            return judged(open, scenario, proof);
        } catch (HistoryException e) {
            return open.answering(String.valueOf(e.getMessage()), List.of(), List.of(), Optional.empty());
        }
    }

    private Page.WorkloadPart judged(Page.WorkloadPart open, String scenario, WorkloadProof proof) {
        List<String> facts = proof.answer().facts().stream()
                .map(fact -> fact.name() + " " + fact.value())
                .toList();
        return switch (proof.answer()) {
            case Answer.Valid _ -> open.answering("valid", facts, List.of(), Optional.empty());
            case Answer.Unknown unknown ->
                open.answering("unknown: " + unknown.reason(), facts, List.of(), Optional.empty());
            case Answer.Invalid invalid -> {
                Anomaly first = invalid.anomalies().getFirst();
                yield open.answering(
                        "invalid",
                        facts,
                        invalid.anomalies().stream()
                                .limit(MOST_ANOMALIES)
                                .map(anomaly -> Shortened.to(1_000, anomaly.name() + ": " + anomaly.text()))
                                .toList(),
                        attachments.write(scenario, HistoryPicture.svg(proof.history(), first)));
            }
        };
    }

    private static List<Page.FunctionRow> functions(List<OperationEnded> operations) {
        Map<String, List<OperationEnded>> byFunction = operations.stream()
                .collect(Collectors.groupingBy(OperationEnded::function, TreeMap::new, Collectors.toList()));
        return byFunction.entrySet().stream()
                .map(entry -> function(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Page.FunctionRow function(String name, List<OperationEnded> operations) {
        long[] took = operations.stream()
                .filter(operation -> operation.outcome() == OperationOutcome.OK)
                .mapToLong(operation -> operation.took().toNanos())
                .sorted()
                .toArray();
        return new Page.FunctionRow(
                name,
                took.length,
                count(operations, OperationOutcome.FAIL),
                count(operations, OperationOutcome.UNKNOWN),
                rank(took, 0.5),
                rank(took, 0.99),
                rank(took, 1));
    }

    private static long count(List<OperationEnded> operations, OperationOutcome outcome) {
        return operations.stream()
                .filter(operation -> operation.outcome() == outcome)
                .count();
    }

    /// Returns a percentile by nearest rank, in milliseconds.
    private static Optional<Double> rank(long[] sorted, double share) {
        return sorted.length == 0
                ? Optional.empty()
                : Optional.of(Millis.of(sorted[(int) Math.ceil(share * sorted.length) - 1]));
    }

    /// Returns what came where an operation was not done, the most frequent first.
    private static List<Page.AnswerRow> answers(List<OperationEnded> operations) {
        Map<List<String>, Long> counts = operations.stream()
                .filter(operation -> operation.outcome() != OperationOutcome.OK)
                .collect(Collectors.groupingBy(
                        operation -> List.of(
                                operation.function(),
                                operation.answer(),
                                operation.outcome().name()),
                        Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> new Page.AnswerRow(
                        entry.getKey().get(0),
                        Shortened.to(100, entry.getKey().get(1)),
                        entry.getKey().get(2),
                        entry.getValue()))
                .sorted(Comparator.comparingLong(Page.AnswerRow::count).reversed())
                .limit(MOST_ANSWERS)
                .toList();
    }

    /// Returns how many operations ended over time: what was done, not done and unknown.
    static Optional<Page.ActivityRow> activity(String scenario, String name, Facts facts) {
        List<Entry> entries = facts.entriesOf(OperationEnded.class);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        double from = facts.when(Event.WorkloadStarted.class)
                .orElse(Millis.of(entries.getFirst().nanos()));
        double length = Math.max(1, Millis.of(entries.getLast().nanos()) - from + 1);
        int count = (int) Math.clamp(length / 100, 1, MOST_POINTS);
        long[][] points = new long[count][3];
        for (Entry entry : entries) {
            int point = (int) Math.clamp((Millis.of(entry.nanos()) - from) / length * count, 0, count - 1);
            OperationEnded operation = (OperationEnded) entry.event();
            points[point][
                    switch (operation.outcome()) {
                        case OK -> 0;
                        case FAIL -> 1;
                        case UNKNOWN -> 2;
                    }]++;
        }
        return Optional.of(new Page.ActivityRow(
                scenario, name, from, length / count, Arrays.stream(points).toList()));
    }
}
