package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Holds one scenario's part of the journal.
///
/// @param found how it was announced; absent if the journal lost that
/// @param phase of its suite; empty if the suite never started
/// @param entries its own, in order; what the gateway counted for it at the end
public record ScenarioRecord(String id, Optional<Event.ScenarioFound> found, String phase, List<Entry> entries) {
    public ScenarioRecord {
        entries = List.copyOf(entries);
    }

    static ScenarioRecord of(String id, List<Entry> entries, Map<String, String> phases) {
        Optional<Event.ScenarioFound> found = RunRecord.all(entries, Event.ScenarioFound.class).stream()
                .map(Told::event)
                .findFirst();
        String phase = found.map(Event.ScenarioFound::suite).map(phases::get).orElse("");
        return new ScenarioRecord(id, found, phase, entries);
    }

    /// Returns the events of one kind, in order.
    public <E extends Event> List<Told<E>> all(Class<E> kind) {
        return RunRecord.all(entries, kind);
    }

    /// Returns the first event of one kind.
    public <E extends Event> Optional<Told<E>> first(Class<E> kind) {
        return all(kind).stream().findFirst();
    }

    /// Tells whether there is an event of this kind.
    public boolean has(Class<? extends Event> kind) {
        return entries.stream().anyMatch(entry -> kind.isInstance(entry.event()));
    }

    /// Tells whether anything is recorded of it but that it was found and did not run.
    boolean ran() {
        return entries.stream()
                .map(Entry::event)
                .anyMatch(event -> !(event instanceof Event.ScenarioFound
                        || event instanceof Event.ScenarioBlocked
                        || event instanceof Event.ScenarioSkipped));
    }

    /// Returns the scenario's name, or its id if that is not known.
    public String name() {
        return found.map(Event.ScenarioFound::name)
                .filter(name -> !name.isBlank())
                .orElse(id);
    }

    /// Returns the steps that must have ended, since they or later ones did something, but did not.
    Set<Integer> missingSteps() {
        Set<Integer> ended = new TreeSet<>();
        int last = -1;
        for (Entry entry : entries) {
            int step = switch (entry.event()) {
                case Event.StepEnded done -> {
                    ended.add(done.index());
                    yield done.index();
                }
                case Event.Observed observed -> observed.step();
                case Event.Checked checked -> checked.step();
                case Event.Attached attached -> attached.step();
                default -> -1;
            };
            last = Math.max(last, step);
        }
        Set<Integer> missing = new TreeSet<>();
        for (int step = 0; step <= last; step++) {
            if (!ended.contains(step)) {
                missing.add(step);
            }
        }
        return missing;
    }
}
