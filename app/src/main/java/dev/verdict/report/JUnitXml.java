package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Finding;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;

/// Writes `report/junit.xml` in the dialect of Surefire 3, for CI systems that read JUnit results.
///
/// A suite of the plan is a `testsuite`, a scenario a `testcase`. Blocked and inconclusive
/// scenarios are errors, and what the judges found beyond scenarios fails in a suite named
/// `verdict`, so that nothing is green here when the verdict is not.
public final class JUnitXml {
    /// Is the name of the suite that holds what concerns the whole run.
    static final String RUN_SUITE = "verdict";

    /// Is the name of the suite that holds the plan's targets, and of the judge of these.
    static final String TARGETS = "targets";

    private JUnitXml() {}

    /// Writes the file and returns its path.
    public static Path write(Plan plan, List<Entry> entries, Verdict verdict, RunFolder folder) {
        Path file = folder.report().resolve("junit.xml");
        try {
            Files.createDirectories(folder.report());
            Files.write(file, text(plan, entries, verdict).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return file;
    }

    static String text(Plan plan, List<Entry> entries, Verdict verdict) {
        Chronicle chronicle = Chronicle.of(entries);
        StringWriter text = new StringWriter();
        try {
            JUnitWriter writer =
                    new JUnitWriter(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text));
            writer.write(plan.name(), Millis.of(chronicle.took()), suites(chronicle, verdict));
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot build JUnit XML", e);
        }
        return text.toString();
    }

    private static List<JUnitWriter.Suite> suites(Chronicle chronicle, Verdict verdict) {
        Map<String, List<JUnitWriter.Case>> bySuite = new LinkedHashMap<>();
        for (ScenarioResult result : verdict.scenarios()) {
            bySuite.computeIfAbsent(result.suite(), _ -> new ArrayList<>()).add(scenario(chronicle, verdict, result));
        }
        List<JUnitWriter.Suite> suites = new ArrayList<>();
        bySuite.forEach((name, cases) -> suites.add(new JUnitWriter.Suite(name, cases)));
        if (!verdict.targets().isEmpty()) {
            suites.add(new JUnitWriter.Suite(
                    TARGETS, verdict.targets().stream().map(JUnitXml::target).toList()));
        }
        List<JUnitWriter.Case> ofRun = ofRun(verdict);
        if (!ofRun.isEmpty()) {
            suites.addFirst(new JUnitWriter.Suite(RUN_SUITE, ofRun));
        }
        return suites;
    }

    private static JUnitWriter.Case scenario(Chronicle chronicle, Verdict verdict, ScenarioResult result) {
        String trace = EvidenceText.of(result, chronicle.scenario(result.id()));
        StringBuilder out = new StringBuilder(trace);
        verdict.findings().stream()
                .filter(finding -> finding.subject().equals(result.id()))
                .forEach(finding -> out.append(finding.judge())
                        .append(": ")
                        .append(finding.message())
                        .append('\n'));
        return new JUnitWriter.Case(
                result.name() + "  (" + result.place() + ")",
                result.feature(),
                Millis.of(result.took()),
                result.outcome(),
                message(result.outcome(), result.reason()),
                out.toString());
    }

    /// Returns a failing test case for each finding that no scenario's test case shows as bad, and
    /// one for the verdict itself if nothing else here would be red.
    private static List<JUnitWriter.Case> ofRun(Verdict verdict) {
        Set<String> bad = new LinkedHashSet<>();
        verdict.scenarios().stream().filter(result -> isBad(result.outcome())).forEach(result -> bad.add(result.id()));
        List<JUnitWriter.Case> cases = new ArrayList<>();
        verdict.findings().stream()
                .filter(finding -> isBad(finding.outcome()) && !bad.contains(finding.subject()))
                .filter(finding -> !finding.judge().equals(TARGETS))
                .forEach(finding -> cases.add(finding(finding)));
        boolean shown = verdict.targets().stream().anyMatch(target -> isBad(outcome(target)));
        if (isBad(verdict.outcome()) && bad.isEmpty() && cases.isEmpty() && !shown) {
            String why = String.join("\n", verdict.reasons());
            cases.add(new JUnitWriter.Case(
                    "the run as a whole",
                    RUN_SUITE,
                    0,
                    verdict.outcome(),
                    message(verdict.outcome(), why.isEmpty() ? "exit code " + verdict.exitCode() : why),
                    why));
        }
        return cases;
    }

    private static JUnitWriter.Case target(TargetResult target) {
        String measured =
                target.measured().map(TargetResult.Figure::words).orElse("nothing") + " was measured of " + target.of();
        return new JUnitWriter.Case(
                target.name(),
                TARGETS,
                0,
                outcome(target),
                message(outcome(target), target.reason()),
                measured + "; " + target.bound());
    }

    private static Outcome outcome(TargetResult target) {
        return switch (target.state()) {
            case MET -> Outcome.PASSED;
            case MISSED -> Outcome.FAILED;
            case UNMEASURED -> Outcome.INCONCLUSIVE;
            case LEFT_OUT -> Outcome.SKIPPED;
        };
    }

    private static JUnitWriter.Case finding(Finding finding) {
        return new JUnitWriter.Case(
                finding.judge() + ": " + finding.subject(),
                RUN_SUITE,
                0,
                finding.outcome(),
                message(finding.outcome(), finding.message()),
                "journal entries: " + finding.evidence());
    }

    /// Tells whether a consumer must not show this as green; a skipped verdict does not exist, and
    /// if it did it would prove nothing.
    private static boolean isBad(Outcome outcome) {
        return switch (outcome) {
            case SKIPPED, PASSED -> false;
            case INCONCLUSIVE, BLOCKED, FAILED -> true;
        };
    }

    private static String message(Outcome outcome, String reason) {
        return switch (outcome) {
            case FAILED, SKIPPED, PASSED -> reason;
            case BLOCKED -> "blocked: " + reason;
            case INCONCLUSIVE -> "inconclusive: " + reason;
        };
    }
}
