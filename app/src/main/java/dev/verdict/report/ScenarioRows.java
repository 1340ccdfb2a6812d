package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Builds the page's scenarios: a line and the details of each.
final class ScenarioRows {
    private static final int MOST_STEPS = 500;
    private static final int MOST_EVIDENCE = 300;
    private static final int LONGEST = 4_000;

    private final Chronicle chronicle;
    private final Attachments attachments;
    private final WorkloadRows workloads;

    ScenarioRows(Chronicle chronicle, Attachments attachments) {
        this.workloads = new WorkloadRows(attachments);
        this.chronicle = chronicle;
        this.attachments = attachments;
    }

    /// Returns the results, the worst first and otherwise in their order.
    static List<ScenarioResult> worstFirst(List<ScenarioResult> results) {
        return results.stream()
                .sorted(Comparator.comparing(ScenarioResult::outcome).reversed())
                .toList();
    }

    Page.ScenarioRow row(ScenarioResult result) {
        return new Page.ScenarioRow(
                result.id(),
                Shortened.to(500, result.name()),
                Shortened.to(500, result.feature()),
                result.suite(),
                result.phase(),
                result.uri(),
                result.line(),
                result.tags(),
                result.outcome(),
                Shortened.to(1_000, result.reason()),
                chronicle.scenario(result.id()).when(Event.ScenarioStarted.class),
                Millis.of(result.took()),
                result.observations(),
                result.checks());
    }

    Page.Details details(ScenarioResult result) {
        Facts facts = chronicle.scenario(result.id());
        // Only what did not pass is looked into closely enough to be worth the page's size.
        boolean previews = result.outcome() != Outcome.PASSED;
        Map<Integer, Evidence> evidence = evidence(facts, previews);
        List<Page.StepRow> steps = new ArrayList<>();
        for (Event.StepEnded step : facts.all(Event.StepEnded.class)) {
            steps.add(step(
                    step, Optional.ofNullable(evidence.remove(step.index())).orElseGet(Evidence::new)));
        }
        // A step that never ended has evidence all the same.
        evidence.values().forEach(left -> steps.add(unended(left)));
        Optional<Page.WorkloadPart> workload = workloads.part(result.id(), facts);
        boolean much = steps.size() > MOST_STEPS || facts.entries().size() > MOST_STEPS + MOST_EVIDENCE;
        Optional<Page.LoadPart> load = LoadRows.part(result.id(), facts);
        boolean cut = workload.isEmpty() && load.isEmpty() && much;
        return new Page.Details(
                steps.size() > MOST_STEPS ? steps.subList(0, MOST_STEPS) : steps,
                facts.all(Event.TrafficCounted.class).stream()
                        .map(ScenarioRows::traffic)
                        .limit(MOST_EVIDENCE)
                        .toList(),
                workload,
                load,
                cut ? Optional.of("Much happened here: what is missing stands in the journal.") : Optional.empty());
    }

    /// Collects what was told during one step.
    private static final class Evidence {
        final List<Page.ObservedRow> observed = new ArrayList<>();
        final List<Page.CheckedRow> checked = new ArrayList<>();
        final List<Page.AttachedRow> attached = new ArrayList<>();
    }

    private Map<Integer, Evidence> evidence(Facts facts, boolean previews) {
        Map<Integer, Evidence> byStep = new TreeMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        int limit = MOST_EVIDENCE / Math.max(1, facts.all(Event.StepEnded.class).size()) + 20;
        for (Entry entry : facts.entries()) {
            switch (entry.event()) {
                case Event.Observed observed
                when counts.merge(observed.step(), 1, Integer::sum) <= limit ->
                    at(byStep, observed.step()).observed.add(observed(entry, observed, previews));
                case Event.Checked checked
                when !checked.passed() || counts.merge(checked.step(), 1, Integer::sum) <= limit ->
                    at(byStep, checked.step()).checked.add(checked(checked));
                case Event.Attached attached
                when counts.merge(attached.step(), 1, Integer::sum) <= limit ->
                    at(byStep, attached.step()).attached.add(attached(attached));
                default -> {
                    // The others are no evidence of a step.
                }
            }
        }
        return byStep;
    }

    private static Evidence at(Map<Integer, Evidence> byStep, int step) {
        return byStep.computeIfAbsent(step, _ -> new Evidence());
    }

    private static Page.StepRow step(Event.StepEnded step, Evidence evidence) {
        return new Page.StepRow(
                Shortened.to(LONGEST, step.text()),
                step.line(),
                step.keyword(),
                step.status(),
                Millis.of(step.took()),
                step.definition(),
                step.error().map(error -> Shortened.to(8_000, error)),
                evidence.observed,
                evidence.checked,
                evidence.attached);
    }

    private static Page.StepRow unended(Evidence evidence) {
        return new Page.StepRow(
                "(a step that did not end)",
                0,
                Event.Keyword.NONE,
                Event.StepStatus.SKIPPED,
                0,
                "",
                Optional.empty(),
                evidence.observed,
                evidence.checked,
                evidence.attached);
    }

    private Page.ObservedRow observed(Entry entry, Event.Observed observed, boolean previews) {
        return new Page.ObservedRow(
                Millis.of(entry.nanos()),
                observed.kind(),
                Shortened.to(500, observed.source()),
                Shortened.to(1_000, observed.summary()),
                observed.digest(),
                observed.size(),
                previews ? attachments.copy(observed.digest(), observed.kind(), "text/plain") : Optional.empty(),
                previews ? attachments.preview(observed.digest()) : Optional.empty());
    }

    private static Page.CheckedRow checked(Event.Checked checked) {
        return new Page.CheckedRow(
                Shortened.to(500, checked.subject()),
                Shortened.to(LONGEST, checked.expected()),
                Shortened.to(LONGEST, checked.actual()),
                checked.passed(),
                checked.weakness());
    }

    private Page.AttachedRow attached(Event.Attached attached) {
        boolean image = Attachments.isImage(attached.mediaType());
        return new Page.AttachedRow(
                Shortened.to(200, attached.name()),
                attached.mediaType(),
                attached.size(),
                image,
                attachments.copy(attached.digest(), attached.name(), attached.mediaType()),
                image ? Optional.empty() : attachments.preview(attached.digest()));
    }

    static Page.TrafficRow traffic(Event.TrafficCounted counted) {
        return new Page.TrafficRow(
                counted.to(), counted.connections(), counted.sent(), counted.received(), counted.requests());
    }
}
