package dev.verdict.judge;

import static dev.verdict.journal.Event.Keyword.GIVEN;
import static dev.verdict.journal.Event.Keyword.THEN;
import static dev.verdict.journal.Event.Keyword.WHEN;
import static dev.verdict.journal.Event.StepStatus.FAILED;
import static dev.verdict.journal.Event.StepStatus.PASSED;
import static dev.verdict.journal.Event.StepStatus.UNDEFINED;
import static dev.verdict.judge.Recording.BUILT_IN;
import static dev.verdict.judge.Recording.OWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioJudgeTest {
    private static Verdict judged(UnaryOperator<Recording> scenario) {
        return scenario.apply(new Recording(1).find("a").suite()).teardown().judged();
    }

    private static void assertInconclusive(Verdict verdict, String reason) {
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.exitCode()).isEqualTo(4);
        assertThat(verdict.scenarios()).singleElement().satisfies(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
            assertThat(result.reason()).contains(reason);
        });
        assertThat(verdict.reasons()).singleElement().asString().contains(reason);
    }

    @Test
    void a_scenario_that_observed_and_checked_passes() {
        Verdict verdict = judged(run -> run.passing("a"));
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.exitCode()).isZero();
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.scenarios()).singleElement().satisfies(result -> {
            assertThat(result.phase()).isEqualTo("integration");
            assertThat(result.suite()).isEqualTo("orders");
            assertThat(result.observations()).isEqualTo(1);
            assertThat(result.checks()).isEqualTo(1);
            assertThat(result.took()).hasMillis(7);
        });
    }

    @Test
    void a_failed_step_fails_the_run_and_says_where() {
        Verdict verdict = judged(
                run -> run.start("a").step("a", 0, WHEN, FAILED, BUILT_IN).end("a"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.reasons()).containsExactly("1 scenario failed: \"name of a\": step 0 (o.feature:10): no");
    }

    @Test
    void a_check_that_did_not_hold_fails_though_its_step_swallowed_it() {
        Verdict verdict = judged(run -> run.start("a")
                .observe("a", 0)
                .check("a", 0, false)
                .step("a", 0, THEN, PASSED, OWN)
                .end("a"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.reasons().getFirst())
                .contains("status: expected 200, but was 500 (its step swallowed the failure)");
    }

    @Test
    void a_failure_beats_an_undefined_step() {
        Verdict verdict = judged(run -> run.start("a")
                .step("a", 0, GIVEN, UNDEFINED, "")
                .step("a", 1, THEN, FAILED, OWN)
                .end("a"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_failure_names_the_service_that_had_died() {
        Verdict verdict = judged(run -> run.start("a")
                .tell(new Event.ServiceExited("stock", 42, 137, false, List.of("oh")))
                .step("a", 0, WHEN, FAILED, BUILT_IN)
                .end("a"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(verdict.reasons().getFirst()).endsWith("exited by itself: stock with exit code 137");
    }

    @Test
    void a_failure_after_the_environment_broke_is_blocked_and_one_before_is_a_failure() {
        Event broken = new Event.EnvironmentFailed("the engine ended");
        Verdict after = judged(run ->
                run.start("a").tell(broken).step("a", 0, WHEN, FAILED, BUILT_IN).end("a"));
        assertThat(after.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(after.exitCode()).isEqualTo(3);
        assertThat(after.reasons()).anyMatch(reason -> reason.contains("the environment had broken: the engine ended"));
        Verdict before = judged(run ->
                run.start("a").step("a", 0, WHEN, FAILED, BUILT_IN).tell(broken).end("a"));
        assertThat(before.outcome()).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Event.StepStatus.class,
            names = {"UNDEFINED", "AMBIGUOUS", "PENDING", "SKIPPED"})
    void a_step_that_did_not_run_is_inconclusive_whatever_else_was_checked(Event.StepStatus status) {
        Verdict verdict = judged(run -> run.start("a")
                .observe("a", 0)
                .check("a", 0, true)
                .step("a", 0, THEN, PASSED, BUILT_IN)
                .step("a", 1, THEN, status, "")
                .end("a"));
        assertInconclusive(verdict, "step 1 (o.feature:11): this step ");
    }

    @Test
    void a_scenario_that_did_not_end_is_inconclusive() {
        assertInconclusive(
                judged(run -> run.start("a").observe("a", 0).check("a", 0, true).step("a", 0, THEN, PASSED, BUILT_IN)),
                "did not end");
    }

    @Test
    void a_scenario_that_never_started_is_inconclusive() {
        Verdict verdict = judged(run -> run);
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.scenarios().getFirst().reason()).contains("never started");
    }

    @Test
    void a_step_whose_end_is_not_recorded_is_inconclusive() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .observe("a", 0)
                        .check("a", 0, true)
                        .step("a", 0, THEN, PASSED, BUILT_IN)
                        .observe("a", 1)
                        .end("a")),
                "the end of step 2 is not recorded");
    }

    @Test
    void a_blocked_scenario_blocks_the_run() {
        Verdict verdict = judged(run -> run.tell(new Event.ScenarioBlocked("a", "stock is not ready")));
        assertThat(verdict.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(verdict.exitCode()).isEqualTo(3);
        assertThat(verdict.reasons()).containsExactly("1 scenario blocked: \"name of a\": stock is not ready");
    }

    @Test
    void a_skipped_scenario_says_by_whom_and_lowers_nothing_beside_one_that_passed() {
        var run = new Recording(1).find("a", "b").tell(new Event.ScenarioSkipped("b", "--tags @a"));
        Verdict verdict = run.suite().passing("a").teardown().judged();
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.scenarios().get(1).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(verdict.scenarios().get(1).reason()).isEqualTo("--tags @a");
    }

    @Test
    void a_scenario_that_gave_itself_up_is_skipped_and_says_why() {
        var run = new Recording(2).find("a", "b").suite().passing("a");
        run.start("b")
                .step("b", 0, GIVEN, Event.StepStatus.SKIPPED, OWN)
                .tell(new Event.ScenarioSkipped("b", "only on Linux"))
                .end("b");
        Verdict verdict = run.teardown().judged();
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.scenarios().get(1).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(verdict.scenarios().get(1).reason()).isEqualTo("only on Linux");
    }

    @Test
    void a_run_whose_only_scenario_gave_itself_up_is_inconclusive() {
        Verdict verdict = judged(run -> run.start("a")
                .step("a", 0, GIVEN, Event.StepStatus.SKIPPED, OWN)
                .tell(new Event.ScenarioSkipped("a", "only on Linux"))
                .end("a"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.reasons()).containsExactly("no scenario passed");
    }

    @Test
    void steps_that_ran_outweigh_the_word_that_the_scenario_was_skipped() {
        Verdict verdict = judged(run -> run.observe("a", 0)
                .check("a", 0, true)
                .step("a", 0, THEN, PASSED, BUILT_IN)
                .tell(new Event.ScenarioSkipped("a", "me"))
                .end("a"));
        assertThat(verdict.scenarios().getFirst().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.scenarios().getFirst().reason()).contains("nothing says that it started");
    }

    @Test
    void steps_that_check_nothing_are_hollow() {
        Verdict verdict = judged(run -> run.start("a")
                .observe("a", 0)
                .step("a", 0, WHEN, PASSED, BUILT_IN)
                .end("a"));
        assertInconclusive(verdict, "hollow: no step checks anything");
        assertThat(verdict.reasons().getFirst()).startsWith("1 scenario is hollow: ");
        assertThat(verdict.findings().getFirst().judge()).isEqualTo("hollow");
    }

    @Test
    void a_scenario_without_steps_is_hollow() {
        assertInconclusive(judged(run -> run.start("a").end("a")), "hollow");
    }

    @Test
    void checks_without_observation_are_hollow() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .check("a", 0, true)
                        .step("a", 0, THEN, PASSED, BUILT_IN)
                        .end("a")),
                "rest on no observation");
    }

    @Test
    void an_observation_after_the_check_does_not_carry_it() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .check("a", 0, true)
                        .step("a", 0, THEN, PASSED, BUILT_IN)
                        .observe("a", 1)
                        .step("a", 1, WHEN, PASSED, BUILT_IN)
                        .end("a")),
                "rest on no observation");
    }

    @Test
    void an_observation_of_another_scenario_does_not_carry_it() {
        var run = new Recording(2).find("a", "b").suite().passing("a");
        run.start("b").check("b", 0, true).step("b", 0, THEN, PASSED, BUILT_IN).end("b");
        Verdict verdict = run.teardown().judged();
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.count(Outcome.PASSED)).isEqualTo(1);
    }

    @Test
    void traffic_does_not_carry_the_check_of_a_built_in_step_which_would_have_journaled_it() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .check("a", 0, true)
                        .step("a", 0, THEN, PASSED, BUILT_IN)
                        .traffic("a", 100)
                        .end("a")),
                "rest on no observation");
    }

    @Test
    void only_weak_checks_are_hollow() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .observe("a", 0)
                        .weakCheck("a", 0)
                        .step("a", 0, THEN, PASSED, BUILT_IN)
                        .end("a")),
                "would accept nearly anything: status (200 to 599 pass)");
    }

    @Test
    void a_weak_check_of_an_own_step_is_not_an_unseen_assertion() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .weakCheck("a", 0)
                        .step("a", 0, THEN, PASSED, OWN)
                        .traffic("a", 5)
                        .end("a")),
                "would accept nearly anything");
    }

    @Test
    void a_weak_check_beside_a_real_one_is_remarked() {
        Verdict verdict = judged(run -> run.start("a")
                .observe("a", 0)
                .weakCheck("a", 0)
                .check("a", 0, true)
                .step("a", 0, THEN, PASSED, BUILT_IN)
                .end("a"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.outcome()).isEqualTo(Outcome.PASSED);
            assertThat(finding.message()).contains("status would accept nearly anything: 200 to 599 pass");
        });
        assertThat(verdict.reasons()).isEmpty();
    }

    @Test
    void own_code_that_never_touched_the_system_is_hollow() {
        assertInconclusive(
                judged(run -> run.start("a").step("a", 0, THEN, PASSED, OWN).end("a")), "gateway saw no answer");
    }

    @Test
    void own_code_that_got_no_answer_is_hollow() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .step("a", 0, THEN, PASSED, OWN)
                        .traffic("a", 0)
                        .end("a")),
                "gateway saw no answer");
    }

    @Test
    void traffic_of_another_scenario_or_service_does_not_carry_own_code() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .step("a", 0, THEN, PASSED, OWN)
                        .traffic("stock", 9)
                        .end("a")),
                "gateway saw no answer");
    }

    @Test
    void own_code_that_touches_the_system_but_has_no_then_is_hollow() {
        assertInconclusive(
                judged(run -> run.start("a")
                        .step("a", 0, WHEN, PASSED, OWN)
                        .traffic("a", 100)
                        .end("a")),
                "no step checks anything");
    }

    @Test
    void own_code_that_touches_the_system_and_asserts_passes_with_a_remark() {
        Verdict verdict = judged(run -> run.start("a")
                .step("a", 0, WHEN, PASSED, OWN)
                .step("a", 1, THEN, PASSED, OWN)
                .end("a")
                .traffic("a", 100));
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("assertions, which Verdict cannot see"));
    }

    @Test
    void own_code_that_checks_through_the_evidence_needs_no_remark() {
        Verdict verdict = judged(run -> run.start("a")
                .check("a", 0, true)
                .step("a", 0, THEN, PASSED, OWN)
                .end("a")
                .traffic("a", 100));
        assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(verdict.findings()).isEmpty();
    }

    @Test
    void many_scenarios_share_one_reason() {
        var run = new Recording(5).find("a", "b", "c", "d", "e").suite();
        for (String id : List.of("a", "b", "c", "d", "e")) {
            run.start(id).step(id, 0, WHEN, FAILED, BUILT_IN).end(id);
        }
        assertThat(run.teardown().judged().reasons())
                .singleElement()
                .asString()
                .startsWith("5 scenarios failed, the first: \"name of a\"")
                .doesNotContain("name of b");
    }
}
