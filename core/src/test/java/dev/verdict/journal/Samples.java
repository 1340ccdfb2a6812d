package dev.verdict.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Holds an event of every kind.
final class Samples {
    static final Event SAMPLED = new Event.ResourcesSampled("stock", Duration.ofMillis(3), 1L << 33, 1, 20, 30);

    static final List<Event> EVERY_KIND = List.of(
            new Event.RunStarted("r1", "0.1", "{\"plan\":\"shop\"}", "/w/verdict.yaml", "ab", Long.MIN_VALUE, ""),
            new Event.PhaseStarted("integration"),
            new Event.ServiceStarting("stock", List.of("java", "-jar"), Map.of("http", 8080)),
            new Event.ServiceStarted("stock", 42),
            new Event.ServiceReady("stock", "GET /health", Duration.ofNanos(1)),
            new Event.ServiceFailed("stock", "ended", "", OptionalInt.of(3), List.of("a", "b")),
            new Event.ServiceFailed("stock", "slow", "", OptionalInt.empty(), List.of()),
            SAMPLED,
            new Event.SuiteStarted("integration", "orders", 2),
            new Event.ScenarioFound("o/a:3", "orders", "f", "näme \"q\"\n", "a.feature", 3, List.of("@x")),
            new Event.ScenarioSkipped("o/a:9", "@skip"),
            new Event.ScenarioBlocked("o/a:12", "stock is not ready"),
            new Event.ScenarioStarted("o/a:3"),
            new Event.Observed("o/a:3", 0, "http", "stock.http", "GET /", "ff", 12),
            new Event.Checked("o/a:3", 0, "status", "200", "200", true, Optional.empty()),
            new Event.Checked("o/a:3", 1, "status", "200", "500", false, Optional.of("any")),
            new Event.Attached("o/a:3", 1, "body", "text/plain", "ff", 12),
            new Event.StepEnded(
                    "o/a:3",
                    0,
                    "x",
                    4,
                    Event.Keyword.GIVEN,
                    Event.StepStatus.PASSED,
                    Duration.ZERO,
                    "verdict",
                    Optional.empty()),
            new Event.StepEnded(
                    "o/a:3",
                    1,
                    "y",
                    5,
                    Event.Keyword.THEN,
                    Event.StepStatus.FAILED,
                    Duration.ofDays(2),
                    "a.B.c()",
                    Optional.of("no")),
            new Event.WorkloadStarted("o/workload", "register", 4),
            new Event.OperationEnded(
                    "o/workload",
                    7,
                    "write",
                    "0",
                    "17",
                    "",
                    Event.OperationOutcome.UNKNOWN,
                    "timed out",
                    Duration.ofMillis(12),
                    Duration.ofSeconds(5)),
            new Event.WorkloadEnded("o/workload", 1, Optional.of("read of key 3")),
            new Event.TrafficCounted("o/a:3", "stock.http", 1, 2, 3, 4),
            new Event.ScenarioEnded("o/a:3", Duration.ofSeconds(1)),
            new Event.SuiteEnded("integration", "orders"),
            new Event.PhaseEnded("integration"),
            new Event.HarnessFailed("gateway", "no"),
            new Event.EnvironmentFailed("port 8080 is in use"),
            new Event.RunInterrupted("ctrl-C"),
            new Event.ServiceStopping("stock", "teardown"),
            new Event.ImagePreparing("Step 2/3 : RUN make"),
            new Event.FaultPlanned(
                    "schedule/o#1",
                    "o",
                    "{\"pause\":\"stock\"}",
                    Duration.ofSeconds(1),
                    Optional.of(Duration.ofMillis(5))),
            new Event.FaultPlanned("schedule/o#2", "o", "{\"pause\":\"stock\"}", Duration.ZERO, Optional.empty()),
            new Event.FaultLeftOut("schedule/o#2", "the suite ended before"),
            new Event.FaultStarted("1", "pause", "stock", "is paused", "o/a:3"),
            new Event.ServicePaused("stock", "o/a:3"),
            new Event.ServiceResumed("stock", "o/a:3"),
            new Event.FaultEnded("1", "undone"),
            new Event.ServiceExited("stock", 42, 143, true, List.of()),
            new Event.ServiceExited("stock", 43, 137, false, List.of("oh"), Optional.of(Event.ExitCause.OUT_OF_MEMORY)),
            new Event.ResourcesSampled(
                    "stock",
                    Duration.ofMillis(3),
                    1L << 33,
                    1,
                    20,
                    30,
                    OptionalLong.of(1),
                    OptionalLong.of(2),
                    OptionalLong.of(3),
                    OptionalLong.of(4)),
            new Event.OrphanFound("process", "43", "sleep", "stock"),
            new Event.OrphanRemoved("process", "43", true, ""),
            new Event.OrphansAudited(1),
            new Event.UnknownEvent("LoadStarted", "{}"),
            new Event.TeardownEnded(Duration.ofSeconds(1)),
            new Event.VerdictReached("FAILED", 1, List.of("because")),
            new Event.RunEnded(Duration.ofSeconds(5)));

    private Samples() {}
}
