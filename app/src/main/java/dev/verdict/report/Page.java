package dev.verdict.report;

import dev.verdict.journal.Event;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.TargetResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Holds what the page's script shows. Times are milliseconds since the journal's start; what is
/// empty is left out of the JSON.
///
/// @param evidence the journal's entries that findings point to, by sequence number
/// @param leftOut what the page does not hold since it would be too large, one sentence each
record Page(
        RunFacts run,
        List<FindingRow> findings,
        List<TargetResult> targets,
        Map<Long, String> evidence,
        List<ScenarioRow> scenarios,
        List<ServiceRow> services,
        List<Span> phases,
        List<FaultRow> faults,
        List<ActivityRow> activities,
        List<String> leftOut) {

    /// Is a finding; `evidence` are sequence numbers.
    record FindingRow(String judge, Outcome outcome, String subject, String message, List<Long> evidence) {}

    /// Is a bar of the timeline.
    record Span(String name, double start, Optional<Double> end) {}

    /// Is a fault: a band of the timeline.
    ///
    /// @param end absent if it did not end
    record FaultRow(
            String id,
            String kind,
            String target,
            String summary,
            String by,
            double start,
            Optional<Double> end,
            Optional<String> how) {}

    /// Is a scenario's line in the list; its details stand apart, in the same order.
    ///
    /// @param start absent if it never started
    record ScenarioRow(
            String id,
            String name,
            String feature,
            String suite,
            String phase,
            String uri,
            int line,
            List<String> tags,
            Outcome outcome,
            String reason,
            Optional<Double> start,
            double took,
            int observations,
            int checks) {}

    /// Holds what is shown when a scenario is opened.
    ///
    /// @param leftOut why something is missing
    record Details(
            List<StepRow> steps,
            List<TrafficRow> traffic,
            Optional<WorkloadPart> workload,
            Optional<LoadPart> load,
            Optional<String> leftOut) {}

    /// Is what a scenario's operations come to over time: a strip of the timeline.
    ///
    /// @param from the first point's start
    /// @param step the time from one point to the next
    /// @param points for each how many operations were done, not done, and unknown; for a load
    ///     requests a second: answered, none, and errors
    record ActivityRow(String scenario, String name, double from, double step, List<long[]> points) {}

    /// Is what is shown of a workload.
    ///
    /// @param answer what its model says of it: `valid`, `invalid`, or why that is unknown
    /// @param facts what was counted on the way, as `reads 12`
    /// @param picture of the first anomaly, relative to the page
    record WorkloadPart(
            String model,
            int clients,
            String answer,
            List<String> facts,
            List<FunctionRow> functions,
            List<AnswerRow> answers,
            List<String> anomalies,
            Optional<String> picture) {
        WorkloadPart answering(String given, List<String> counted, List<String> found, Optional<String> drawn) {
            return new WorkloadPart(model, clients, given, counted, functions, answers, found, drawn);
        }
    }

    /// Counts the operations of one function; latencies are those of what was done.
    record FunctionRow(
            String function,
            long ok,
            long fail,
            long unknown,
            Optional<Double> p50,
            Optional<Double> p99,
            Optional<Double> max) {}

    /// Is what is shown of a load.
    ///
    /// @param what in a few words
    /// @param due how many requests the rate asked for; 0 for users
    /// @param busy the share of the time in which the generator worked
    /// @param invalid why its numbers say nothing of the system
    /// @param seconds for each: its start, length, requests and errors a second, p50, p99 and the
    ///     longest response; times in milliseconds
    record LoadPart(
            String what,
            long due,
            double busy,
            List<LoadRow> requests,
            List<StreamRow> streams,
            List<KindRow> errors,
            List<KindRow> differences,
            List<String> invalid,
            Optional<String> stopped,
            List<double[]> seconds) {}

    /// States what one kind of request came to; percentiles of the response, but for `service99`.
    record LoadRow(
            String request,
            long total,
            long errors,
            double rate,
            Optional<Double> p50,
            Optional<Double> p90,
            Optional<Double> p99,
            Optional<Double> p999,
            Optional<Double> max,
            Optional<Double> service99) {}

    /// States what came of one kind of request that is answered by streams of events; times in
    /// milliseconds.
    ///
    /// @param first50 the time to the first event
    /// @param gap50 the time between two events
    record StreamRow(
            String request,
            long events,
            double rate,
            Optional<Double> first50,
            Optional<Double> first99,
            Optional<Double> gap50,
            Optional<Double> gap99,
            Optional<Double> gapMax) {}

    /// Counts the errors of one kind.
    record KindRow(String kind, long count, String example) {}

    /// Counts what came where an operation was not done.
    record AnswerRow(String function, String answer, String outcome, long count) {}

    /// Is a step, with the evidence that was told during it.
    record StepRow(
            String text,
            int line,
            Event.Keyword keyword,
            Event.StepStatus status,
            double took,
            String definition,
            Optional<String> error,
            List<ObservedRow> observed,
            List<CheckedRow> checked,
            List<AttachedRow> attached) {}

    /// Is an observation.
    record ObservedRow(
            double at,
            String kind,
            String source,
            String summary,
            String digest,
            long size,
            Optional<String> file,
            Optional<String> preview) {}

    /// Is a check.
    record CheckedRow(String subject, String expected, String actual, boolean passed, Optional<String> weakness) {}

    /// Is an attachment; `file` is relative to the page.
    record AttachedRow(
            String name, String mediaType, long size, boolean image, Optional<String> file, Optional<String> preview) {}

    /// Is the traffic of one link of the gateway.
    record TrafficRow(String to, long connections, long sent, long received, long requests) {}

    /// Is a service of the plan.
    record ServiceRow(
            String name,
            List<String> needs,
            List<Life> lives,
            List<double[]> samples,
            List<TrafficRow> traffic,
            Optional<Log> log) {}

    /// Is one life of a service, from its start to its end.
    ///
    /// @param probe the successful one, or the last one
    record Life(
            List<String> command,
            Map<String, Integer> ports,
            Optional<Double> starting,
            Optional<Long> pid,
            Optional<Double> ready,
            Optional<Double> readyAfter,
            Optional<String> probe,
            Optional<Double> failed,
            Optional<String> failure,
            Optional<Double> stopping,
            Optional<String> stopReason,
            Optional<Double> exited,
            OptionalInt exitCode,
            Optional<Boolean> expected,
            List<String> lastLines) {}

    /// Is what the page holds of a log.
    ///
    /// @param file the whole log, relative to the page
    /// @param size of the whole log in bytes
    record Log(String file, long size, List<LogLine> lines) {}

    /// Is a line of a log, or a gap of lines that are left out.
    ///
    /// @param at absent if the line has no readable time
    /// @param error whether it came from the standard error stream
    /// @param level `error`, `warning` or empty
    /// @param gap how many lines are left out here; -1 for an unknown number before the excerpt
    record LogLine(Optional<Double> at, boolean error, String level, String text, int gap) {}
}
