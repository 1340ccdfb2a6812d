package dev.verdict.load.client;

import dev.verdict.http.Headers;
import dev.verdict.http.HttpClient;
import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpLimits;
import dev.verdict.http.HttpRequest;
import dev.verdict.http.HttpStream;
import dev.verdict.load.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads streams of server-sent events (WHATWG HTML, section 9.2), a connection for each.
final class EventUser implements Client {
    private static final int LONGEST = 1 << 20;

    private final Protocol.Events events;
    private final HttpClient client;
    private final Duration timeout;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long bytes;

    EventUser(Protocol.Events events, HttpLimits limits, Duration timeout) {
        this.events = events;
        this.client = new HttpClient(limits);
        this.timeout = timeout;
    }

    /// Each stream has a connection of its own, made when it is asked for.
    @Override
    public boolean connect() {
        return false;
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException, WrongAnswer {
        HttpRequest request = new HttpRequest("GET", URI.create(texts.getFirst()), headers(texts), new byte[0]);
        bytes = 0;
        try (HttpStream stream = client.open(request, timeout)) {
            if (stream.status() != 200) {
                throw new WrongAnswer(ErrorKind.STATUS, "status " + stream.status());
            }
            String media = stream.headers().first("Content-Type").orElse("nothing");
            if (!media.startsWith("text/event-stream")) {
                throw new WrongAnswer(ErrorKind.CHECK, "no event stream but " + media);
            }
            return new Answered(read(stream, watch), bytes, request.encoded().length);
        }
    }

    private Headers headers(List<String> texts) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < events.headers().size(); i++) {
            fields.put(events.headers().get(i), texts.get(i + 1));
        }
        fields.putIfAbsent("Accept", "text/event-stream");
        return Headers.of(fields);
    }

    /// Returns the data of the last event before the end.
    private String read(HttpStream stream, Watch watch) throws IOException, WrongAnswer {
        String last = "";
        String data = "";
        long count = 0;
        while (count < events.most() && nextLine(stream)) {
            String text = line.toString(StandardCharsets.UTF_8);
            if (text.startsWith("data:")) {
                data += (data.isEmpty() ? "" : "\n")
                        + text.substring("data:".length()).strip();
            } else if (text.isEmpty() && !data.isEmpty()) {
                watch.event();
                count++;
                if (data.equals(events.until())) {
                    return last;
                }
                last = data;
                data = "";
            }
        }
        if (!events.until().isEmpty()) {
            throw new WrongAnswer(ErrorKind.CHECK, "the stream ended without '" + events.until() + "'");
        }
        if (count == 0) {
            throw new WrongAnswer(ErrorKind.CHECK, "the stream ended without an event");
        }
        return last;
    }

    private boolean nextLine(HttpStream stream) throws IOException {
        line.reset();
        for (int next = stream.read(); next >= 0; next = stream.read()) {
            bytes++;
            if (next == '\n') {
                return true;
            }
            if (line.size() == LONGEST) {
                throw new HttpFailure(HttpFailure.Kind.TOO_LARGE, "an event of more than " + LONGEST + " bytes");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return false;
    }

    @Override
    public void close() {
        // A stream is closed by whoever reads it, and none is kept.
    }
}
