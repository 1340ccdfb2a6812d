package dev.verdict.report;

import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// States what identifies a run and what it came to: the part that every kind of report shows.
///
/// @param planFile relative to nothing: the file's name, since its folder differs between machines
/// @param seed as text, since it may be beyond what JSON readers keep exactly
/// @param started wall time in UTC, ISO 8601
/// @param took milliseconds
/// @param cutOff whether the journal stops before the run's teardown
/// @param repeat the command that runs the same again
record RunFacts(
        String run,
        String version,
        String plan,
        String planFile,
        String planDigest,
        String seed,
        String selection,
        String started,
        double took,
        Optional<String> interrupted,
        boolean cutOff,
        Outcome outcome,
        int exitCode,
        List<String> reasons,
        Map<Outcome, Long> counts,
        String repeat) {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    static RunFacts of(Plan plan, Chronicle chronicle, Verdict verdict, RunFolder folder) {
        Optional<Event.RunStarted> started = chronicle.started();
        String file =
                started.map(Event.RunStarted::planFile).map(RunFacts::fileName).orElse("verdict.yaml");
        String selection = started.map(Event.RunStarted::selection).orElse("");
        return new RunFacts(
                started.map(Event.RunStarted::run).orElse(folder.id()),
                started.map(Event.RunStarted::version).orElse(""),
                plan.name(),
                file,
                started.map(Event.RunStarted::planDigest).orElse(""),
                Long.toString(plan.seed()),
                selection,
                chronicle.startedAt().toString(),
                Millis.of(chronicle.took()),
                chronicle.run().first(Event.RunInterrupted.class).map(Event.RunInterrupted::reason),
                chronicle.cutOff(),
                verdict.outcome(),
                verdict.exitCode(),
                verdict.reasons(),
                counts(verdict),
                repeat(plan, file, selection));
    }

    /// Returns every outcome with its number of scenarios, the worst first.
    static Map<Outcome, Long> counts(Verdict verdict) {
        Map<Outcome, Long> counts = new LinkedHashMap<>();
        for (Outcome outcome : List.of(Outcome.values()).reversed()) {
            counts.put(outcome, verdict.count(outcome));
        }
        return counts;
    }

    /// Builds the command; it names every variable, since the journal does not tell which of them
    /// the plan would fill in by itself on another machine.
    private static String repeat(Plan plan, String file, String selection) {
        StringBuilder command = new StringBuilder("verdict run --file " + quoted(file) + " --seed " + plan.seed());
        plan.vars().forEach((name, value) -> command.append(" --var ").append(quoted(name + "=" + value)));
        return selection.isEmpty() ? command.toString() : command + " " + selection;
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
