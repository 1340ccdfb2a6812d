package dev.verdict.judge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns findings into the sentences under a verdict: the most severe first, scenarios together,
/// of which the first speaks for all.
final class Reasons {
    private static final int MAX_REASONS = 20;

    private Reasons() {}

    static List<String> of(List<Finding> findings) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.BLOCKED, Outcome.INCONCLUSIVE)) {
            Map<String, List<Finding>> byJudge = findings.stream()
                    .filter(finding -> finding.outcome() == outcome)
                    .collect(Collectors.groupingBy(Finding::judge, LinkedHashMap::new, Collectors.toList()));
            byJudge.forEach((judge, found) -> reasons.addAll(sentences(judge, outcome, found)));
        }
        return shorten(new ArrayList<>(reasons));
    }

    private static Collection<String> sentences(String judge, Outcome outcome, List<Finding> findings) {
        return switch (judge) {
            case "scenarios" -> List.of(together(findings, word(outcome)));
            case "hollow" -> List.of(together(findings, findings.size() == 1 ? "is hollow" : "are hollow"));
            case "targets" -> outcome == Outcome.FAILED || findings.size() == 1 ? all(findings) : firstTarget(findings);
            default -> all(findings);
        };
    }

    private static List<String> all(List<Finding> findings) {
        return findings.stream().map(Finding::message).toList();
    }

    /// Says it once where many have one cause, as a system that did not come up.
    private static List<String> firstTarget(List<Finding> findings) {
        return List.of("%d targets are unmeasured, the first: %s"
                .formatted(findings.size(), findings.getFirst().message()));
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> "failed";
            case BLOCKED -> "blocked";
            case INCONCLUSIVE -> "inconclusive";
            case PASSED -> "passed";
            case SKIPPED -> "skipped";
        };
    }

    private static String together(List<Finding> findings, String what) {
        String first = findings.getFirst().message();
        return findings.size() == 1
                ? "1 scenario %s: %s".formatted(what, first)
                : "%d scenarios %s, the first: %s".formatted(findings.size(), what, first);
    }

    private static List<String> shorten(List<String> reasons) {
        if (reasons.size() <= MAX_REASONS) {
            return reasons;
        }
        List<String> first = new ArrayList<>(reasons.subList(0, MAX_REASONS));
        first.add("and %d more findings".formatted(reasons.size() - MAX_REASONS));
        return first;
    }
}
