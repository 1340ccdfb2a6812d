package dev.verdict.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// States one fact of a run. In a journal an event is a JSON object whose `type` is the record's
/// name; a `Duration` is a count of nanoseconds.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
public sealed interface Event {

    // The run

    /// Opens every journal.
    ///
    /// @param run the run's id
    /// @param version of Verdict
    /// @param plan the resolved plan's canonical text
    /// @param planFile absolute
    /// @param planDigest SHA-256 of `plan`
    /// @param selection what was asked for beyond the plan, as `--tags @smoke`; empty for all
    record RunStarted(
            String run, String version, String plan, String planFile, String planDigest, long seed, String selection)
            implements Event {}

    /// Records that somebody asked the run to stop; teardown follows.
    record RunInterrupted(String reason) implements Event {}

    /// Records what the judges found: the last event but [RunEnded].
    record VerdictReached(String outcome, int exitCode, List<String> reasons) implements Event {
        public VerdictReached {
            reasons = List.copyOf(reasons);
        }
    }

    /// Records that everything was taken down and every fact is told: what follows is judgement. A
    /// journal without it was cut off.
    record TeardownEnded(Duration took) implements Event {}

    /// Closes a journal; one without it was cut off.
    record RunEnded(Duration took) implements Event {}

    // The environment

    record ServiceStarting(String service, List<String> command, Map<String, Integer> ports) implements Event {
        public ServiceStarting {
            command = List.copyOf(command);
            ports = Map.copyOf(ports);
        }
    }

    /// Records that its process runs.
    ///
    /// @param ports the numbers on this machine that were not known before: the container engine's
    ///     choice
    record ServiceStarted(String service, long pid, Map<String, Integer> ports) implements Event {
        public ServiceStarted {
            ports = Map.copyOf(ports);
        }

        /// Records one whose ports were known before.
        public ServiceStarted(String service, long pid) {
            this(service, pid, Map.of());
        }
    }

    /// Records the first successful probe.
    ///
    /// @param probe what was asked, as `GET http://127.0.0.1:8080/health`
    /// @param took from the start of the process
    record ServiceReady(String service, String probe, Duration took) implements Event {}

    /// Records that a service did not come up.
    ///
    /// @param reason one sentence for the user
    /// @param probe the last probe and its answer; empty if none was made
    /// @param lastLines of its log, oldest first
    record ServiceFailed(String service, String reason, String probe, OptionalInt exitCode, List<String> lastLines)
            implements Event {
        public ServiceFailed {
            lastLines = List.copyOf(lastLines);
        }
    }

    /// Records a step of something that takes long before services can start: an image that is
    /// pulled or built.
    ///
    /// @param step as whoever does it says it, as `Step 2/3 : RUN make`
    record ImagePreparing(String step) implements Event {}

    /// Records that an artifact lies there, whole.
    ///
    /// @param name as in the plan
    /// @param path absolute
    /// @param reused whether it lay there already, and every byte of it was compared
    record ArtifactReady(String name, String path, long size, String sha256, boolean reused) implements Event {}

    /// Records that the environment cannot be had at all, or broke as a whole, as when its
    /// container engine ends.
    ///
    /// @param reason one sentence for the user
    record EnvironmentFailed(String reason) implements Event {}

    /// Records that Verdict is about to end a service, and on whose behalf.
    ///
    /// @param reason `teardown`, or the scenario or fault that asked
    record ServiceStopping(String service, String reason) implements Event {}

    /// Records that Verdict holds all of a service's processes, and on whose behalf: until the next
    /// [ServiceResumed] its silence is not its own.
    record ServicePaused(String service, String reason) implements Event {}

    /// Records that Verdict lets a paused service go on.
    record ServiceResumed(String service, String reason) implements Event {}

    /// Records the end of a service's process.
    ///
    /// @param exitCode 128 + n for signal n
    /// @param expected whether Verdict had asked for it; otherwise it is the system's own doing
    /// @param lastLines of its log when it was not expected
    /// @param cause what is known beyond the exit code
    record ServiceExited(
            String service, long pid, int exitCode, boolean expected, List<String> lastLines, Optional<ExitCause> cause)
            implements Event {
        public ServiceExited {
            lastLines = List.copyOf(lastLines);
        }

        /// Records an end of which nothing more is known.
        public ServiceExited(String service, long pid, int exitCode, boolean expected, List<String> lastLines) {
            this(service, pid, exitCode, expected, lastLines, Optional.empty());
        }
    }

    /// Says what ended a process, where its exit code alone does not.
    enum ExitCause {
        /// The kernel killed it, or one of its children, because its memory was used up.
        OUT_OF_MEMORY,
        /// The container engine ended, and with it the container.
        ENGINE_ENDED
    }

    /// Records the resources of a service: its whole process tree, or its container.
    ///
    /// @param cpu processor time since its start
    /// @param rss resident bytes; in a container what counts against its limit, without what the
    ///     kernel could drop at once
    /// @param networkReceived bytes since its start; empty where it is not counted, as for a
    ///     process, which shares its machine's network
    /// @param blockRead bytes since its start, from block devices
    record ResourcesSampled(
            String service,
            Duration cpu,
            long rss,
            int processes,
            int threads,
            int openFiles,
            OptionalLong networkReceived,
            OptionalLong networkSent,
            OptionalLong blockRead,
            OptionalLong blockWritten)
            implements Event {
        /// Records a process tree.
        public ResourcesSampled(String service, Duration cpu, long rss, int processes, int threads, int openFiles) {
            this(
                    service,
                    cpu,
                    rss,
                    processes,
                    threads,
                    openFiles,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty());
        }
    }

    /// Records something that the run created and did not take away by itself.
    ///
    /// @param kind `process`, `port`, `file`, `container`, `network`, `volume` or `image`
    /// @param what the process id, port number, path or name
    /// @param detail the command line, owner or size
    /// @param service whose it is; empty if unknown
    record OrphanFound(String kind, String what, String detail, String service) implements Event {}

    /// Records that the orphan was removed, after it was reported.
    record OrphanRemoved(String kind, String what, boolean removed, String detail) implements Event {}

    /// Records that the audit ended: without it, nothing is known about orphans.
    record OrphansAudited(int found) implements Event {}

    // Faults

    /// Records, when a suite starts, a fault that its schedule holds: also one that the seed drew.
    ///
    /// @param by names it: what [FaultStarted] says when it acts, as `schedule/SUITE#1`
    /// @param fault as a plan has it, JSON on one line
    /// @param at from the suite's start
    /// @param lasting how long it is to act; empty until the suite ends
    record FaultPlanned(String by, String suite, String fault, Duration at, Optional<Duration> lasting)
            implements Event {}

    /// Records that a planned fault did not act.
    ///
    /// @param by as in [FaultPlanned]
    record FaultLeftOut(String by, String reason) implements Event {}

    /// Records that a fault is about to act; whatever it does is undone later.
    ///
    /// @param id unique in the run
    /// @param kind as in a plan: `kill`, `delay`
    /// @param target a service or a link, as `orders→stock`
    /// @param summary what is done to it, for people: `is paused`
    /// @param by who asked: a scenario's id, `schedule`, `hand`
    record FaultStarted(String id, String kind, String target, String summary, String by) implements Event {}

    /// Records that a fault no longer acts.
    ///
    /// @param how `undone`; `over` for one that ends by itself, as a restart; otherwise what went
    ///     wrong
    record FaultEnded(String id, String how) implements Event {}

    // Phases, suites, scenarios

    record PhaseStarted(String phase) implements Event {}

    record PhaseEnded(String phase) implements Event {}

    /// Opens a suite.
    ///
    /// @param selected how many of its scenarios will be started, blocked or, from now on, skipped;
    ///     those that the selection leaves out are skipped before
    record SuiteStarted(String phase, String suite, int selected) implements Event {}

    record SuiteEnded(String phase, String suite) implements Event {}

    /// Records a scenario that was found, whether or not it will run.
    ///
    /// @param id unique in the run, stable between runs: `SUITE/FILE:LINE`, `#n` for a repetition
    /// @param feature the feature's name
    /// @param uri relative to the plan's folder
    record ScenarioFound(String id, String suite, String feature, String name, String uri, int line, List<String> tags)
            implements Event {
        public ScenarioFound {
            tags = List.copyOf(tags);
        }
    }

    record ScenarioStarted(String id) implements Event {}

    /// Records that a scenario cannot run because what it needs is not there.
    ///
    /// @param reason which service, which probe
    record ScenarioBlocked(String id, String reason) implements Event {}

    /// Records that a scenario was left out, and on whose word.
    record ScenarioSkipped(String id, String by) implements Event {}

    /// Records the end of a scenario's steps; what follows from them is the judge's to say.
    record ScenarioEnded(String id, Duration took) implements Event {}

    /// Records the end of a step or hook.
    ///
    /// @param index from 0, counting hooks too
    /// @param text as in the feature file; for a hook where it is defined
    /// @param line in the feature file; 0 for a hook
    /// @param keyword what the step is for
    /// @param definition where the step is defined; `verdict` for a built-in one, empty if
    ///     undefined
    /// @param error message and the user's part of the stack trace; the snippet and nearest known
    ///     step for an undefined one
    record StepEnded(
            String scenario,
            int index,
            String text,
            int line,
            Keyword keyword,
            StepStatus status,
            Duration took,
            String definition,
            Optional<String> error)
            implements Event {}

    /// Says what a step is for; `And`, `But` and `*` count as the keyword before them.
    enum Keyword {
        GIVEN,
        WHEN,
        THEN,
        /// Is a hook, or a step before any of the others.
        NONE
    }

    /// Says how a step ended, in Cucumber's words.
    enum StepStatus {
        PASSED,
        FAILED,
        SKIPPED,
        PENDING,
        UNDEFINED,
        AMBIGUOUS
    }

    /// Records something read from the system under test.
    ///
    /// @param step the step's index
    /// @param kind `http`, `websocket`, `sse`, `command`, `file`, `log`, `service`, `metrics`,
    ///     `sql`, `redis`, or the user's own word
    /// @param source where from: an endpoint, a path, a command, a service
    /// @param summary one line for people, as `GET /orders/1 → 200`
    /// @param digest SHA-256 of the content, 64 hexadecimal digits; empty if there is none
    /// @param size of the content in bytes
    record Observed(String scenario, int step, String kind, String source, String summary, String digest, long size)
            implements Event {}

    /// Records a comparison of an observation with an expectation.
    ///
    /// @param subject what was compared, as `status of GET /orders/1`
    /// @param expected what would pass
    /// @param actual what was there, shortened to 2,000 characters
    /// @param weakness why the check would accept nearly anything
    record Checked(
            String scenario,
            int step,
            String subject,
            String expected,
            String actual,
            boolean passed,
            Optional<String> weakness)
            implements Event {}

    /// Records a blob that belongs to a scenario's evidence.
    ///
    /// @param digest names the file in the run's `blobs` folder
    record Attached(String scenario, int step, String name, String mediaType, String digest, long size)
            implements Event {}

    // Loads

    /// Opens a load, which is a scenario. The generator warms up first; no interval speaks of that.
    ///
    /// @param what in a few words, as `500/s for 60 s`
    /// @param lasting how long requests are to be sent
    /// @param allowed the share of errors that is allowed, 0 to 1
    record LoadStarted(String scenario, String what, Duration lasting, double allowed) implements Event {}

    /// Records what was measured of one kind of request in about a second. Histograms are of
    /// nanoseconds, in the compressed form of HdrHistogram in Base64.
    ///
    /// @param request its name
    /// @param start since the load's start
    /// @param answered requests with an answer as expected
    /// @param sent those, and the errors that were sent
    /// @param active how many users or connections are waiting now, of all requests
    /// @param errors by kind
    /// @param response from when a request was due until its answer was complete
    /// @param service from when it was sent until then
    /// @param lag from when it was due until it was sent
    /// @param late the generator's own part of the lag
    /// @param firstByte from when it was sent until the answer began
    /// @param gap between two events of a stream
    /// @param connect how long connections took to be made
    record LoadInterval(
            String scenario,
            String request,
            Duration start,
            Duration length,
            long answered,
            long sent,
            int active,
            long bytesIn,
            long bytesOut,
            long connects,
            Map<String, Long> errors,
            String response,
            String service,
            String lag,
            String late,
            String firstByte,
            String gap,
            String connect)
            implements Event {
        public LoadInterval {
            errors = Map.copyOf(errors);
        }

        /// Returns how many requests came to an end.
        public long total() {
            return answered
                    + errors.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// Closes a load.
    ///
    /// @param intervals how many were recorded
    /// @param due how many requests the rate asked for; 0 for users
    /// @param busy the share of the time in which the generator worked, 0 to 1
    /// @param lost the share of the users' time in which the generator was late; 0 for a rate
    /// @param stopped why it ended early, if it did
    /// @param examples what the first error of each kind said
    /// @param differences answers that were not as when nobody else asks, by the place in them that
    ///     differed first
    record LoadEnded(
            String scenario,
            long intervals,
            long due,
            Duration lasted,
            double busy,
            double lost,
            Optional<String> stopped,
            Map<String, String> examples,
            Map<String, LoadDifference> differences)
            implements Event {
        public LoadEnded {
            examples = Map.copyOf(examples);
            differences = Map.copyOf(differences);
        }
    }

    /// Counts answers that differed first at one place.
    ///
    /// @param example what stood there, and what did alone
    record LoadDifference(long count, String example) {}

    // Workloads

    /// Opens a workload, which is a scenario.
    ///
    /// @param model what the system should be, as in a plan
    /// @param clients how many act at the same time
    record WorkloadStarted(String scenario, String model, int clients) implements Event {}

    /// Records one operation of a client, when it has ended.
    ///
    /// A value is JSON; empty stands for nil. A run of whole numbers inside a list may stand as a
    /// pair of its first and last one.
    ///
    /// @param process who asked; one operation at a time, and none after an unknown one
    /// @param function as `write`
    /// @param key what it was done to; empty where there is only one thing
    /// @param argument the value that it was asked with
    /// @param result the value that was answered
    /// @param answer the code of the answer, as `201`, or what came in its place, as `timed out`
    /// @param called when it was asked, from the workload's start
    /// @param took from there to the answer, or until it was given up
    record OperationEnded(
            String scenario,
            long process,
            String function,
            String key,
            String argument,
            String result,
            OperationOutcome outcome,
            String answer,
            Duration called,
            Duration took)
            implements Event {}

    /// Says what is known of an operation.
    enum OperationOutcome {
        /// It was done.
        OK,
        /// It was not done, and will not be.
        FAIL,
        /// It may have been done, or be done later.
        UNKNOWN
    }

    /// Closes a workload.
    ///
    /// @param operations how many were recorded
    /// @param unsettled what was still not answered when no fault acted any more and the system had
    ///     had its time, as `read of key 3 at http://…`
    record WorkloadEnded(String scenario, long operations, Optional<String> unsettled) implements Event {}

    // Targets

    /// Records a value that a scenario reports under a name.
    ///
    /// @param value in the unit's own size: nanoseconds, bytes, a second, a share as 0 to 1
    /// @param unit `TIME`, `BYTES`, `RATE`, `BYTE_RATE`, `SHARE`, `COUNT` or `MONEY`
    record ValueReported(String scenario, int step, String name, double value, String unit) implements Event {}

    /// Records what a metric was, or what a query answered.
    ///
    /// @param from as the plan writes it
    /// @param metric as the plan writes it; the sum where several samples have the labels
    /// @param counter whether it only grows, but starts again with its service
    record MetricSampled(String from, String metric, double value, boolean counter) implements Event {}

    /// Records that a metric or query has no value, the first time and whenever the reason changes.
    record MetricMissing(String from, String metric, String reason) implements Event {}

    /// Records what went over one link of the gateway, when the link closes.
    ///
    /// @param from a scenario's id or a service
    /// @param to `SERVICE.PORT`
    /// @param sent bytes from `from` to `to`
    /// @param received bytes back
    /// @param requests HTTP requests seen; 0 where the traffic is not HTTP
    record TrafficCounted(String from, String to, long connections, long sent, long received, long requests)
            implements Event {}

    /// Records a failure of Verdict's own, or of its surroundings, that makes the run worth less.
    ///
    /// @param room where it happened
    record HarnessFailed(String room, String message) implements Event {}

    /// Stands for an event that a newer Verdict wrote and this one does not know.
    ///
    /// @param name its `type`
    /// @param json the whole line
    record UnknownEvent(String name, String json) implements Event {}
}
