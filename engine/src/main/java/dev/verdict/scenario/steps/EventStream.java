package dev.verdict.scenario.steps;

import dev.verdict.http.HttpStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Receives server-sent events (WHATWG HTML, section 9.2) until it is closed.
final class EventStream implements AutoCloseable {
    private final HttpStream in;
    private final Inbox inbox;
    private String type = "";
    private final StringBuilder data = new StringBuilder();

    private EventStream(HttpStream in, Inbox inbox) {
        this.in = in;
        this.inbox = inbox;
    }

    /// Receives what comes over a connection.
    ///
    /// @throws NoAnswer if it is no event stream; the connection is closed then
    static EventStream over(HttpStream response, Inbox inbox) throws NoAnswer {
        EventStream stream = new EventStream(response, inbox);
        String media = response.headers().first("Content-Type").orElse("no content type");
        if (response.status() != 200 || !media.startsWith("text/event-stream")) {
            stream.close();
            throw new NoAnswer(inbox.label() + ": no event stream, but status " + response.status() + ", " + media);
        }
        Thread.ofVirtual().name(inbox.label()).start(stream::receive);
        return stream;
    }

    private void receive() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                accept(line);
            }
            inbox.end("ended by the service");
        } catch (IOException | IllegalStateException e) {
            inbox.end("broke: " + e.getMessage());
        }
    }

    private void accept(String line) {
        if (line.isEmpty()) {
            dispatch();
            return;
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "event" -> type = value;
            case "data" -> data.append(value).append('\n');
            default -> {
                // Comments, ids and retry times carry nothing that a check looks at.
            }
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            inbox.add(new Inbox.Arrival(type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1)));
        }
        data.setLength(0);
        type = "";
    }

    @Override
    public void close() {
        inbox.end("closed by the scenario");
        in.close();
    }
}
