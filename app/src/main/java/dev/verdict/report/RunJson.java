package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Finding;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Is the one object that `verdict run --json` prints; docs/run-json.md explains it.
///
/// @param format 1; grows only when a reader of the old form would be misled
/// @param seed a string, since it may be beyond what JSON readers keep exactly
/// @param took milliseconds
public record RunJson(
        int format,
        String run,
        String version,
        String plan,
        String planFile,
        String planDigest,
        String seed,
        String selection,
        String started,
        double took,
        boolean cutOff,
        Outcome outcome,
        int exitCode,
        List<String> reasons,
        Map<Outcome, Long> counts,
        List<Finding> findings,
        List<Scenario> scenarios,
        List<TargetResult> targets,
        List<Service> services,
        List<Fault> faults,
        Paths paths,
        String repeat) {

    /// States what a scenario came to; `took` in milliseconds.
    ///
    /// @param load what a load measured, absent for other scenarios
    /// @param operations what a workload's clients did, absent for other scenarios
    public record Scenario(
            String id,
            String phase,
            String suite,
            String feature,
            String name,
            String uri,
            int line,
            List<String> tags,
            Outcome outcome,
            String reason,
            double took,
            int observations,
            int checks,
            Optional<Load> load,
            Optional<Operations> operations) {}

    /// States what a load measured.
    ///
    /// @param errors by kind
    /// @param perSecond requests that ended
    /// @param milliseconds percentiles of the response, as `p99`, and `max`
    /// @param invalid why the numbers say nothing of the system
    public record Load(
            long requests,
            Map<String, Long> errors,
            double perSecond,
            Map<String, Double> milliseconds,
            List<String> invalid) {}

    /// Counts what a workload's clients did.
    ///
    /// @param answer what its model says of it
    public record Operations(String model, String answer, long ok, long fail, long unknown) {}

    /// States how a service came up.
    ///
    /// @param readyAfter milliseconds from the process's start to its first successful probe
    /// @param starts how often it was started
    /// @param failure why it did not come up
    /// @param exitCode of its last process, absent while that runs
    /// @param exitExpected whether Verdict had asked for that end
    public record Service(
            String name,
            Optional<Double> readyAfter,
            Optional<String> probe,
            int starts,
            Optional<String> failure,
            OptionalInt exitCode,
            Optional<Boolean> exitExpected) {}

    /// States a fault that acted; times in milliseconds since the run's start.
    ///
    /// @param by who asked: a scenario's id, `schedule/SUITE#n`, `hand`
    /// @param end absent if it did not end
    /// @param how it ended: `undone`, `over`, or what went wrong
    public record Fault(
            String id,
            String kind,
            String target,
            String by,
            double start,
            Optional<Double> end,
            Optional<String> how) {}

    /// Names the files of the run.
    public record Paths(String folder, String journal, String report, String junit, String logs) {}

    /// Returns the object's text, one line without an end.
    public static String of(Plan plan, List<Entry> entries, Verdict verdict, RunFolder folder) {
        return Json.COMPLETE.writeValueAsString(from(plan, entries, verdict, folder));
    }

    static RunJson from(Plan plan, List<Entry> entries, Verdict verdict, RunFolder folder) {
        Chronicle chronicle = Chronicle.of(entries);
        RunFacts facts = RunFacts.of(plan, chronicle, verdict, folder);
        return new RunJson(
                1,
                facts.run(),
                facts.version(),
                facts.plan(),
                facts.planFile(),
                facts.planDigest(),
                facts.seed(),
                facts.selection(),
                facts.started(),
                facts.took(),
                facts.cutOff(),
                facts.outcome(),
                facts.exitCode(),
                facts.reasons(),
                facts.counts(),
                verdict.findings(),
                verdict.scenarios().stream()
                        .map(result -> scenario(result, chronicle.scenario(result.id())))
                        .toList(),
                verdict.targets(),
                services(plan, chronicle),
                FaultRows.of(chronicle.run()).stream().map(RunJson::fault).toList(),
                paths(folder),
                facts.repeat());
    }

    private static Fault fault(Page.FaultRow row) {
        return new Fault(row.id(), row.kind(), row.target(), row.by(), row.start(), row.end(), row.how());
    }

    private static Scenario scenario(ScenarioResult result, Facts facts) {
        return new Scenario(
                result.id(),
                result.phase(),
                result.suite(),
                result.feature(),
                result.name(),
                result.uri(),
                result.line(),
                result.tags(),
                result.outcome(),
                result.reason(),
                Millis.of(result.took()),
                result.observations(),
                result.checks(),
                LoadRows.numbers(result.id(), facts),
                WorkloadRows.numbers(result.id(), facts));
    }

    private static List<Service> services(Plan plan, Chronicle chronicle) {
        Map<String, Facts> known = new LinkedHashMap<>();
        plan.services().keySet().forEach(name -> known.put(name, Facts.NONE));
        // Traffic names who sent it, which need not be a service.
        chronicle.services().forEach((name, facts) -> known.computeIfPresent(name, (_, _) -> facts));
        return known.entrySet().stream()
                .map(entry -> service(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Service service(String name, Facts facts) {
        List<Event.ServiceReady> ready = facts.all(Event.ServiceReady.class);
        List<Event.ServiceFailed> failed = facts.all(Event.ServiceFailed.class);
        int starts = facts.all(Event.ServiceStarting.class).size();
        List<Event.ServiceExited> exits = facts.all(Event.ServiceExited.class);
        Optional<Event.ServiceExited> end =
                exits.isEmpty() || exits.size() < starts ? Optional.empty() : Optional.of(exits.getLast());
        return new Service(
                name,
                ready.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Millis.of(ready.getFirst().took())),
                ready.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ready.getFirst().probe()),
                starts,
                failed.isEmpty()
                        ? Optional.empty()
                        : Optional.of(failed.getLast().reason()),
                end.isPresent() ? OptionalInt.of(end.get().exitCode()) : OptionalInt.empty(),
                end.map(Event.ServiceExited::expected));
    }

    private static Paths paths(RunFolder folder) {
        return new Paths(
                folder.root().toString(),
                folder.journal().toString(),
                folder.report().resolve("index.html").toString(),
                folder.report().resolve("junit.xml").toString(),
                folder.root().resolve("logs").toString());
    }
}
