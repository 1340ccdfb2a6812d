package dev.verdict.scenario.steps;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Receives server-sent events (WHATWG HTML, section 9.2) until it is closed.
final class EventStream implements AutoCloseable {
    private final InputStream in;
    private final Inbox inbox;
    private String type = "";
    private final StringBuilder data = new StringBuilder();

    private EventStream(InputStream in, Inbox inbox) {
        this.in = in;
        this.inbox = inbox;
    }

    /// Connects, and receives from then on.
    static EventStream open(Address address, URI uri, Map<String, String> headers, Duration timeout, Inbox inbox)
            throws NoAnswer, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
        headers.forEach(request::header);
        request.setHeader("Accept", "text/event-stream");
        HttpResponse<InputStream> response = HttpConnections.await(
                HttpConnections.client().sendAsync(request.build(), BodyHandlers.ofInputStream()),
                inbox.label(),
                address,
                timeout);
        EventStream stream = new EventStream(response.body(), inbox);
        String media = response.headers().firstValue("Content-Type").orElse("no content type");
        if (response.statusCode() != 200 || !media.startsWith("text/event-stream")) {
            stream.close();
            throw new NoAnswer(inbox.label() + ": no event stream, but status " + response.statusCode() + ", " + media);
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
        try {
            in.close();
        } catch (IOException e) {
            inbox.end("broke: " + e.getMessage());
        }
    }
}
