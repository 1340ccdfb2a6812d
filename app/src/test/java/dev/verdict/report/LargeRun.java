package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.Finding;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a run of many scenarios, of which every hundredth failed.
record LargeRun(List<Entry> entries, Verdict verdict) {
    static LargeRun of(int scenarios, int steps) {
        List<Event> events = new ArrayList<>();
        List<ScenarioResult> results = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < scenarios; i++) {
            String id = "orders/features/orders-" + i / 40 + ".feature:" + (i % 40 * 15 + 4);
            boolean failed = i % 100 == 99;
            events.add(new Event.ScenarioStarted(id));
            for (int step = 0; step < steps; step++) {
                tellStep(events, id, step, failed && step == steps - 1);
            }
            events.add(new Event.ScenarioEnded(id, Duration.ofMillis(20)));
            results.add(new ScenarioResult(
                    id,
                    "integration",
                    "orders",
                    "Orders " + i / 40,
                    "customer " + i + " orders three articles and sees them in the list",
                    "features/orders-" + i / 40 + ".feature",
                    i % 40 * 15 + 4,
                    List.of("@orders", "@part-" + i % 7),
                    failed ? Outcome.FAILED : Outcome.PASSED,
                    failed ? "status of GET /orders/" + i + ": expected 200, observed 404" : "",
                    Duration.ofMillis(20),
                    steps,
                    steps));
        }
        return new LargeRun(
                HtmlReportTest.entries(events.toArray(Event[]::new)),
                new Verdict(Outcome.FAILED, 1, List.of(scenarios / 100 + " scenarios failed"), findings, results));
    }

    private static void tellStep(List<Event> events, String id, int step, boolean failed) {
        String request = "GET /orders/" + (id.hashCode() & 0xffff);
        events.add(new Event.Observed(
                id,
                step,
                "http",
                "orders.http",
                request + " → 200",
                "%064x".formatted(step * 31L + id.hashCode()),
                412));
        events.add(new Event.Checked(
                id, step, "status of " + request, "200", failed ? "404" : "200", !failed, Optional.empty()));
        events.add(new Event.StepEnded(
                id,
                step,
                "I send " + request + " and the answer's status is 200",
                step + 5,
                Event.Keyword.WHEN,
                failed ? Event.StepStatus.FAILED : Event.StepStatus.PASSED,
                Duration.ofMillis(2),
                "verdict",
                failed ? Optional.of("expected 200 but it was 404") : Optional.empty()));
    }
}
