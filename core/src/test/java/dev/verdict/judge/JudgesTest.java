package dev.verdict.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JudgesTest {
    private static Recording passing() {
        return new Recording(1).find("a").suite().passing("a");
    }

    private static void assertFound(Verdict verdict, Outcome outcome, String judge, String message) {
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(verdict.findings()).anySatisfy(finding -> {
            assertThat(finding.judge()).isEqualTo(judge);
            assertThat(finding.outcome()).isEqualTo(outcome);
            assertThat(finding.message()).contains(message);
        });
        assertThat(verdict.reasons()).anyMatch(reason -> reason.contains(message));
    }

    @Test
    void an_empty_journal_is_inconclusive() {
        Verdict verdict = Recording.judged(List.of());
        assertFound(verdict, Outcome.INCONCLUSIVE, "completeness", "journal is empty");
        assertThat(verdict.exitCode()).isEqualTo(4);
    }

    @Test
    void a_judge_that_crashes_is_inconclusive() {
        Judge crashing = new Judge() {
            @Override
            public String name() {
                return "crashing";
            }

            @Override
            public List<Finding> judge(RunRecord run) {
                throw new IllegalStateException("oops");
            }
        };
        Verdict verdict = new Judges(List.of(), new ScenarioJudge(List.of()), List.of(crashing), Assessor.NONE)
                .judge(Recording.plan(), passing().teardown().entries());
        assertFound(verdict, Outcome.INCONCLUSIVE, "judges", "the judge \"crashing\" crashed");
    }

    @Test
    void without_judges_there_is_no_green_for_a_run_without_a_passed_scenario() {
        Verdict verdict = new Judges(List.of(), new ScenarioJudge(List.of()), List.of(), Assessor.NONE)
                .judge(Recording.plan(), List.of());
        assertFound(verdict, Outcome.INCONCLUSIVE, "judges", "no scenario passed");
    }

    @Test
    void nothing_selected_is_inconclusive() {
        Verdict verdict = new Recording(0).suite().teardown().judged();
        assertFound(verdict, Outcome.INCONCLUSIVE, "selection", "nothing ran: no scenario was found");
        assertFound(verdict, Outcome.INCONCLUSIVE, "selection", "suite \"orders\" selects no scenario");
    }

    @Test
    void everything_left_out_is_inconclusive_also_when_it_was_asked_for() {
        var run = new Recording(0, "--tags @none").find("a").tell(new Event.ScenarioSkipped("a", "--tags @none"));
        Verdict verdict = run.suite().teardown().judged();
        assertFound(verdict, Outcome.INCONCLUSIVE, "selection", "every scenario was left out");
        assertThat(verdict.exitCode()).isEqualTo(4);
    }

    @Test
    void a_suite_of_the_plan_that_never_started_is_inconclusive_unless_a_part_was_asked_for() {
        var run = new Recording(1).find("a").passing("a").tell(new Event.PhaseEnded("integration"));
        assertFound(
                run.tell(new Event.TeardownEnded(Duration.ZERO)).judged(),
                Outcome.INCONCLUSIVE,
                "selection",
                "suite \"orders\" never started");
    }

    @Test
    void fewer_scenarios_than_announced_are_inconclusive() {
        Verdict verdict =
                new Recording(2).find("a").suite().passing("a").teardown().judged();
        assertFound(verdict, Outcome.INCONCLUSIVE, "selection", "selected 2 scenarios, but the journal tells of 1");
    }

    @Test
    void a_service_that_did_not_come_up_is_blocked_and_tells_its_last_words() {
        var run = passing()
                .tell(new Event.ServiceFailed(
                        "stock", "not ready within 2 s", "GET /health → 503", OptionalInt.empty(), List.of("a", "b")))
                .teardown();
        Verdict verdict = run.judged();
        assertFound(verdict, Outcome.BLOCKED, "environment", "service stock did not come up: not ready within 2 s");
        assertThat(verdict.reasons().getFirst()).endsWith("last probe: GET /health → 503; its last words: b");
        assertThat(verdict.exitCode()).isEqualTo(3);
    }

    @Test
    void a_service_that_failed_while_another_was_disturbed_says_so() {
        String failed = "service stock did not come up: not ready within 2 s";
        var paused = passing()
                .tell(new Event.FaultStarted("1", "pause", "orders", "is paused", "o/a:3"))
                .tell(new Event.FaultEnded("1", "undone"))
                .tell(new Event.FaultStarted("2", "pause", "stock", "is paused", "o/a:3"))
                .tell(new Event.ServiceFailed("stock", "not ready within 2 s", "", OptionalInt.empty(), List.of()))
                .tell(new Event.FaultEnded("2", "undone"))
                .teardown();
        assertFound(paused.judged(), Outcome.BLOCKED, "environment", failed);
        assertThat(paused.judged().reasons())
                .anyMatch(reason -> reason.endsWith(failed + "; meanwhile a fault acted: stock is paused"));
    }

    @Test
    void a_service_that_exited_by_itself_is_blocked() {
        var run = passing()
                .tell(new Event.ServiceExited("stock", 42, 1, false, List.of()))
                .teardown();
        assertFound(run.judged(), Outcome.BLOCKED, "environment", "service stock exited by itself with exit code 1");
        assertThat(run.judged().exitCode()).isEqualTo(3);
    }

    @Test
    void a_service_that_ran_out_of_memory_is_told_apart_from_a_crash() {
        var run = passing()
                .tell(new Event.ServiceExited(
                        "stock", 42, 137, false, List.of(), Optional.of(Event.ExitCause.OUT_OF_MEMORY)))
                .teardown();
        assertFound(
                run.judged(),
                Outcome.BLOCKED,
                "environment",
                "service stock ran out of memory: the kernel killed it, and it exited with exit code 137");
    }

    @Test
    void an_environment_that_breaks_later_did_come_up() {
        var run =
                passing().tell(new Event.EnvironmentFailed("the engine ended")).teardown();
        assertFound(
                run.judged(),
                Outcome.BLOCKED,
                "environment",
                "the environment broke: the engine ended; nothing that the run created is left");
        assertThat(run.judged().exitCode()).isEqualTo(3);
    }

    @Test
    void an_environment_that_broke_says_that_something_is_left_or_that_nobody_knows() {
        var broken = new Event.EnvironmentFailed("the engine ended");
        var left = passing()
                .tell(broken)
                .tell(new Event.OrphanFound("container", "c1", "", ""))
                .tell(new Event.OrphansAudited(1));
        assertThat(left.judged().findings())
                .extracting(Finding::message)
                .contains("the environment broke: the engine ended; left behind: 1, told as orphans");
        var unknown = passing().tell(broken).tell(new Event.TeardownEnded(Duration.ZERO));
        assertThat(unknown.judged().findings())
                .extracting(Finding::message)
                .contains("the environment broke: the engine ended; what is left is not known: `verdict recover`"
                        + " looks, and removes it");
    }

    @Test
    void a_service_that_verdict_stopped_is_no_finding() {
        var run = passing()
                .tell(new Event.ServiceExited("stock", 42, 137, true, List.of()))
                .tell(new Event.ServiceStarted("stock", 43))
                .tell(new Event.ServiceExited("stock", 43, 143, true, List.of()));
        assertThat(run.teardown().judged().findings()).isEmpty();
    }

    @Test
    void a_process_whose_end_is_not_recorded_is_inconclusive() {
        var run = passing().tell(new Event.ServiceStarted("stock", 43)).teardown();
        assertFound(
                run.judged(),
                Outcome.INCONCLUSIVE,
                "environment",
                "nothing says that service stock (process 43) ended");
    }

    @Test
    void a_failed_scenario_outweighs_a_broken_environment() {
        var run = passing()
                .check("a", 1, false)
                .tell(new Event.ServiceExited("stock", 42, 1, false, List.of()))
                .teardown();
        assertThat(run.judged().exitCode()).isEqualTo(1);
        assertThat(run.judged().reasons()).hasSize(2);
        assertThat(run.judged().reasons().get(1)).startsWith("service stock exited by itself");
    }

    @Test
    void each_orphan_fails_the_run() {
        var run = passing()
                .endOfTests()
                .tell(new Event.ServiceExited("stock", 42, 143, true, List.of()))
                .tell(new Event.OrphanFound("process", "77", "sleep 999", "stock"))
                .tell(new Event.OrphanFound("file", "/tmp/x", "", ""))
                .tell(new Event.OrphansAudited(2))
                .tell(new Event.OrphanRemoved("process", "77", true, ""))
                .tell(new Event.OrphanRemoved("file", "/tmp/x", false, "permission denied"))
                .tell(new Event.TeardownEnded(Duration.ZERO));
        Verdict verdict = run.judged();
        assertThat(verdict.reasons())
                .containsExactly(
                        "orphan: process 77 (sleep 999) of service stock was left behind",
                        "orphan: file /tmp/x was left behind, and could not be removed: permission denied");
        assertThat(verdict.exitCode()).isEqualTo(1);
    }

    @Test
    void without_an_audit_nothing_is_known_about_orphans() {
        var run = passing()
                .endOfTests()
                .tell(new Event.ServiceExited("stock", 42, 143, true, List.of()))
                .tell(new Event.TeardownEnded(Duration.ZERO));
        assertFound(run.judged(), Outcome.INCONCLUSIVE, "orphans", "nobody looked for orphans");
    }

    @Test
    void an_audit_that_found_more_than_is_named_is_inconclusive() {
        var run = passing()
                .endOfTests()
                .tell(new Event.ServiceExited("stock", 42, 143, true, List.of()))
                .tell(new Event.OrphansAudited(1))
                .tell(new Event.TeardownEnded(Duration.ZERO));
        assertFound(run.judged(), Outcome.INCONCLUSIVE, "orphans", "found 1 orphans, but the journal names 0");
    }

    @Test
    void an_interrupted_run_exits_130_and_is_no_pass() {
        var run = passing().tell(new Event.RunInterrupted("ctrl-C")).teardown();
        assertFound(run.judged(), Outcome.INCONCLUSIVE, "harness", "the run was interrupted: ctrl-C");
        assertThat(run.judged().exitCode()).isEqualTo(130);
    }

    @Test
    void a_failure_of_verdict_itself_is_inconclusive() {
        var run = passing().tell(new Event.HarnessFailed("gateway", "no port")).teardown();
        assertFound(run.judged(), Outcome.INCONCLUSIVE, "harness", "Verdict itself failed (gateway): no port");
    }

    @Test
    void an_environment_that_could_not_even_start_blocks_the_run() {
        var journal = new dev.verdict.journal.MemoryJournal();
        journal.emit(new Event.RunStarted("r1", "0.1", "{}", "/w/verdict.yaml", "", 1, ""));
        journal.emit(new Event.EnvironmentFailed("port 8080 is taken by process 7"));
        journal.emit(new Event.TeardownEnded(Duration.ZERO));
        Verdict verdict = Recording.judged(journal.entries());
        assertThat(verdict.findings()).noneMatch(finding -> finding.judge().equals("orphans"));
        assertFound(verdict, Outcome.BLOCKED, "environment", "the environment did not come up: port 8080 is taken");
        assertThat(verdict.exitCode()).isEqualTo(3);
    }

    @Test
    void events_of_a_newer_verdict_are_not_passed_over() {
        var run = passing().tell(new Event.UnknownEvent("LoadStarted", "{}")).teardown();
        assertFound(run.judged(), Outcome.INCONCLUSIVE, "completeness", "1 events of type LoadStarted");
    }

    @Test
    void a_run_that_was_cut_off_says_after_what() {
        assertFound(passing().endOfTests().judged(), Outcome.INCONCLUSIVE, "completeness", "cut off after PhaseEnded");
    }

    @Test
    void a_gap_in_the_journal_is_inconclusive() {
        List<Entry> entries = new java.util.ArrayList<>(passing().teardown().entries());
        entries.remove(3);
        assertFound(
                Recording.judged(entries),
                Outcome.INCONCLUSIVE,
                "completeness",
                "the journal has a gap: entry 5 where 4 belongs");
    }

    @Test
    void the_end_of_a_live_run_changes_nothing() {
        var run = passing().teardown();
        Verdict live = run.judged();
        run.tell(new Event.VerdictReached("PASSED", 0, List.of())).tell(new Event.RunEnded(Duration.ofSeconds(1)));
        assertThat(run.judged()).isEqualTo(live);
        assertThat(live.outcome()).isEqualTo(Outcome.PASSED);
    }
}
