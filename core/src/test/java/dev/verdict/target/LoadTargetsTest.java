package dev.verdict.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.HistogramText;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.TargetResult.State;
import dev.verdict.plan.Plan;
import dev.verdict.plan.PlanReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LoadTargetsTest {
    private static final String ID = "s/load people";
    private final List<Entry> entries = new ArrayList<>();
    private int intervals;

    private void at(double seconds, Event event) {
        entries.add(new Entry(entries.size() + 1L, Instant.EPOCH, (long) (seconds * 1e9), event));
    }

    private static String histogram(double fromMillis, double toMillis, long count) {
        Histogram histogram = new Histogram(3);
        for (long index = 0; index < count; index++) {
            histogram.recordValue((long) (1e6 * (fromMillis + (toMillis - fromMillis) * index / count)));
        }
        return HistogramText.of(histogram);
    }

    private void start() {
        at(10, new Event.LoadStarted(ID, "100/s for 5s", Duration.ofSeconds(5), 0.5));
    }

    /// Tells a second of 100 requests, answered within 1 to 101 ms.
    private void second(int second, String request, long errors, double lateMillis) {
        intervals++;
        at(
                11 + second,
                new Event.LoadInterval(
                        ID,
                        request,
                        Duration.ofSeconds(second),
                        Duration.ofSeconds(1),
                        100 - errors,
                        100,
                        1,
                        1_000_000,
                        500_000,
                        0,
                        errors == 0 ? Map.of() : Map.of("status", errors),
                        histogram(1, 101, 100),
                        histogram(1, 51, 100),
                        "",
                        histogram(lateMillis, lateMillis + 0.001, 100),
                        "",
                        "",
                        ""));
    }

    private void end() {
        at(
                16,
                new Event.LoadEnded(
                        ID,
                        intervals,
                        intervals * 100L,
                        Duration.ofSeconds(5),
                        0.1,
                        0,
                        Optional.empty(),
                        Map.of(),
                        Map.of()));
    }

    private void whole(double lateMillis) {
        start();
        for (int second = 0; second < 5; second++) {
            second(second, second == 4 ? "other" : "get", second == 1 ? 10 : 0, lateMillis);
        }
        end();
    }

    private TargetResult result(String target) {
        Plan plan = PlanReader.fromCanonical("""
                {"plan": "p", "seed": 1, "phases": [{"name": "one", "suites": [{"name": "s", "load": [{"name": "people",
                  "request": [{"name": "get", "get": "http://a/"}, {"name": "other", "get": "http://a/b.c"}],
                  "rate": "100/s", "for": "5s"}]}]}],
                 "targets": [%s]}""".formatted(target), Path.of("verdict.yaml"));
        return new TargetAssessor()
                .assess(RunRecord.of(plan, entries), List.of())
                .getFirst();
    }

    private void assertThatIt(String target, State state, String measured, String reason) {
        TargetResult result = result(target);
        assertThat(result.state()).as(result.toString()).isEqualTo(state);
        assertThat(result.measured().map(TargetResult.Figure::words).orElse("nothing"))
                .isEqualTo(measured);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void latencies_are_merged_from_histograms_of_a_suite_a_load_or_a_request() {
        whole(0);
        assertThatIt("{of: s.latency, p99: 110ms}", State.MET, "99.02 ms", "");
        assertThatIt("{of: s/people.latency, p99: 90ms}", State.MISSED, "99.02 ms", "p99 is 99.02 ms, at most 90ms");
        assertThatIt("{of: s/people/other.latency, p99: 110ms}", State.MET, "99.02 ms", "");
        assertThat(result("{of: s.latency, p99: 110ms}").sample()).isEqualTo(500);
        assertThat(result("{of: s/people/other.latency, p99: 110ms}").sample()).isEqualTo(100);
        assertThatIt("{of: s.service, max: 60ms}", State.MET, "50.53 ms", "");
        assertThatIt("{of: s.connect, max: 60ms}", State.UNMEASURED, "nothing", "no request was answered");
    }

    @Test
    void errors_and_throughput_are_of_the_whole_load() {
        whole(0);
        assertThatIt("{of: s.errors, atMost: 1%}", State.MISSED, "2 %", "2 % (10 of 500), at most 1%");
        assertThatIt("{of: s.errors, atMost: 2%}", State.MET, "2 %", "");
        assertThatIt("{of: s.errors, atMost: 2.2%, confidence: 95%}", State.UNMEASURED, "2 %", "10 of 500 do not tell");
        assertThatIt("{of: s.errors, atMost: 4%, confidence: 95%}", State.MET, "2 %", "");
        assertThatIt("{of: s.throughput, min: 99/s}", State.MISSED, "98/s", "at least 99/s");
        assertThatIt("{of: s.bandwidth, min: 1MB/s}", State.MET, "1.5 MB/s", "");
        assertThatIt("{of: s.requests, min: 500}", State.MET, "500", "");
    }

    @Test
    void a_load_that_is_not_whole_or_was_invalid_measures_nothing() {
        assertThatIt("{of: s.latency, p99: 1s}", State.UNMEASURED, "nothing", "did not run to its end");
        start();
        second(0, "get", 0, 0);
        intervals++;
        end();
        assertThatIt("{of: s.latency, p99: 1s}", State.UNMEASURED, "nothing", "did not run to its end");
        entries.clear();
        intervals = 0;
        whole(30);
        assertThatIt(
                "{of: s.latency, p99: 1s}",
                State.UNMEASURED,
                "nothing",
                "the load was invalid: the generator sent late");
    }

    @Test
    void what_may_be_the_generators_own_lateness_is_not_missed() {
        whole(9);
        assertThatIt(
                "{of: s.latency, p99: 95ms}",
                State.UNMEASURED,
                "99.02 ms",
                "p99 is 99.02 ms, at most 95ms; but the generator itself was late by up to 9");
        assertThatIt("{of: s.latency, p99: 80ms}", State.MISSED, "99.02 ms", "at most 80ms");
        assertThatIt("{of: s.latency, max: 95ms}", State.UNMEASURED, "100 ms", "was late by up to 9");
        assertThatIt("{of: s.latency, p99: 110ms}", State.MET, "99.02 ms", "");
    }

    @Test
    void recovery_is_from_the_end_of_a_fault_to_the_last_error() {
        start();
        at(10.5, new Event.FaultStarted("1", "kill", "a", "x", "schedule"));
        second(0, "get", 0, 0);
        at(11.5, new Event.FaultEnded("1", "undone"));
        second(1, "get", 5, 0);
        second(2, "get", 5, 0);
        second(3, "get", 0, 0);
        second(4, "get", 0, 0);
        end();
        assertThatIt("{of: s.recovery, max: 2s}", State.MET, "1.5 s", "");
        assertThatIt("{of: s.recovery, max: 1s}", State.MISSED, "1.5 s", "at most 1s");
        entries.clear();
        intervals = 0;
        start();
        second(0, "get", 0, 0);
        at(11.5, new Event.FaultEnded("1", "undone"));
        second(1, "get", 5, 0);
        end();
        assertThatIt("{of: s.recovery, max: 2s}", State.UNMEASURED, "nothing", "errors until the load ended");
        entries.clear();
        intervals = 0;
        whole(0);
        assertThatIt("{of: s.recovery, max: 2s}", State.UNMEASURED, "nothing", "no fault ended");
    }
}
