package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Limits;
import dev.verdict.plan.Phase;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.Service;
import dev.verdict.plan.Stop;
import dev.verdict.plan.Suite;
import dev.verdict.plan.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records the journal of a run of one service and one suite, as a real run would.
final class Recording {
    static final String OWN = "shop.Steps.check()";
    static final String BUILT_IN = "verdict";

    private final MemoryJournal journal = new MemoryJournal();
    private final int selected;
    private int line;

    Recording(int selected) {
        this(selected, "");
    }

    Recording(int selected, String selection) {
        this.selected = selected;
        tell(new Event.RunStarted("r1", "0.1", "{}", "/w/verdict.yaml", "", 1, selection));
        tell(new Event.ServiceStarting("stock", List.of("stock"), Map.of("http", 8080)));
        tell(new Event.ServiceStarted("stock", 42));
        tell(new Event.ServiceReady("stock", "GET /health", Duration.ofMillis(5)));
        tell(new Event.PhaseStarted("integration"));
    }

    static Plan plan() {
        var stock = Service.process(
                "stock",
                List.of(Text.of("stock")),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                new Readiness.Started(Duration.ofSeconds(1)),
                new Stop("TERM", Duration.ofSeconds(1)),
                Limits.NONE,
                List.of());
        var suite = new Suite("orders", List.of("features"), "", 1, Duration.ofSeconds(1), List.of(), List.of());
        return new Plan(
                "shop",
                1,
                Map.of(),
                List.of(),
                Map.of("stock", stock),
                List.of(new Phase("integration", List.of(suite))));
    }

    Recording tell(Event event) {
        journal.emit(event);
        return this;
    }

    Recording find(String... ids) {
        for (String id : ids) {
            line++;
            tell(new Event.ScenarioFound(id, "orders", "Orders", "name of " + id, "o.feature", line, List.of()));
        }
        return this;
    }

    Recording suite() {
        return tell(new Event.SuiteStarted("integration", "orders", selected));
    }

    Recording start(String id) {
        return tell(new Event.ScenarioStarted(id));
    }

    Recording observe(String id, int step) {
        return tell(new Event.Observed(id, step, "http", "stock.http", "GET / → 200", "ab", 2));
    }

    Recording check(String id, int step, boolean passed) {
        return tell(new Event.Checked(id, step, "status", "200", passed ? "200" : "500", passed, Optional.empty()));
    }

    Recording weakCheck(String id, int step) {
        return tell(new Event.Checked(id, step, "status", "any", "200", true, Optional.of("200 to 599 pass")));
    }

    Recording step(String id, int index, Event.Keyword keyword, Event.StepStatus status, String definition) {
        Optional<String> error = status == Event.StepStatus.PASSED ? Optional.empty() : Optional.of("no\n at x");
        return tell(new Event.StepEnded(
                id, index, "step " + index, 10 + index, keyword, status, Duration.ZERO, definition, error));
    }

    Recording end(String id) {
        return tell(new Event.ScenarioEnded(id, Duration.ofMillis(7)));
    }

    Recording traffic(String from, long received) {
        return tell(new Event.TrafficCounted(from, "stock.http", 1, 10, received, 1));
    }

    /// Records a scenario that earned its green.
    Recording passing(String id) {
        return start(id)
                .observe(id, 0)
                .step(id, 0, Event.Keyword.WHEN, Event.StepStatus.PASSED, BUILT_IN)
                .check(id, 1, true)
                .step(id, 1, Event.Keyword.THEN, Event.StepStatus.PASSED, BUILT_IN)
                .traffic(id, 100)
                .end(id);
    }

    Recording endOfTests() {
        return tell(new Event.SuiteEnded("integration", "orders")).tell(new Event.PhaseEnded("integration"));
    }

    Recording teardown() {
        return endOfTests()
                .tell(new Event.ServiceStopping("stock", "teardown"))
                .tell(new Event.ServiceExited("stock", 42, 143, true, List.of()))
                .tell(new Event.OrphansAudited(0))
                .tell(new Event.TeardownEnded(Duration.ofMillis(9)));
    }

    List<Entry> entries() {
        return journal.entries();
    }

    Verdict judged() {
        return judged(entries());
    }

    /// Judges entries as a run without examiners and targets would be.
    static Verdict judged(List<Entry> entries) {
        return Judges.with(List.of(), Assessor.NONE).judge(plan(), entries);
    }
}
