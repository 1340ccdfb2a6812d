package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Finding;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes `report/index.html`: one page that needs nothing but a browser, with its attachments
/// beside it.
///
/// The page holds the run as JSON; a script of its own builds what is looked at.
public final class HtmlReport {
    /// Bounds the scenarios' details in the page: 24 million characters.
    static final int MOST_DETAILS = 24_000_000;

    private static final int MOST_SCENARIOS = 20_000;
    /// These judges' findings are the scenarios and targets themselves, which the page lists
    /// anyway.
    private static final Set<String> LISTED = Set.of("scenarios", JUnitXml.TARGETS);

    private static final int MOST_FINDINGS = 2_000;
    private static final int EVIDENCE_OF_FINDING = 5;

    private final Plan plan;
    private final Chronicle chronicle;
    private final Verdict verdict;
    private final RunFolder folder;
    private final List<String> leftOut = new ArrayList<>();

    private HtmlReport(Plan plan, List<Entry> entries, Verdict verdict, RunFolder folder) {
        this.plan = plan;
        this.chronicle = Chronicle.of(entries);
        this.verdict = verdict;
        this.folder = folder;
    }

    /// Writes the page and returns its path; an older one is replaced at once, never half.
    public static Path write(Plan plan, List<Entry> entries, Verdict verdict, RunFolder folder) {
        return new HtmlReport(plan, entries, verdict, folder).write();
    }

    private Path write() {
        Path file = folder.report().resolve("index.html");
        try {
            Files.createDirectories(folder.report());
            Path draft = folder.report().resolve("index.html.part");
            Files.write(draft, html().getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    private String html() {
        List<ScenarioResult> results =
                bounded(ScenarioRows.worstFirst(verdict.scenarios()), MOST_SCENARIOS, "scenarios are not listed");
        ScenarioRows rows = new ScenarioRows(chronicle, new Attachments(folder, Attachments.MOST));
        String details = details(results, rows);
        List<Page.ScenarioRow> scenarios = results.stream().map(rows::row).toList();
        return PageTemplate.fill(page(scenarios), details);
    }

    private Page page(List<Page.ScenarioRow> scenarios) {
        List<Finding> findings = bounded(
                verdict.findings().stream()
                        .filter(finding -> !LISTED.contains(finding.judge()))
                        .sorted(Comparator.comparing(Finding::outcome).reversed())
                        .toList(),
                MOST_FINDINGS,
                "findings are not listed");
        return new Page(
                RunFacts.of(plan, chronicle, verdict, folder),
                findings.stream().map(HtmlReport::finding).toList(),
                verdict.targets(),
                evidence(findings),
                scenarios,
                new ServiceRows(plan, chronicle, folder, interesting(scenarios)).rows(),
                phases(),
                FaultRows.of(chronicle.run()),
                scenarios.stream().flatMap(row -> activity(row).stream()).toList(),
                List.copyOf(leftOut));
    }

    private Optional<Page.ActivityRow> activity(Page.ScenarioRow row) {
        Facts facts = chronicle.scenario(row.id());
        return WorkloadRows.activity(row.id(), row.name(), facts)
                .or(() -> LoadRows.activity(row.id(), row.name(), facts));
    }

    private <T> List<T> bounded(List<T> all, int most, String what) {
        if (all.size() <= most) {
            return all;
        }
        leftOut.add((all.size() - most) + " " + what + " here; the journal holds them.");
        return all.subList(0, most);
    }

    /// Returns a line of JSON for each scenario, worst first, until the page is large enough.
    private String details(List<ScenarioResult> results, ScenarioRows rows) {
        StringBuilder lines = new StringBuilder();
        int without = 0;
        for (ScenarioResult result : results) {
            String line = lines.length() < MOST_DETAILS ? Json.forHtml(rows.details(result)) : "{}";
            without += line.equals("{}") && lines.length() >= MOST_DETAILS ? 1 : 0;
            lines.append(line).append('\n');
        }
        if (without > 0) {
            leftOut.add("The steps of " + without + " scenarios are not in this page; the journal holds them.");
        }
        return lines.toString();
    }

    private static Page.FindingRow finding(Finding finding) {
        return new Page.FindingRow(
                finding.judge(),
                finding.outcome(),
                finding.subject(),
                Shortened.to(2_000, finding.message()),
                finding.evidence().stream().limit(EVIDENCE_OF_FINDING).toList());
    }

    private Map<Long, String> evidence(List<Finding> findings) {
        Set<Long> wanted = findings.stream()
                .flatMap(finding -> finding.evidence().stream().limit(EVIDENCE_OF_FINDING))
                .collect(Collectors.toSet());
        Map<Long, String> evidence = new TreeMap<>();
        chronicle.entries().stream()
                .filter(entry -> wanted.contains(entry.seq()))
                .forEach(entry -> evidence.put(
                        entry.seq(), Shortened.to(400, entry.event().toString())));
        return evidence;
    }

    private List<LogExcerpt.Interval> interesting(List<Page.ScenarioRow> scenarios) {
        return scenarios.stream()
                .filter(row -> row.outcome() == Outcome.FAILED || row.outcome() == Outcome.INCONCLUSIVE)
                .filter(row -> row.start().isPresent())
                .limit(100)
                .map(row -> new LogExcerpt.Interval(
                        row.start().orElseThrow(), row.start().orElseThrow() + row.took()))
                .toList();
    }

    private List<Page.Span> phases() {
        List<Page.Span> phases = new ArrayList<>();
        for (Entry entry : chronicle.run().entriesOf(Event.PhaseStarted.class)) {
            String name = ((Event.PhaseStarted) entry.event()).phase();
            Optional<Double> end = chronicle.run().entriesOf(Event.PhaseEnded.class).stream()
                    .filter(ended -> ((Event.PhaseEnded) ended.event()).phase().equals(name))
                    .findFirst()
                    .map(ended -> Millis.of(ended.nanos()));
            phases.add(new Page.Span(name, Millis.of(entry.nanos()), end));
        }
        return phases;
    }
}
