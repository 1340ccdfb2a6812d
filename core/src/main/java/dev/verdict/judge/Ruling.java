package dev.verdict.judge;

import java.util.Arrays;
import java.util.List;

/// Says what became of a scenario, and why.
///
/// @param judge who says so: scenarios of one judge and outcome share a reason in the verdict
/// @param reason one sentence; empty for passed
/// @param evidence sequence numbers of the journal's entries that show it
public record Ruling(String judge, Outcome outcome, String reason, List<Long> evidence) {
    public Ruling {
        evidence = List.copyOf(evidence);
    }

    /// Rules that nothing speaks against a scenario, and that it proves something.
    public static Ruling passed(String judge) {
        return new Ruling(judge, Outcome.PASSED, "", List.of());
    }

    /// Rules as the scenarios' own judge.
    static Ruling of(Outcome outcome, String reason, long... evidence) {
        return new Ruling(
                "scenarios", outcome, reason, Arrays.stream(evidence).boxed().toList());
    }

    static Ruling inconclusive(String reason, long... evidence) {
        return of(Outcome.INCONCLUSIVE, reason, evidence);
    }
}
