package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds the entries about one subject, in the journal's order.
record Facts(List<Entry> entries) {
    static final Facts NONE = new Facts(List.of());

    Facts {
        entries = List.copyOf(entries);
    }

    <E extends Event> List<E> all(Class<E> kind) {
        return entries.stream()
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    List<Entry> entriesOf(Class<? extends Event> kind) {
        return entries.stream().filter(entry -> kind.isInstance(entry.event())).toList();
    }

    <E extends Event> Optional<E> first(Class<E> kind) {
        return entries.stream()
                .map(Entry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    /// Returns when the first event of a kind was told, in milliseconds since the journal's start.
    Optional<Double> when(Class<? extends Event> kind) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.event()))
                .findFirst()
                .map(entry -> Millis.of(entry.nanos()));
    }

    /// Cuts the entries before each event of `kind`; what comes before the first stays with it.
    List<Facts> from(Class<? extends Event> kind) {
        List<Facts> parts = new ArrayList<>();
        List<Entry> part = new ArrayList<>();
        boolean begun = false;
        for (Entry entry : entries) {
            boolean begins = kind.isInstance(entry.event());
            if (begins && begun) {
                parts.add(new Facts(part));
                part.clear();
            }
            begun |= begins;
            part.add(entry);
        }
        if (!part.isEmpty()) {
            parts.add(new Facts(part));
        }
        return parts;
    }
}
