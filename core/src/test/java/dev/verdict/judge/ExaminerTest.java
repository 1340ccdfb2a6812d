package dev.verdict.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ExaminerTest {
    private static final Ruling PASSED = Ruling.passed("load");

    /// Examines the scenarios whose id begins with `load`.
    private static Examiner ruling(Supplier<Ruling> ruling) {
        return new Examiner() {
            @Override
            public String name() {
                return "load";
            }

            @Override
            public boolean examines(ScenarioRecord scenario) {
                return scenario.id().startsWith("load");
            }

            @Override
            public Ruling examine(ScenarioRecord scenario, RunRecord run) {
                return ruling.get();
            }
        };
    }

    private static Verdict judged(Recording run, Supplier<Ruling> ruling) {
        return Judges.with(List.of(ruling(ruling)), Assessor.NONE).judge(Recording.plan(), run.entries());
    }

    private static Recording ended(String id) {
        return new Recording(1).find(id).suite().start(id).end(id).teardown();
    }

    private static Outcome outcome(Verdict verdict, String id) {
        return verdict.scenarios().stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    @Test
    void it_rules_on_what_would_be_hollow() {
        assertThat(judged(ended("load a"), () -> PASSED).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void it_is_not_asked_about_others() {
        Verdict verdict = judged(ended("a"), () -> PASSED);
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("hollow"));
    }

    @Test
    void what_it_says_is_the_scenarios_outcome_and_a_reason() {
        Verdict verdict = judged(
                ended("load a"), () -> new Ruling("load", Outcome.FAILED, "3 % errors, 1 % are allowed", List.of(7L)));
        assertThat(outcome(verdict, "load a")).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reasons()).containsExactly("\"name of load a\": 3 % errors, 1 % are allowed");
        assertThat(verdict.exitCode()).isEqualTo(1);
    }

    @Test
    void a_crash_makes_its_scenario_inconclusive_and_no_other() {
        Recording run = new Recording(2).find("load a", "b").suite();
        run.start("load a").end("load a").passing("b").teardown();
        Verdict verdict = judged(run, () -> {
            throw new IllegalStateException("oops");
        });
        assertThat(outcome(verdict, "load a")).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(outcome(verdict, "b")).isEqualTo(Outcome.PASSED);
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains("the examiner \"load\" crashed"));
    }

    @Test
    void it_cannot_pass_a_scenario_that_failed_or_did_not_end() {
        Recording failed = new Recording(1).find("load a").suite().start("load a");
        failed.check("load a", 0, false).end("load a").teardown();
        assertThat(outcome(judged(failed, () -> PASSED), "load a")).isEqualTo(Outcome.FAILED);

        Recording open = new Recording(1).find("load a").suite().start("load a").teardown();
        assertThat(outcome(judged(open, () -> PASSED), "load a")).isEqualTo(Outcome.INCONCLUSIVE);

        Recording blocked = new Recording(1).find("load a").suite();
        blocked.tell(new Event.ScenarioBlocked("load a", "stock is not ready")).teardown();
        assertThat(outcome(judged(blocked, () -> PASSED), "load a")).isEqualTo(Outcome.BLOCKED);
    }
}
