package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds the page's faults: the bands of its timeline.
final class FaultRows {
    static final int MOST = 2_000;

    private FaultRows() {}

    static List<Page.FaultRow> of(Facts run) {
        Map<String, Entry> ends = new HashMap<>();
        for (Entry entry : run.entriesOf(Event.FaultEnded.class)) {
            ends.putIfAbsent(((Event.FaultEnded) entry.event()).id(), entry);
        }
        return run.entriesOf(Event.FaultStarted.class).stream()
                .limit(MOST)
                .map(entry -> row(entry, (Event.FaultStarted) entry.event(), ends))
                .toList();
    }

    private static Page.FaultRow row(Entry entry, Event.FaultStarted fault, Map<String, Entry> ends) {
        Optional<Entry> end = Optional.ofNullable(ends.get(fault.id()));
        return new Page.FaultRow(
                fault.id(),
                fault.kind(),
                Shortened.to(200, fault.target()),
                Shortened.to(500, fault.summary()),
                Shortened.to(200, fault.by()),
                Millis.of(entry.nanos()),
                end.map(ended -> Millis.of(ended.nanos())),
                end.map(ended -> Shortened.to(500, ((Event.FaultEnded) ended.event()).how())));
    }
}
