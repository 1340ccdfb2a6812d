package dev.verdict.cli;

import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/// Prints a verdict with its reasons and counts.
final class Summary {
    private Summary() {}

    static void print(Terminal terminal, Plan plan, RunFolder folder, Verdict verdict) {
        if (!verdict.targets().isEmpty()) {
            terminal.out()
                    .println("targets: %d of %d met"
                            .formatted(met(verdict), verdict.targets().size()));
        }
        verdict.targets().forEach(target -> terminal.out().println(line(terminal, target)));
        terminal.out()
                .println("%s  %s  %s (exit %d)"
                        .formatted(paint(terminal, verdict), plan.name(), counts(verdict), verdict.exitCode()));
        verdict.reasons().forEach(reason -> terminal.out().println("  - " + reason));
        verdict.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.PASSED)
                .forEach(remark -> terminal.out().println(terminal.yellow("  note ") + remark.message()));
        terminal.out().println(terminal.dim("journal " + folder.journal() + "  seed " + plan.seed()));
    }

    private static long met(Verdict verdict) {
        return verdict.targets().stream()
                .filter(target -> target.state() == TargetResult.State.MET)
                .count();
    }

    private static String line(Terminal terminal, TargetResult target) {
        String state = target.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String padded = "%-10s".formatted(state);
        String painted = switch (target.state()) {
            case MET -> terminal.green(padded);
            case MISSED -> terminal.red(padded);
            case UNMEASURED, LEFT_OUT -> terminal.yellow(padded);
        };
        String interval = target.measured().map(TargetResult.Figure::interval).orElse("");
        return "  %s %s: %s%s, %s"
                .formatted(
                        painted,
                        target.name(),
                        target.measured().map(TargetResult.Figure::words).orElse("nothing"),
                        interval.isEmpty() ? "" : " (" + interval + ")",
                        target.bound());
    }

    private static String paint(Terminal terminal, Verdict verdict) {
        String word = "verdict: " + word(verdict.outcome());
        return terminal.bold(
                switch (verdict.outcome()) {
                    case PASSED, SKIPPED -> terminal.green(word);
                    case FAILED, BLOCKED -> terminal.red(word);
                    case INCONCLUSIVE -> terminal.yellow(word);
                });
    }

    private static String word(Outcome outcome) {
        return outcome == Outcome.PASSED ? "pass" : outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String counts(Verdict verdict) {
        String counts = Arrays.stream(Outcome.values())
                .sorted(Comparator.reverseOrder())
                .filter(outcome -> verdict.count(outcome) > 0)
                .map(outcome -> verdict.count(outcome) + " " + outcome.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "no scenario" : counts;
    }
}
