package dev.verdict.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Event.Keyword;
import dev.verdict.journal.Event.StepStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Damages the journal of a passing run in every way that is known, and sees no green.
class FalseGreenTest {
    private static final int JOURNALS = 20;

    /// Makes up a passing run of a few scenarios, of built-in and of own steps.
    private static List<Entry> generate(Random random) {
        int count = 1 + random.nextInt(4);
        var run = new Recording(count);
        var ids = new String[count];
        for (int i = 0; i < count; i++) {
            ids[i] = "orders/o.feature:" + (10 * i);
        }
        run.find(ids)
                .find("left out")
                .tell(new Event.ScenarioSkipped("left out", "--tags"))
                .suite();
        for (String id : ids) {
            scenario(run, id, random);
        }
        run.teardown();
        if (random.nextBoolean()) {
            run.tell(new Event.VerdictReached("PASSED", 0, List.of())).tell(new Event.RunEnded(Duration.ZERO));
        }
        return run.entries();
    }

    private static void scenario(Recording run, String id, Random random) {
        run.start(id);
        boolean own = random.nextBoolean();
        int steps = 1 + random.nextInt(3);
        for (int step = 0; step < steps; step++) {
            if (!own) {
                run.observe(id, step);
            }
            run.step(id, step, Keyword.WHEN, StepStatus.PASSED, own ? Recording.OWN : Recording.BUILT_IN);
        }
        if (!own || random.nextBoolean()) {
            run.check(id, steps, true);
        }
        run.step(id, steps, Keyword.THEN, StepStatus.PASSED, own ? Recording.OWN : Recording.BUILT_IN);
        run.traffic(id, 100).end(id);
    }

    private static List<Entry> renumbered(List<Entry> entries) {
        List<Entry> result = new ArrayList<>();
        for (Entry entry : entries) {
            result.add(new Entry(result.size() + 1L, entry.at(), entry.nanos(), entry.event()));
        }
        return result;
    }

    private static Verdict judge(List<Entry> entries) {
        return Recording.judged(entries);
    }

    /// The list of what a judge can miss when it is taken out and the journal is renumbered,
    /// because nothing else tells that it was there. Each lets nothing pass that had not passed.
    private static boolean irrelevant(Event event, List<Entry> entries) {
        return switch (event) {
            // Repeats what ServiceStarted, ServiceReady and ServiceExited say.
            case Event.ServiceStarting _, Event.ServiceStarted _, Event.ServiceStopping _ -> true;
            // One of several observations or checks: what is left earns the green alone.
            case Event.Observed _, Event.Checked _, Event.TrafficCounted _ -> !soleGround(event, entries);
            // The last step, if it passed: no later one shows the hole.
            case Event.StepEnded step -> lastStep(step, entries) && !soleGround(event, entries);
            // Of a scenario that nobody selected.
            case Event.ScenarioFound found -> found.id().equals("left out");
            // The run's own answer, which is not looked at.
            case Event.VerdictReached _, Event.RunEnded _ -> true;
            default -> false;
        };
    }

    private static boolean lastStep(Event.StepEnded step, List<Entry> entries) {
        return entries.stream().map(Entry::event).noneMatch(event -> switch (event) {
            case Event.StepEnded other -> other.scenario().equals(step.scenario()) && other.index() > step.index();
            case Event.Checked check -> check.scenario().equals(step.scenario()) && check.step() == step.index();
            default -> false;
        });
    }

    /// Asks the rules of docs/green.md again, in the simplest way: is anything left that was
    /// checked after it was observed?
    private static boolean soleGround(Event event, List<Entry> entries) {
        List<Event> rest = new ArrayList<>(entries.stream().map(Entry::event).toList());
        rest.remove(event);
        String id = switch (event) {
            case Event.Observed observed -> observed.scenario();
            case Event.Checked checked -> checked.scenario();
            case Event.TrafficCounted traffic -> traffic.from();
            case Event.StepEnded step -> step.scenario();
            default -> throw new IllegalArgumentException(event.toString());
        };
        boolean observed = rest.stream()
                .anyMatch(e -> e instanceof Event.Observed o && o.scenario().equals(id));
        boolean answered = rest.stream()
                .anyMatch(e -> e instanceof Event.TrafficCounted t && t.from().equals(id));
        boolean own = rest.stream()
                .anyMatch(e -> e instanceof Event.StepEnded s
                        && s.scenario().equals(id)
                        && s.definition().equals(Recording.OWN));
        boolean checked = rest.stream()
                .anyMatch(e -> e instanceof Event.Checked c && c.scenario().equals(id));
        boolean then = rest.stream()
                .anyMatch(
                        e -> e instanceof Event.StepEnded s && s.scenario().equals(id) && s.keyword() == Keyword.THEN);
        return own ? !(answered && (checked || then)) : !(observed && checked);
    }

    @Test
    void a_generated_run_passes() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            Verdict verdict = judge(generate(new Random(seed)));
            assertThat(verdict.outcome()).as("seed %d: %s", seed, verdict).isEqualTo(Outcome.PASSED);
        }
    }

    @Test
    void a_journal_cut_before_its_teardown_ended_is_never_green() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            List<Entry> entries = generate(new Random(seed));
            for (int length = 0;
                    !(length > 0 && entries.get(length - 1).event() instanceof Event.TeardownEnded);
                    length++) {
                assertThat(judge(entries.subList(0, length)).outcome())
                        .as("seed %d cut after %d", seed, length)
                        .isNotEqualTo(Outcome.PASSED);
            }
        }
    }

    @Test
    void a_journal_that_lacks_any_one_event_is_never_green() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            List<Entry> entries = generate(new Random(seed));
            // Without its last event a journal is a shorter one: that is what cutting tests.
            for (int at = 0; at < entries.size() - 1; at++) {
                List<Entry> damaged = new ArrayList<>(entries);
                Event removed = damaged.remove(at).event();
                assertThat(judge(damaged).outcome())
                        .as("seed %d without %s", seed, removed)
                        .isNotEqualTo(Outcome.PASSED);
            }
        }
    }

    @Test
    void a_journal_that_lacks_one_relevant_event_is_not_green_though_it_was_renumbered() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            List<Entry> entries = generate(new Random(seed));
            for (int at = 0; at < entries.size(); at++) {
                List<Entry> damaged = new ArrayList<>(entries);
                Event removed = damaged.remove(at).event();
                if (!irrelevant(removed, entries)) {
                    assertThat(judge(renumbered(damaged)).outcome())
                            .as("seed %d without %s", seed, removed)
                            .isNotEqualTo(Outcome.PASSED);
                }
            }
        }
    }

    @Test
    void a_journal_that_lost_one_scenario_is_not_green_though_it_was_renumbered() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            List<Entry> entries = generate(new Random(seed));
            for (ScenarioRecord lost : RunRecord.of(Recording.plan(), entries).scenarios()) {
                if (!lost.id().equals("left out")) {
                    List<Entry> damaged = new ArrayList<>(entries);
                    damaged.removeAll(lost.entries());
                    assertThat(judge(renumbered(damaged)).outcome())
                            .as("seed %d without %s", seed, lost.id())
                            .isNotEqualTo(Outcome.PASSED);
                }
            }
        }
    }

    @Test
    void a_journal_with_one_fact_turned_bad_is_not_green() {
        for (int seed = 0; seed < JOURNALS; seed++) {
            List<Entry> entries = generate(new Random(seed));
            for (int at = 0; at < entries.size(); at++) {
                Entry entry = entries.get(at);
                for (Event bad : turned(entry.event())) {
                    List<Entry> damaged = new ArrayList<>(entries);
                    damaged.set(at, new Entry(entry.seq(), entry.at(), entry.nanos(), bad));
                    assertThat(judge(damaged).outcome())
                            .as("seed %d with %s", seed, bad)
                            .isNotEqualTo(Outcome.PASSED);
                }
            }
        }
    }

    private static List<Event> turned(Event event) {
        return switch (event) {
            case Event.Checked c ->
                List.of(new Event.Checked(
                        c.scenario(), c.step(), c.subject(), c.expected(), "other", false, c.weakness()));
            case Event.StepEnded s ->
                java.util.Arrays.stream(StepStatus.values())
                        .filter(status -> status != StepStatus.PASSED)
                        .<Event>map(status -> new Event.StepEnded(
                                s.scenario(),
                                s.index(),
                                s.text(),
                                s.line(),
                                s.keyword(),
                                status,
                                s.took(),
                                s.definition(),
                                s.error()))
                        .toList();
            case Event.ServiceExited e ->
                List.of(new Event.ServiceExited(e.service(), e.pid(), e.exitCode(), false, List.of()));
            case Event.OrphansAudited a -> List.of(new Event.OrphansAudited(a.found() + 1));
            case Event.SuiteStarted s ->
                List.of(
                        new Event.SuiteStarted(s.phase(), s.suite(), s.selected() + 1),
                        new Event.SuiteStarted(s.phase(), s.suite(), 0));
            case Event.ScenarioStarted s ->
                List.of(new Event.ScenarioBlocked(s.id(), "not ready"), new Event.ScenarioSkipped(s.id(), "me"));
            default ->
                List.of(
                        new Event.HarnessFailed("x", "y"),
                        new Event.RunInterrupted("x"),
                        new Event.UnknownEvent("X", "{}"));
        };
    }
}
