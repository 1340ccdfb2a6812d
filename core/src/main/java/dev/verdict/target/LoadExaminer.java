package dev.verdict.target;

import dev.verdict.journal.Event;
import dev.verdict.judge.Examiner;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.Ruling;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.ScenarioRecord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rules on loads: too many errors have failed; a load that was not the one that was asked for, or
/// that nobody answered, proves nothing.
public final class LoadExaminer implements Examiner {
    @Override
    public String name() {
        return "load";
    }

    @Override
    public boolean examines(ScenarioRecord scenario) {
        return scenario.has(Event.LoadStarted.class);
    }

    @Override
    public Ruling examine(ScenarioRecord scenario, RunRecord run) {
        Optional<LoadMeasured> found = LoadMeasured.of(scenario);
        if (found.isEmpty()) {
            return inconclusive("the load did not end, or the journal has lost a part of what it measured");
        }
        LoadMeasured load = found.get();
        long total = load.total();
        if (total == 0) {
            return inconclusive(load.ended().stopped().map(why -> why + "; ").orElse("") + "no request was sent");
        }
        long failed = total - load.answered();
        double allowed = load.started().allowed();
        if (failed > allowed * total) {
            return new Ruling(name(), Outcome.FAILED, tooMany(load, failed, total), List.of());
        }
        List<String> invalid = load.invalid();
        if (!invalid.isEmpty()) {
            return inconclusive("invalid: " + String.join("; ", invalid));
        }
        return load.answered() == 0
                ? inconclusive("no request was answered as expected")
                : load.ended()
                        .stopped()
                        .map(why -> inconclusive("ended early: " + why))
                        .orElseGet(() -> Ruling.passed(name()));
    }

    private static String tooMany(LoadMeasured load, long failed, long total) {
        String kinds = load.errors().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(error -> error.getValue() + " " + error.getKey() + example(load, error.getKey()))
                .collect(Collectors.joining(", "));
        return "%d of %d requests were errors, %s %% where %s %% are allowed: %s"
                .formatted(
                        failed,
                        total,
                        percent((double) failed / total),
                        percent(load.started().allowed()),
                        kinds);
    }

    private static String example(LoadMeasured load, String kind) {
        if (kind.equals("differs") && !load.ended().differences().isEmpty()) {
            return ": "
                    + load.differences().stream()
                            .limit(3)
                            .map(place -> "%d at %s (%s)"
                                    .formatted(
                                            place.getValue().count(),
                                            place.getKey(),
                                            place.getValue().example()))
                            .collect(Collectors.joining(", "));
        }
        String said = load.ended().examples().getOrDefault(kind, "");
        return said.isEmpty() ? "" : " (" + said + ")";
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.3f", 100 * share);
        return text.replaceFirst("\\.?0+$", "");
    }

    private Ruling inconclusive(String reason) {
        return new Ruling(name(), Outcome.INCONCLUSIVE, reason, List.of());
    }
}
