package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.judge.Assessor;
import dev.verdict.judge.Judges;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.Plan;
import dev.verdict.plan.WorkloadModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class WorkloadExaminerTest {
    private static final String ID = "s/workload";
    private static final Plan PLAN = new Plan("p", 1, Map.of(), List.of(), Map.of(), List.of());

    private final MemoryJournal journal = new MemoryJournal();
    private long operations;

    private static WorkloadExaminerTest of(String model) {
        var test = new WorkloadExaminerTest();
        test.journal.emit(new Event.ScenarioFound(ID, "s", "workload", "w", "verdict.yaml", 0, List.of()));
        test.journal.emit(new Event.SuiteStarted("one", "s", 1));
        test.journal.emit(new Event.ScenarioStarted(ID));
        test.journal.emit(new Event.WorkloadStarted(ID, model, 2));
        return test;
    }

    private WorkloadExaminerTest tell(
            long process,
            String function,
            String argument,
            String result,
            OperationOutcome outcome,
            long from,
            long to) {
        journal.emit(new Event.OperationEnded(
                ID,
                process,
                function,
                "",
                argument,
                result,
                outcome,
                outcome == OperationOutcome.OK ? "200" : "503",
                Duration.ofMillis(from),
                Duration.ofMillis(to - from)));
        operations++;
        return this;
    }

    private WorkloadExaminerTest ok(long process, String function, String argument, String result, long from, long to) {
        return tell(process, function, argument, result, OperationOutcome.OK, from, to);
    }

    private ScenarioResult end() {
        return end(operations, Optional.empty());
    }

    private ScenarioResult end(long recorded, Optional<String> unsettled) {
        journal.emit(new Event.WorkloadEnded(ID, recorded, unsettled));
        return judged();
    }

    private ScenarioResult judged() {
        journal.emit(new Event.ScenarioEnded(ID, Duration.ofSeconds(1)));
        return Judges.with(List.of(new WorkloadExaminer()), Assessor.NONE)
                .judge(PLAN, journal.entries())
                .scenarios()
                .getFirst();
    }

    private static void assertOutcome(ScenarioResult result, Outcome outcome, String reason) {
        assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void what_was_written_and_seen_passes() {
        assertOutcome(
                of("register")
                        .ok(0, "write", "1", "", 0, 5)
                        .ok(1, "read", "", "1", 6, 8)
                        .end(),
                Outcome.PASSED,
                "");
    }

    @Test
    void a_write_that_is_gone_fails_and_the_evidence_is_the_operations() {
        var test = of("register").ok(0, "write", "1", "", 0, 5).ok(1, "read", "", "1", 6, 8);
        assertOutcome(test.ok(1, "read", "", "", 9, 12).end(), Outcome.FAILED, "not register: not-linearizable");
        var finding = Judges.with(List.of(new WorkloadExaminer()), Assessor.NONE)
                .judge(PLAN, test.journal.entries())
                .findings()
                .stream()
                .filter(each -> each.judge().equals("workload"))
                .findFirst()
                .orElseThrow();
        assertThat(finding.evidence())
                .isNotEmpty()
                .allSatisfy(seq -> assertThat(
                                test.journal.entries().get((int) (seq - 1)).event())
                        .isInstanceOf(Event.OperationEnded.class));
    }

    @Test
    void what_may_have_been_done_is_no_violation_and_what_was_not_done_may_not_be_seen() {
        assertOutcome(
                of("register")
                        .tell(0, "write", "1", "", OperationOutcome.UNKNOWN, 0, 5)
                        .ok(1, "write", "2", "", 6, 7)
                        .ok(1, "read", "", "1", 8, 9)
                        .end(),
                Outcome.PASSED,
                "");
        assertOutcome(
                of("register")
                        .tell(0, "write", "1", "", OperationOutcome.FAIL, 0, 5)
                        .ok(1, "write", "2", "", 6, 7)
                        .ok(1, "read", "", "1", 8, 9)
                        .end(),
                Outcome.FAILED,
                "not-linearizable");
    }

    @Test
    void nothing_seen_and_nothing_done_prove_nothing() {
        assertOutcome(
                of("register").ok(0, "write", "1", "", 0, 5).end(),
                Outcome.INCONCLUSIVE,
                "no operation that looks was answered");
        assertOutcome(
                of("register")
                        .ok(0, "read", "", "", 0, 5)
                        .tell(0, "write", "1", "", OperationOutcome.UNKNOWN, 6, 9)
                        .end(),
                Outcome.INCONCLUSIVE,
                "no operation that changes something was acknowledged; 1 operations ended in 503");
        assertOutcome(of("set").ok(0, "add", "1", "", 0, 5).end(), Outcome.INCONCLUSIVE, "never read");
    }

    @Test
    void a_lost_operation_a_lost_end_and_an_impossible_order_are_inconclusive() {
        assertOutcome(
                of("register")
                        .ok(0, "write", "1", "", 0, 5)
                        .ok(1, "read", "", "1", 6, 8)
                        .end(3, Optional.empty()),
                Outcome.INCONCLUSIVE,
                "3 operations were recorded, but the journal tells of 2");
        assertOutcome(
                of("register").ok(0, "write", "1", "", 0, 5).judged(),
                Outcome.INCONCLUSIVE,
                "the workload did not end");
        assertOutcome(
                of("register")
                        .ok(0, "write", "1", "", 0, 5)
                        .ok(0, "read", "", "1", 3, 8)
                        .end(),
                Outcome.INCONCLUSIVE,
                "before its last call returned");
        assertOutcome(of("register").ok(0, "write", "[1", "", 0, 5).end(), Outcome.INCONCLUSIVE, "cut or no JSON");
    }

    @Test
    void a_system_that_does_not_answer_in_the_end_has_failed() {
        assertOutcome(
                of("register")
                        .ok(0, "write", "1", "", 0, 5)
                        .ok(1, "read", "", "1", 6, 8)
                        .end(2, Optional.of("read at http://a")),
                Outcome.FAILED,
                "read at http://a was not answered in the end");
    }

    @Test
    void a_plan_names_only_models_that_there_are() {
        assertThat(Models.names())
                .containsAll(Arrays.stream(WorkloadModel.values())
                        .map(WorkloadModel::id)
                        .toList());
    }

    @Test
    void lists_stand_in_the_journal_as_runs_and_come_back() {
        JsonMapper json = JsonMapper.shared();
        assertThat(RecordedValue.write(json.readTree("[5, 3, 1, 2, 9, 3]"))).isEqualTo("[[1,3],3,5,9]");
        assertThat(RecordedValue.write(json.readTree("[\"a\", 1, [1, 2]]"))).isEqualTo("[\"a\",1,\"[1,2]\"]");
        assertThat(RecordedValue.write(json.readTree("null"))).isEmpty();
        Values values = new Values();
        int list = RecordedValue.read("[[1,3],3,5,9]", values);
        assertThat(values.items(list)).containsExactly(1, 2, 3, 3, 5, 9);
        assertThat(RecordedValue.read("", values)).isEqualTo(Values.NIL);
        for (String bad : List.of("[[3,1]]", "[[1,2,3]]", "[[\"a\",\"b\"]]", "[[1,99999999999]]", "{")) {
            assertThatThrownBy(() -> RecordedValue.read(bad, values)).as(bad).isInstanceOf(HistoryException.class);
        }
    }
}
