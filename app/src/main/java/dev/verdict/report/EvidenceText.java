package dev.verdict.report;

import dev.verdict.journal.Event;
import dev.verdict.judge.ScenarioResult;
import java.util.Locale;

/// Tells in plain text what a scenario did, for reports that have no better place for it.
final class EvidenceText {
    private static final int LONGEST = 2_000;
    private static final int MOST = 64_000;

    private EvidenceText() {}

    static String of(ScenarioResult result, Facts facts) {
        StringBuilder text = new StringBuilder();
        for (Event.StepEnded step : facts.all(Event.StepEnded.class)) {
            if (text.length() > MOST) {
                return text.append("… shortened: the journal has the rest\n").toString();
            }
            step(text, result, step);
            evidence(text, step.index(), facts);
        }
        return text.toString();
    }

    private static void step(StringBuilder text, ScenarioResult result, Event.StepEnded step) {
        text.append("%-9s %s".formatted(step.status().name().toLowerCase(Locale.ROOT), step.text()));
        if (step.line() > 0) {
            text.append("  # ").append(result.uri()).append(':').append(step.line());
        }
        text.append('\n');
        step.error().ifPresent(error -> text.append(indented(error)));
    }

    private static void evidence(StringBuilder text, int step, Facts facts) {
        for (Event.Observed observed : facts.all(Event.Observed.class)) {
            if (observed.step() == step) {
                text.append(indented("observed " + observed.summary() + " from " + observed.source()));
            }
        }
        for (Event.Checked checked : facts.all(Event.Checked.class)) {
            if (checked.step() == step) {
                text.append(indented((checked.passed() ? "checked " : "check failed: ") + checked.subject()
                        + ": expected " + checked.expected() + ", observed " + checked.actual()));
            }
        }
    }

    private static String indented(String text) {
        return Shortened.to(LONGEST, text).indent(4);
    }
}
