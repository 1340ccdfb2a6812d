package dev.verdict.run;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Tells the journal and then the listeners. Whoever tells a fact never sees this fail, since
/// teardown has to go on when the disk is full; the run is stopped instead, and the first failure
/// kept for [#check].
final class Telling implements Journal {
    private final Journal journal;
    private final List<Journal> listeners;
    private final RunControl control;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Telling(Journal journal, List<Journal> listeners, RunControl control) {
        this.journal = journal;
        this.listeners = List.copyOf(listeners);
        this.control = control;
    }

    @Override
    public void emit(Event event) {
        tell(journal, event);
        listeners.forEach(listener -> tell(listener, event));
    }

    /// Throws what went wrong first, if anything did: the run has no evidence then.
    void check() {
        RuntimeException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private void tell(Journal to, Event event) {
        try {
            to.emit(event);
        } catch (RuntimeException e) {
            if (failure.compareAndSet(null, e)) {
                control.interrupt("the run cannot be recorded: " + e.getMessage());
            }
        }
    }
}
