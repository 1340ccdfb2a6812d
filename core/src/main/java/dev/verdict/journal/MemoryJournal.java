package dev.verdict.journal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Keeps a journal in memory: for tests, and for judging what was never written.
public final class MemoryJournal implements Journal {
    private final Clock clock;
    private final long start = System.nanoTime();
    private final List<Entry> entries = new ArrayList<>();

    public MemoryJournal() {
        this(Clock.systemUTC());
    }

    public MemoryJournal(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void emit(Event event) {
        entries.add(new Entry(entries.size() + 1L, clock.instant(), System.nanoTime() - start, event));
    }

    /// Returns what was told so far.
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// Returns the events of one kind, in order.
    public <E extends Event> List<E> all(Class<E> kind) {
        return entries().stream()
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
