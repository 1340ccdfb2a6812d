package dev.verdict.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each journal has an event a second.
class FaultJudgeTest {
    private final List<Event> events = new ArrayList<>();

    private FaultJudgeTest tell(Event... more) {
        events.addAll(List.of(more));
        return this;
    }

    private static Event planned(int number) {
        return new Event.FaultPlanned(
                "schedule/orders#" + number,
                "orders",
                "{\"kill\":\"stock\"}",
                Duration.ofSeconds(number),
                Optional.empty());
    }

    private static Event begins(String by) {
        return new Event.FaultStarted("1", "pause", "stock", "is paused", by);
    }

    private static Event ends(String how) {
        return new Event.FaultEnded("1", how);
    }

    private static Event found() {
        return new Event.ScenarioFound("a", "orders", "Orders", "name of a", "o.feature", 1, List.of());
    }

    private static Event started() {
        return new Event.ScenarioStarted("a");
    }

    private static Event observed() {
        return new Event.Observed("a", 0, "http", "stock.http", "GET / → 200", "ab", 2);
    }

    private static Event checked() {
        return new Event.Checked("a", 1, "status", "200", "200", true, Optional.empty());
    }

    private static Event step(String definition, int seconds) {
        return new Event.StepEnded(
                "a",
                0,
                "step",
                3,
                Event.Keyword.WHEN,
                Event.StepStatus.PASSED,
                Duration.ofSeconds(seconds),
                definition,
                Optional.empty());
    }

    private List<Finding> findings() {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            long seq = entries.size() + 1L;
            entries.add(new Entry(seq, Instant.ofEpochSecond(seq), seq * 1_000_000_000L, event));
        }
        return new FaultJudge().judge(RunRecord.of(Recording.plan(), entries));
    }

    private List<String> messages() {
        return findings().stream()
                .map(finding -> finding.outcome() + " " + finding.message())
                .toList();
    }

    @Test
    void a_fault_that_somebody_looked_at_is_well() {
        tell(found(), started(), planned(1), begins("schedule/orders#1"), observed(), checked(), ends("undone"));
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_check_alone_is_a_look_too() {
        tell(found(), started(), observed(), begins("a"), checked(), ends("undone"));
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_fault_under_which_nothing_was_observed_is_inconclusive() {
        tell(found(), started(), observed(), begins("schedule/orders#1"), ends("undone"), observed());
        assertThat(messages())
                .containsExactly(
                        "INCONCLUSIVE fault 1, pause of stock (schedule/orders#1): nothing was observed while it acted");
    }

    @Test
    void a_fault_of_a_scenario_is_judged_alike_and_one_by_hand_is_not() {
        tell(found(), started(), begins("a"), ends("undone"), observed());
        assertThat(messages()).singleElement().asString().contains("nothing was observed");
        events.clear();
        tell(found(), started(), begins("hand"), ends("undone"), observed());
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_fault_that_is_over_at_once_is_seen_by_what_follows() {
        tell(found(), started(), begins("a"), ends("over"), observed(), checked());
        assertThat(findings()).isEmpty();
        events.clear();
        tell(found(), started(), observed(), begins("a"), ends("over"));
        assertThat(messages()).singleElement().asString().contains("nothing was observed");
    }

    @Test
    void what_a_killed_service_is_like_when_it_is_back_is_a_look_as_well() {
        tell(found(), started(), new Event.FaultStarted("1", "kill", "stock", "is killed", "a"), ends("undone"));
        assertThat(messages()).singleElement().asString().contains("nothing was observed");
        tell(observed());
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_step_of_the_users_own_that_was_answered_looks_for_as_long_as_it_runs() {
        Event traffic = new Event.TrafficCounted("a", "stock.http", 1, 10, 20, 1);
        tell(found(), started(), begins("a"), ends("undone"), step("shop.Steps", 3), traffic);
        assertThat(findings()).isEmpty();
        events.clear();
        tell(found(), started(), begins("a"), ends("undone"), step("shop.Steps", 3));
        assertThat(findings()).as("without an answer").hasSize(1);
        events.clear();
        tell(found(), started(), begins("a"), ends("undone"), started(), step("shop.Steps", 1), traffic);
        assertThat(findings()).as("too late").hasSize(1);
        events.clear();
        tell(found(), started(), begins("a"), ends("undone"), step("verdict", 3), traffic);
        assertThat(findings()).as("built-in steps tell what they observe").hasSize(1);
    }

    @Test
    void a_step_that_observed_looked_for_as_long_as_it_took() {
        tell(found(), started(), begins("a"), ends("undone"), observed(), step("verdict", 3));
        assertThat(findings()).as("the answer came when all had healed").isEmpty();
        events.clear();
        tell(found(), started(), begins("a"), ends("undone"), observed(), step("verdict", 1));
        assertThat(findings()).hasSize(1);
    }

    @Test
    void planned_faults_that_never_began_are_found_together() {
        tell(found(), started(), planned(1), planned(2), planned(3), begins("schedule/orders#1"), checked());
        tell(ends("undone"));
        tell(new Event.FaultLeftOut("schedule/orders#2", "the suite ended before"));
        tell(new Event.FaultLeftOut("schedule/orders#3", "the suite ended before"));
        assertThat(messages())
                .containsExactly("INCONCLUSIVE suite \"orders\": the fault {\"kill\":\"stock\"} and 1 others never"
                        + " began: the suite ended before");
    }

    @Test
    void a_planned_fault_of_which_nothing_is_told_is_found_too() {
        tell(found(), started(), planned(1));
        assertThat(messages()).singleElement().asString().contains("never began: nothing says why");
    }

    @Test
    void a_fault_that_failed_or_did_not_end_is_inconclusive() {
        tell(found(), started(), begins("a"), checked(), ends("kill of stock failed: no rights"));
        assertThat(messages()).singleElement().asString().contains("did not act as it should: kill of stock failed");
        events.clear();
        tell(found(), started(), begins("a"), checked());
        assertThat(messages()).singleElement().asString().contains("did not end");
    }

    @Test
    void a_scenario_that_checked_only_after_all_had_healed_gets_a_remark() {
        tell(found(), started(), begins("a"), observed(), ends("undone"), checked());
        assertThat(messages())
                .containsExactly("PASSED \"name of a\": its first check came after every fault had ended");
        events.clear();
        tell(begins("a"), observed(), ends("undone"), found(), started(), checked());
        assertThat(messages())
                .as("faults before the scenario are none of its own")
                .noneMatch(text -> text.contains("first check"));
    }
}
