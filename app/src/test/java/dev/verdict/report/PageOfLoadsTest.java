package dev.verdict.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.journal.HistogramText;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import dev.verdict.run.Judging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Opens the page of a run with a load and a workload in a real browser; skipped where none is
/// installed.
@Tag("slow")
class PageOfLoadsTest {
    private static final Plan PLAN = new Plan("p", 1, Map.of(), List.of(), Map.of(), List.of());
    private static final String LOAD = "s/load";
    private static final String WORKLOAD = "s/workload";

    @TempDir
    Path directory;

    private final MemoryJournal journal = new MemoryJournal();

    private void found(String id, String feature) {
        journal.emit(new Event.ScenarioFound(id, "s", feature, feature + ": <b>x</b>", "verdict.yaml", 0, List.of()));
    }

    private void operation(long process, String function, String argument, String result, long called) {
        journal.emit(new Event.OperationEnded(
                WORKLOAD,
                process,
                function,
                "",
                argument,
                result,
                OperationOutcome.OK,
                "OK",
                Duration.ofMillis(called),
                Duration.ofMillis(5)));
    }

    private static String histogram(long millis) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(millis * 1_000_000, 100);
        return HistogramText.of(histogram);
    }

    private Verdict play() {
        journal.emit(new Event.RunStarted("r", "0", "{}", "verdict.yaml", "", 1, ""));
        journal.emit(new Event.PhaseStarted("one"));
        found(LOAD, "load");
        found(WORKLOAD, "workload");
        journal.emit(new Event.SuiteStarted("one", "s", 2));
        Stream.of(LOAD, WORKLOAD).forEach(id -> journal.emit(new Event.ScenarioStarted(id)));
        journal.emit(new Event.LoadStarted(LOAD, "100/s for 3s", Duration.ofSeconds(3), 0));
        journal.emit(new Event.WorkloadStarted(WORKLOAD, "register", 2));
        journal.emit(new Event.FaultStarted("1", "delay", "*→a", "is delayed", "schedule/s#1"));
        for (int second = 0; second < 3; second++) {
            Map<String, Long> errors = second == 1 ? Map.of("timed out", 3L) : Map.of();
            String response = histogram(10 + 100 * second);
            journal.emit(new Event.LoadInterval(
                    LOAD,
                    "GET /",
                    Duration.ofSeconds(second),
                    Duration.ofSeconds(1),
                    100,
                    100,
                    1,
                    0,
                    0,
                    0,
                    errors,
                    response,
                    response,
                    "",
                    "",
                    histogram(40),
                    histogram(25),
                    ""));
        }
        operation(0, "write", "1", "", 1);
        operation(1, "read", "", "1", 10);
        operation(1, "read", "", "", 20);
        journal.emit(new Event.FaultEnded("1", "undone"));
        journal.emit(new Event.LoadEnded(
                LOAD,
                3,
                300,
                Duration.ofSeconds(3),
                0.2,
                0,
                Optional.empty(),
                Map.of("timed out", "no answer in 10 s"),
                Map.of("$.items[*].count", new Event.LoadDifference(3, "4, alone 2"))));
        journal.emit(new Event.WorkloadEnded(WORKLOAD, 3, Optional.empty()));
        Stream.of(LOAD, WORKLOAD).forEach(id -> journal.emit(new Event.ScenarioEnded(id, Duration.ofSeconds(3))));
        journal.emit(new Event.SuiteEnded("one", "s"));
        journal.emit(new Event.PhaseEnded("one"));
        journal.emit(new Event.TeardownEnded(Duration.ZERO));
        return Judging.judge(PLAN, journal.entries());
    }

    @Test
    void a_load_and_a_workload_are_shown_with_what_happened_over_time() throws IOException {
        Assumptions.assumeTrue(Browser.program().isPresent(), "no Chromium is installed");
        Verdict verdict = play();
        assertThat(verdict.scenarios()).extracting(ScenarioResult::outcome).containsOnly(Outcome.FAILED);
        RunFolder folder = new RunFolder(directory.resolve("run"));
        Path page = HtmlReport.write(PLAN, journal.entries(), verdict, folder);
        try (Browser browser = Browser.start(Browser.program().orElseThrow(), directory.resolve("profile"))) {
            browser.open(page.toUri() + "#s=" + LOAD);
            assertThat(count(browser, ".chart svg")).isEqualTo(2);
            assertThat(count(browser, ".chart polyline")).isEqualTo(5);
            assertThat(count(browser, ".chart rect.band")).isEqualTo(2);
            assertThat(text(browser, ".workload"))
                    .contains("Gap p99", "600", "200.0", "25 ms", "40 ms")
                    .contains("GET /", "303", "timed out", "no answer in 10 s", "20 % of the time")
                    .doesNotContain("undefined", "NaN", "[object");
            assertThat(count(browser, "#timeline rect.a-ok")).isGreaterThan(1);
            assertThat(browser.complaints()).isEmpty();

            browser.open(page.toUri() + "#s=" + WORKLOAD);
            assertThat(text(browser, ".workload"))
                    .contains("register, 2 clients: invalid", "not-linearizable", "read", "write")
                    .doesNotContain("undefined", "NaN", "[object");
            String picture = browser.evaluate("document.querySelector('.picture img').getAttribute('src')")
                    .asString();
            assertThat(Files.readString(folder.report().resolve(picture))).contains("<svg", "read");
            assertThat(browser.evaluate("document.querySelector('.picture img').complete")
                            .asBoolean())
                    .isTrue();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void programs_get_the_numbers_too() {
        Verdict verdict = play();
        RunJson json = RunJson.from(PLAN, journal.entries(), verdict, new RunFolder(directory.resolve("run")));
        RunJson.Load load = json.scenarios().getFirst().load().orElseThrow();
        assertThat(load.requests()).isEqualTo(303);
        assertThat(load.errors()).isEqualTo(Map.of("timed out", 3L));
        assertThat(load.perSecond()).isEqualTo(101);
        assertThat(load.milliseconds()).containsKeys("p50", "p99.9", "max");
        assertThat(load.milliseconds().get("p50")).isBetween(109.0, 111.0);
        RunJson.Operations operations = json.scenarios().get(1).operations().orElseThrow();
        assertThat(operations).isEqualTo(new RunJson.Operations("register", "invalid", 3, 0, 0));
    }

    private static int count(Browser browser, String selector) {
        return browser.evaluate("document.querySelectorAll('" + selector + "').length")
                .asInt();
    }

    private static String text(Browser browser, String selector) {
        return browser.evaluate("document.querySelector('" + selector + "').innerText")
                .asString();
    }
}
