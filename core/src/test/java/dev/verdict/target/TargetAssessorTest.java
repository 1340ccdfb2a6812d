package dev.verdict.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.Judges;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.TargetResult.State;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import dev.verdict.plan.PlanReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetAssessorTest {
    private static final long SECOND = 1_000_000_000L;

    private final List<Entry> entries = new ArrayList<>();

    /// Reads a plan with one service and one target.
    private static Plan plan(String target) {
        return PlanReader.fromCanonical("""
                {"plan": "p", "seed": 1,
                 "system": {"services": {"stock": {"command": ["x"]}, "other": {"command": ["x"]}}},
                 "phases": [{"name": "one", "suites": [{"name": "s", "features": ["f"]}]}],
                 "targets": [%s]}""".formatted(target), Path.of("verdict.yaml"));
    }

    private TargetAssessorTest at(double seconds, Event event) {
        entries.add(new Entry(entries.size() + 1L, Instant.EPOCH, (long) (seconds * SECOND), event));
        return this;
    }

    private TargetResult result(String target) {
        Plan plan = plan(target);
        List<TargetResult> all = new TargetAssessor()
                .assess(RunRecord.of(plan, entries), verdict(plan).scenarios());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private Verdict verdict(Plan plan) {
        return Judges.with(List.of(), new TargetAssessor()).judge(plan, entries);
    }

    private void assertThatIt(String target, State state, String measured, String reason) {
        TargetResult result = result(target);
        assertThat(result.state()).as(result.toString()).isEqualTo(state);
        assertThat(result.measured().map(TargetResult.Figure::words).orElse("nothing"))
                .isEqualTo(measured);
        assertThat(result.reason()).contains(reason);
    }

    private static Event ready(String service, long millis) {
        return new Event.ServiceReady(service, "GET /", Duration.ofMillis(millis));
    }

    private static Event starting(String service) {
        return new Event.ServiceStarting(service, List.of("x"), java.util.Map.of());
    }

    private static Event exited(String service) {
        return new Event.ServiceExited(service, 42, 0, true, List.of());
    }

    private static Event sample(String service, Duration cpu, long rss) {
        return new Event.ResourcesSampled(service, cpu, rss, 1, 2, 3);
    }

    @Test
    void a_system_is_ready_when_its_last_service_is() {
        at(1, starting("stock")).at(1.2, starting("other")).at(2, ready("other", 800));
        assertThatIt("{of: system.ready, max: 3s}", State.UNMEASURED, "nothing", "stock was never ready");
        at(3.5, ready("stock", 2500)).at(9, ready("stock", 100));
        assertThatIt("{of: system.ready, max: 3s}", State.MET, "2.5 s", "");
        assertThatIt("{of: system.ready, max: 2s}", State.MISSED, "2.5 s", "2.5 s, at most 2s");
        assertThatIt("{of: stock.ready, max: 2s}", State.MISSED, "2.5 s", "2.5 s, at most 2s");
    }

    @Test
    void recovery_is_from_each_end_until_it_is_ready_again() {
        at(0, starting("stock")).at(1, ready("stock", 1000));
        assertThatIt("{of: stock.recovery, max: 5s}", State.UNMEASURED, "nothing", "never ended before teardown");
        at(10, new Event.ServiceStopping("stock", "fault 1")).at(10.5, exited("stock"));
        assertThatIt("{of: stock.recovery, max: 5s}", State.UNMEASURED, "nothing", "was not ready again");
        at(11, starting("stock")).at(13, ready("stock", 2000)).at(14, exited("other"));
        at(20, exited("stock")).at(20, starting("stock")).at(21, ready("stock", 1000));
        at(30, new Event.ServiceStopping("stock", "teardown")).at(31, exited("stock"));
        assertThatIt("{of: stock.recovery, max: 5s}", State.MET, "2.5 s", "");
        assertThatIt("{of: stock.recovery, max: 2s}", State.MISSED, "2.5 s", "at most 2s");
        assertThatIt("{of: stock.shutdown, max: 800ms}", State.MISSED, "1 s", "at most 800ms");
    }

    @Test
    void orphans_are_counted_by_the_audit_alone() {
        assertThatIt("{of: orphans.count, max: 0}", State.UNMEASURED, "nothing", "no audit");
        at(1, new Event.OrphansAudited(0));
        assertThatIt("{of: orphans.count, max: 0}", State.MET, "0", "");
        at(2, new Event.OrphansAudited(2));
        assertThatIt("{of: orphans.count, max: 0}", State.MISSED, "2", "at most 0");
    }

    private void scenarios(int passed, int failed) {
        at(0, new Event.SuiteStarted("one", "s", passed + failed));
        for (int index = 0; index < passed + failed; index++) {
            String id = "s/f:" + index;
            boolean holds = index < passed;
            var status = holds ? Event.StepStatus.PASSED : Event.StepStatus.FAILED;
            at(1, new Event.ScenarioFound(id, "s", "f", id, "f.feature", index, List.of()));
            at(1, new Event.ScenarioStarted(id));
            at(1, new Event.Observed(id, 0, "http", "stock", "GET / → 200", "", 1));
            at(1, new Event.Checked(id, 0, "status", "200", "200", holds, java.util.Optional.empty()));
            at(
                    1,
                    new Event.StepEnded(
                            id,
                            0,
                            "x",
                            1,
                            Event.Keyword.THEN,
                            status,
                            Duration.ZERO,
                            "verdict",
                            holds ? java.util.Optional.empty() : java.util.Optional.of("no")));
            at(1, new Event.ScenarioEnded(id, Duration.ZERO));
        }
    }

    @Test
    void ten_of_ten_do_not_show_95_percent_with_confidence() {
        assertThatIt("{of: scenarios.passed, atLeast: 95%}", State.UNMEASURED, "nothing", "no scenario ran");
        scenarios(10, 0);
        assertThatIt("{of: scenarios.passed, atLeast: 95%}", State.MET, "100 %", "");
        assertThatIt(
                "{of: scenarios.passed, atLeast: 95%, confidence: 95%}",
                State.UNMEASURED,
                "100 %",
                "10 of 10 do not tell with 95 % confidence; it takes 59, if all others are good");
        assertThat(result("{of: s.passed, atLeast: 95%}")
                        .measured()
                        .orElseThrow()
                        .interval())
                .isEqualTo("95 % 72.25 % to 100 %");
    }

    @Test
    void fifty_nine_of_fifty_nine_show_it() {
        scenarios(59, 0);
        assertThatIt("{of: s.passed, atLeast: 95%, confidence: 95%}", State.MET, "100 %", "");
    }

    @Test
    void many_failures_refute_it_and_some_need_more_trials() {
        scenarios(50, 9);
        assertThatIt("{of: s.passed, atLeast: 95%, confidence: 95%}", State.MISSED, "84.75 %", "50 of 59");
        entries.clear();
        scenarios(58, 1);
        assertThatIt("{of: s.passed, atLeast: 95%, confidence: 95%}", State.UNMEASURED, "98.31 %", "it takes 93");
        assertThatIt("{of: s.passed, atLeast: 99%}", State.MISSED, "98.31 %", "98.31 % (58 of 59), at least 99%");
    }

    @Test
    void a_missed_target_fails_a_run_and_an_unmeasured_one_leaves_it_open() {
        scenarios(3, 0);
        at(5, new Event.OrphansAudited(0));
        at(6, new Event.TeardownEnded(Duration.ofSeconds(1)));
        Verdict missed = verdict(plan("{name: quick, of: system.shutdown, max: 1ms}"));
        assertThat(missed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(missed.exitCode()).isEqualTo(1);
        assertThat(missed.reasons()).contains("target \"quick\" missed: 1 s, at most 1ms");
        Verdict open = verdict(plan("{name: rare, of: reported.rare, max: 1}"));
        assertThat(open.findings())
                .anyMatch(finding -> finding.judge().equals("targets")
                        && finding.outcome() == Outcome.INCONCLUSIVE
                        && finding.message().equals("target \"rare\" unmeasured: no scenario reported \"rare\""));
        assertThat(open.targets()).hasSize(1);
    }

    @Test
    void what_the_selection_left_out_is_no_finding() {
        at(0, new Event.RunStarted("r", "1", "{}", "/v", "", 1, "--tags @x"));
        at(1, new Event.ScenarioFound("s/f:1", "s", "f", "n", "f.feature", 1, List.of()));
        at(1, new Event.ScenarioSkipped("s/f:1", "--tags @x"));
        assertThatIt("{of: s.duration, max: 1s}", State.LEFT_OUT, "nothing", "selection");
        assertThat(verdict(plan("{of: s.duration, max: 1s}")).findings())
                .noneMatch(finding -> finding.judge().equals("targets"));
    }

    @Test
    void a_percentile_rests_on_enough_values() {
        for (int index = 1; index <= 99; index++) {
            at(index, new Event.ValueReported("s/f:1", 0, "wait", index * 1e6, "TIME"));
        }
        assertThatIt(
                "{of: reported.wait, p99: 200ms}",
                State.UNMEASURED,
                "99 ms",
                "p99 of 99 values is no more than their greatest; it takes 100");
        assertThatIt("{of: reported.wait, p99: 20ms}", State.MISSED, "99 ms", "p99 is 99 ms, at most 20ms");
        assertThatIt("{of: reported.wait, p90: 95ms}", State.MET, "90 ms", "");
        assertThatIt("{of: reported.wait, p90: 97ms, confidence: 95%}", State.MET, "90 ms", "");
        assertThatIt("{of: reported.wait, p90: 91ms, confidence: 95%}", State.UNMEASURED, "90 ms", "too near");
        assertThatIt("{of: reported.wait, p90: 60ms, confidence: 95%}", State.MISSED, "90 ms", "p90 is 90 ms");
        assertThatIt("{of: reported.wait, p99: 1s, confidence: 95%}", State.UNMEASURED, "99 ms", "it takes 299");
        assertThatIt("{of: reported.wait, max: 98ms}", State.MISSED, "99 ms", "at most 98ms");
        assertThatIt("{of: reported.wait, max: 5MB}", State.UNMEASURED, "99 ms", "another unit");
        assertThatIt("{of: reported.weight, max: 5MB}", State.UNMEASURED, "nothing", "reported were wait");
    }

    @Test
    void a_counter_goes_on_over_a_restart() {
        String target = "{metric: retries_total, outOf: sent_total, from: 'http://x/metrics', atMost: 2%}";
        assertThatIt(target, State.UNMEASURED, "nothing", "nothing read retries_total");
        at(1, new Event.MetricMissing("http://x/metrics", "retries_total", "connection refused"));
        assertThatIt(target, State.UNMEASURED, "nothing", "connection refused");
        double[][] readings = {{5, 100}, {6, 300}, {1, 50}, {2, 150}};
        for (double[] reading : readings) {
            at(2, new Event.MetricSampled("http://x/metrics", "retries_total", reading[0], true));
            at(2, new Event.MetricSampled("http://x/metrics", "sent_total", reading[1], true));
        }
        // 1 + 1 + 1 of 200 + 50 + 100
        assertThatIt(target, State.MET, "0.8571 %", "");
        assertThatIt(target.replace("2%", "0.5%"), State.MISSED, "0.8571 %", "(3 of 350)");
    }

    @Test
    void a_gauge_has_its_own_unit_and_its_last_value_counts() {
        at(1, new Event.MetricSampled("http://x/metrics", "agents", 3, false));
        at(2, new Event.MetricSampled("http://x/metrics", "agents", 11, false));
        at(3, new Event.MetricSampled("http://x/metrics", "agents", 9, false));
        String target = "{metric: agents, from: 'http://x/metrics', ";
        assertThatIt(target + "max: 10}", State.MISSED, "11", "at most 10");
        assertThatIt(target + "within: 15%, estimate: 10}", State.MET, "9", "");
        assertThatIt(target + "within: 5%, estimate: 10}", State.MISSED, "9", "10 % off");
        assertThatIt(target + "overshoot: 5%, goal: 10}", State.MISSED, "10 %", "at most 5%");
        assertThatIt(target + "undershoot: 15%, goal: 10}", State.MET, "10 %", "");
        assertThatIt(target + "overshoot: 5%, goal: 20}", State.UNMEASURED, "9", "never reached");
        assertThatIt(target + "max: 2s}", State.MISSED, "11 s", "at most 2s");
    }

    @Test
    void the_processor_is_counted_between_samples_and_cost_adds_up() {
        at(0, sample("stock", Duration.ZERO, 1L << 30)).at(0, sample("other", Duration.ZERO, 0));
        at(1800, sample("stock", Duration.ofMinutes(15), 1L << 30));
        at(3600, sample("stock", Duration.ofMinutes(60), 1L << 30)).at(3600, sample("other", Duration.ZERO, 0));
        assertThatIt("{of: stock.cpu, max: 100%}", State.MISSED, "150 %", "at most 100%");
        assertThatIt(
                "{of: run.cost, prices: {processor: 0.04 USD, memory: 0.01 USD}, within: 10%, estimate: 0.05 USD}",
                State.MET, "0.05 USD", "");
    }

    private void memory(int seconds, DoubleUnaryOperator bytes) {
        for (int second = 0; second <= seconds; second++) {
            at(second, sample("stock", Duration.ZERO, (long) bytes.applyAsDouble(second)));
        }
    }

    private static final String LEAK = "{leak: {of: stock.rss, over: 10min, atMost: 1 MiB/min}}";

    @ParameterizedTest
    @CsvSource({"0, MET", "0.5, MET", "1.6, MISSED", "5, MISSED"})
    void a_leak_is_told_from_a_sawtooth(double mibPerMinute, State state) {
        Random random = new Random(4);
        memory(
                600,
                second -> 200e6 + mibPerMinute * 1048576 / 60 * second + (second % 20) * 1e6 + random.nextInt(200_000));
        TargetResult result = result(LEAK);
        assertThat(result.state()).as(result.toString()).isEqualTo(state);
        assertThat(result.name()).isEqualTo("stock.rss leak");
    }

    @Test
    void a_leak_takes_the_time_that_is_asked_for() {
        memory(300, _ -> 5e6);
        assertThatIt(LEAK, State.UNMEASURED, "nothing", "there are samples of 5 min, and 10 min are asked for");
    }

    @Test
    void noise_hides_a_leak_and_then_nothing_is_claimed() {
        Random random = new Random(9);
        memory(600, second -> 1e9 + random.nextGaussian() * 3e8);
        assertThat(result(LEAK).state()).isEqualTo(State.UNMEASURED);
    }

    @Test
    void memory_settles_or_not() {
        memory(300, second -> 1e8 - 9e7 * Math.exp(-second / 10));
        assertThat(result("{of: stock.rss, settled: 2min}").state()).isEqualTo(State.MET);
        assertThat(result("{of: stock.rss, settled: 2s}").state()).isEqualTo(State.MISSED);
        entries.clear();
        memory(300, second -> 1e6 * second);
        assertThatIt("{of: stock.rss, settled: 2min}", State.UNMEASURED, "300 MB", "no steady state");
    }
}
