package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/// Keeps the event streams, or the sockets, of a scenario by name, and offers what arrived.
///
/// @param <S> what holds the connection
final class Streams<S extends AutoCloseable> {
    /// Bounds the wait of a check that does not say how long: arrivals come in their own time.
    static final Duration USUAL_WAIT = Duration.ofSeconds(10);

    private final String kind;
    private final String things;
    private final Observer observer;
    private final Map<String, S> connections = new LinkedHashMap<>();
    private final LinkedHashMap<String, Inbox> inboxes = new LinkedHashMap<>();

    /// @param kind of observation
    /// @param things `events` or `messages`
    Streams(String kind, String things, Observer observer) {
        this.kind = kind;
        this.things = things;
        this.observer = observer;
    }

    /// Takes a connection under a name; it becomes the last one, which a step means that names
    /// none.
    void add(String name, S connection, Inbox inbox) {
        inboxes.remove(name);
        connections.put(name, connection);
        inboxes.put(name, inbox);
        observer.fresh();
        observer.seen(kind, inbox.label(), "opened " + inbox.label(), new byte[0]);
    }

    S connection(String name) {
        inbox(name);
        return Objects.requireNonNull(connections.get(key(name)));
    }

    Inbox inbox(String name) {
        Inbox inbox = inboxes.isEmpty() ? null : inboxes.get(key(name));
        if (inbox == null) {
            throw new IllegalStateException("nothing was opened that sends " + things
                    + (name.isEmpty() ? "" : " as \"" + name + "\"; opened were " + inboxes.keySet()));
        }
        return inbox;
    }

    private String key(String name) {
        return name.isEmpty() ? inboxes.sequencedKeySet().getLast() : name;
    }

    /// Offers each arrival: any of them may pass.
    ///
    /// @param type of the events to look at; empty for all
    Source any(String name, String type) {
        Inbox inbox = inbox(name);
        String which = type.isEmpty() ? things : things + " " + type;
        return new Source() {
            @Override
            public String label() {
                return which + " over " + inbox.label();
            }

            @Override
            public List<Content> look() {
                inbox.observe(observer, kind, things);
                return inbox.all(type).stream()
                        .map(arrival -> Content.of(arrival.text()))
                        .toList();
            }

            @Override
            public void refresh(Duration atMost) {}

            @Override
            public void chosen(int index) {
                inbox.choose(inbox.all(type).get(index));
            }
        };
    }

    /// Offers the arrival that a check picked last, else the last one.
    Source current(String name) {
        Inbox inbox = inbox(name);
        return new Look("the last of the " + things + " over " + inbox.label(), () -> {
            inbox.observe(observer, kind, things);
            return inbox.current()
                    .<Content>map(arrival -> Content.of(arrival.text()))
                    .orElse(new Content.Absent("nothing came"));
        });
    }

    /// Offers all arrivals as one list.
    Source list(String name) {
        Inbox inbox = inbox(name);
        return new Look(things + " over " + inbox.label(), () -> {
            inbox.observe(observer, kind, things);
            ArrayNode list = Json.MAPPER.createArrayNode();
            inbox.all("").forEach(arrival -> list.add(Json.cell(arrival.text())));
            return Content.of(list);
        });
    }

    /// Offers all arrivals as one text, a line each.
    Source text(String name) {
        Inbox inbox = inbox(name);
        return new Look(things + " over " + inbox.label(), () -> {
            inbox.observe(observer, kind, things);
            return Content.of(
                    inbox.all("").stream().map(arrival -> arrival.text() + "\n").collect(Collectors.joining()));
        });
    }

    /// Offers how the connection ended, `open` while it has not.
    Source end(String name) {
        Inbox inbox = inbox(name);
        return new Look(inbox.label(), () -> {
            Optional<String> ended = inbox.ended();
            ended.ifPresent(reason -> observer.seen(kind, inbox.label(), reason, new byte[0]));
            return Content.of(ended.orElse("open"));
        });
    }
}
