package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.Redactor;
import dev.verdict.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final Plan PLAN = new Plan("shop", 1, Map.of(), List.of(), Map.of(), List.of());
    private static final String CLEAR = "\r\u001b[2K";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void a_failed_scenario_tells_where_and_what_was_observed() {
        Progress progress = progress(false);
        tell(progress, Event.StepStatus.FAILED, "status: expected 200, but was 404");
        assertThat(output())
                .contains("FAILED an order\n", "o.feature:3  the status is 200\n", "expected 200, but was 404\n");
    }

    @Test
    void a_passed_scenario_gets_a_line_only_when_asked() {
        tell(progress(false), Event.StepStatus.PASSED, "");
        assertThat(output()).doesNotContain("an order");
        Progress verbose = new Progress(terminal(false, Redactor.NONE), PLAN, true);
        tell(verbose, Event.StepStatus.PASSED, "");
        assertThat(output()).contains("passed an order");
    }

    @Test
    void a_fault_gets_a_line_when_it_begins_and_when_it_ends() {
        Progress progress = progress(false);
        progress.emit(new Event.FaultStarted("1", "pause", "stock", "is paused", "schedule/chaos#1"));
        progress.emit(new Event.FaultEnded("1", "undone"));
        progress.emit(new Event.FaultLeftOut("schedule/chaos#2", "the suite ended before"));
        progress.emit(new Event.FaultLeftOut("schedule/chaos#3", "the suite ended before"));
        assertThat(output())
                .contains("fault 1 stock is paused\n", "fault 1 stock: undone\n", "LEFT OUT schedule/chaos#2")
                .doesNotContain("chaos#3");
    }

    @Test
    void secrets_do_not_reach_the_terminal() {
        Progress progress = new Progress(terminal(false, Redactor.of(List.of("hunter22"))), PLAN, false);
        tell(progress, Event.StepStatus.FAILED, "expected hunter22");
        assertThat(output()).contains("expected ***").doesNotContain("hunter22");
    }

    @Test
    void the_live_line_is_gone_when_the_verdict_is_told() {
        Progress progress = progress(true);
        tell(progress, Event.StepStatus.PASSED, "");
        assertThat(output()).contains("1/1 scenarios");
        progress.emit(new Event.VerdictReached("PASSED", 0, List.of()));
        progress.emit(new Event.RunEnded(Duration.ZERO));
        assertThat(output()).endsWith(CLEAR);
    }

    @Test
    void a_pipe_gets_no_escape_sequences() {
        Progress progress = progress(false);
        progress.emit(
                new Event.ServiceFailed("stock", "too slow", "GET /", OptionalInt.empty(), List.of("last words")));
        assertThat(output()).contains("FAILED stock: too slow", "last words").doesNotContain("\u001b");
    }

    private void tell(Progress progress, Event.StepStatus status, String error) {
        progress.emit(new Event.SuiteStarted("all", "orders", 1));
        progress.emit(new Event.ScenarioFound("a", "orders", "Orders", "an order", "o.feature", 2, List.of()));
        progress.emit(new Event.ScenarioStarted("a"));
        progress.emit(new Event.Observed("a", 0, "http", "orders", "GET / → 200", "", 0));
        progress.emit(new Event.Checked("a", 0, "status", "200", "200", true, Optional.empty()));
        progress.emit(new Event.StepEnded(
                "a",
                0,
                "the status is 200",
                3,
                Event.Keyword.THEN,
                status,
                Duration.ZERO,
                "verdict",
                Optional.of(error).filter(text -> !text.isEmpty())));
        progress.emit(new Event.ScenarioEnded("a", Duration.ZERO));
    }

    private Progress progress(boolean live) {
        return new Progress(terminal(live, Redactor.NONE), PLAN, false);
    }

    private Terminal terminal(boolean live, Redactor redactor) {
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new Terminal(out, out, live, false, redactor);
    }

    private String output() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
