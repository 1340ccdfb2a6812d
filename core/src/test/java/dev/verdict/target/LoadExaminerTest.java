package dev.verdict.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.HistogramText;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.judge.Assessor;
import dev.verdict.judge.Judges;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LoadExaminerTest {
    private static final String ID = "s/load";
    private static final Plan PLAN = new Plan("p", 1, Map.of(), List.of(), Map.of(), List.of());

    private final MemoryJournal journal = new MemoryJournal();

    private LoadExaminerTest start(double allowed) {
        journal.emit(new Event.ScenarioFound(ID, "s", "load", "load", "verdict.yaml", 0, List.of()));
        journal.emit(new Event.SuiteStarted("one", "s", 1));
        journal.emit(new Event.ScenarioStarted(ID));
        journal.emit(new Event.LoadStarted(ID, "100/s for 2s", Duration.ofSeconds(2), allowed));
        return this;
    }

    /// @param lateMs how late each request was sent
    private LoadExaminerTest second(long answered, Map<String, Long> errors, long lateMs) {
        long total =
                answered + errors.values().stream().mapToLong(Long::longValue).sum();
        journal.emit(new Event.LoadInterval(
                ID,
                "GET /",
                Duration.ZERO,
                Duration.ofSeconds(1),
                answered,
                total,
                1,
                0,
                0,
                0,
                errors,
                histogram(10, total),
                histogram(10, total),
                "",
                histogram(lateMs, total),
                "",
                "",
                ""));
        return this;
    }

    private static String histogram(long millis, long count) {
        Histogram histogram = new Histogram(3);
        if (count > 0) {
            histogram.recordValueWithCount(millis * 1_000_000, count);
        }
        return HistogramText.of(histogram);
    }

    private Map<String, Event.LoadDifference> differences = Map.of();

    private ScenarioResult end(long intervals, long due, double busy, Optional<String> stopped) {
        journal.emit(new Event.LoadEnded(
                ID,
                intervals,
                due,
                Duration.ofSeconds(2),
                busy,
                0,
                stopped,
                Map.of("status", "503 where 200-299"),
                differences));
        return judged();
    }

    private ScenarioResult judged() {
        journal.emit(new Event.ScenarioEnded(ID, Duration.ofSeconds(2)));
        return Judges.with(List.of(new LoadExaminer()), Assessor.NONE)
                .judge(PLAN, journal.entries())
                .scenarios()
                .getFirst();
    }

    private static void assertOutcome(ScenarioResult result, Outcome outcome, String reason) {
        assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void a_load_that_could_not_begin_says_why() {
        assertOutcome(
                start(0).end(0, 0, 0, Optional.of("the answer is another one each time")),
                Outcome.INCONCLUSIVE,
                "the answer is another one each time; no request was sent");
    }

    @Test
    void answers_that_differ_are_counted_by_where_they_do() {
        differences = Map.of(
                "$.a", new Event.LoadDifference(1, "1, alone 2"), "$.b[*]", new Event.LoadDifference(3, "7, alone 8"));

        assertOutcome(
                start(0).second(96, Map.of("differs", 4L), 0).end(1, 100, 0.1, Optional.empty()),
                Outcome.FAILED,
                "4 differs: 3 at $.b[*] (7, alone 8), 1 at $.a (1, alone 2)");
    }

    @Test
    void a_load_that_was_answered_as_asked_for_passes() {
        assertOutcome(
                start(0).second(100, Map.of(), 0).second(100, Map.of(), 0).end(2, 200, 0.1, Optional.empty()),
                Outcome.PASSED,
                "");
    }

    @Test
    void more_errors_than_are_allowed_fail_and_say_of_what_kind() {
        ScenarioResult result =
                start(0.01).second(97, Map.of("status", 2L, "timed out", 1L), 0).end(1, 100, 0.1, Optional.empty());
        assertOutcome(
                result,
                Outcome.FAILED,
                "3 of 100 requests were errors, 3 % where 1 % are allowed: 2 status (503 where 200-299), 1 timed out");
    }

    @Test
    void as_many_errors_as_are_allowed_pass() {
        assertOutcome(
                start(0.03).second(97, Map.of("status", 3L), 0).end(1, 100, 0.1, Optional.empty()), Outcome.PASSED, "");
    }

    @Test
    void what_the_generator_could_not_do_is_inconclusive() {
        assertOutcome(
                start(0).second(100, Map.of(), 0).end(1, 200, 0.1, Optional.empty()),
                Outcome.INCONCLUSIVE,
                "invalid: the rate was not reached: 100 of 200");
    }

    @Test
    void a_generator_that_sent_late_or_was_too_busy_is_inconclusive() {
        assertOutcome(
                start(0).second(100, Map.of(), 11).end(1, 100, 0.1, Optional.empty()),
                Outcome.INCONCLUSIVE,
                "sent late");
        assertOutcome(
                new LoadExaminerTest().start(0).second(100, Map.of(), 0).end(1, 100, 0.9, Optional.empty()),
                Outcome.INCONCLUSIVE,
                "busy");
    }

    @Test
    void nothing_answered_an_early_end_and_a_lost_second_are_inconclusive() {
        assertOutcome(
                new LoadExaminerTest().start(0).end(0, 100, 0, Optional.empty()), Outcome.INCONCLUSIVE, "no request");
        assertOutcome(
                new LoadExaminerTest().start(0).second(100, Map.of(), 0).end(1, 100, 0, Optional.of("interrupted")),
                Outcome.INCONCLUSIVE,
                "ended early: interrupted");
        assertOutcome(
                new LoadExaminerTest().start(0).second(100, Map.of(), 0).end(2, 200, 0, Optional.empty()),
                Outcome.INCONCLUSIVE,
                "lost");
        assertOutcome(
                new LoadExaminerTest().start(0).second(100, Map.of(), 0).judged(), Outcome.INCONCLUSIVE, "did not end");
    }
}
