package dev.verdict.scenario.steps;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps what arrived over one event stream or socket, while its own thread goes on receiving.
final class Inbox {
    private static final int MAX_ARRIVALS = 100_000;

    /// Is an event or a message.
    ///
    /// @param type an event's; empty for a message
    record Arrival(String type, String text) {}

    private final String label;
    private final List<Arrival> arrivals = new ArrayList<>();
    private long size;
    private @Nullable String end;
    private int shown;
    private @Nullable Arrival chosen;

    /// @param label as `event stream /events of orders.http`
    Inbox(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    synchronized void add(Arrival arrival) {
        size += arrival.text().length();
        if (arrivals.size() >= MAX_ARRIVALS || size > Content.MAX_BYTES) {
            throw new IllegalStateException(
                    "more than " + MAX_ARRIVALS + " arrivals or " + Content.MAX_BYTES + " characters over " + label);
        }
        arrivals.add(arrival);
    }

    /// Takes note that nothing will come any more; the first reason stands.
    synchronized void end(String reason) {
        end = end == null ? reason : end;
    }

    synchronized Optional<String> ended() {
        return Optional.ofNullable(end);
    }

    synchronized List<Arrival> all(String type) {
        return arrivals.stream()
                .filter(arrival -> type.isEmpty() || arrival.type().equals(type))
                .toList();
    }

    /// Returns the arrival that a check picked last, else the last one.
    synchronized Optional<Arrival> current() {
        return chosen != null
                ? Optional.of(chosen)
                : arrivals.isEmpty() ? Optional.empty() : Optional.of(arrivals.getLast());
    }

    synchronized void choose(Arrival arrival) {
        chosen = arrival;
    }

    /// Journals what arrived since the last time, if anything did.
    ///
    /// @param kind `sse` or `websocket`
    /// @param thing `events` or `messages`
    synchronized void observe(Observer observer, String kind, String thing) {
        List<Arrival> fresh = List.copyOf(arrivals.subList(shown, arrivals.size()));
        if (fresh.isEmpty()) {
            return;
        }
        shown = arrivals.size();
        StringBuilder content = new StringBuilder();
        fresh.forEach(arrival -> content.append(arrival.type().isEmpty() ? "" : arrival.type() + ": ")
                .append(arrival.text())
                .append('\n'));
        observer.seen(
                kind,
                label,
                fresh.size() + " new " + thing + ", " + arrivals.size() + " in all",
                content.toString().getBytes(StandardCharsets.UTF_8));
    }
}
