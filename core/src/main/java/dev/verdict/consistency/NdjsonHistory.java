package dev.verdict.consistency;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes Verdict's own form of a history: one event a line.
public final class NdjsonHistory {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_DEPTH = 64;

    private final History.Builder builder = new History.Builder();
    private final Values values = builder.values();

    private NdjsonHistory() {}

    /// Reads a history.
    ///
    /// @throws HistoryException if it is malformed, or cannot have happened
    public static History read(InputStream in) throws IOException {
        var reading = new NdjsonHistory();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                reading.line(number, line);
            }
        }
        return reading.builder.build();
    }

    /// Writes a history so that [#read] returns an equal one; leaves the stream open.
    public static void write(History history, OutputStream out) throws IOException {
        int[] order = order(history);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false);
            for (int event : order) {
                if (event >= 0) {
                    write(json, history, event, "invoke", history.argument(event), history.callNanos(event));
                } else {
                    int operation = ~event;
                    Completion completion = history.completion(operation);
                    String type = completion.name().toLowerCase(Locale.ROOT);
                    write(json, history, operation, type, history.result(operation), history.returnNanos(operation));
                }
                json.writeRaw('\n');
            }
        }
    }

    /// Puts calls and returns back into their order; a return that never came has no event.
    private static int[] order(History history) {
        int[] order = new int[history.events()];
        Arrays.fill(order, Integer.MIN_VALUE);
        for (int operation = 0; operation < history.size(); operation++) {
            order[history.called(operation)] = operation;
            if (history.returned(operation) != History.NEVER) {
                order[history.returned(operation)] = ~operation;
            }
        }
        return Arrays.stream(order).filter(event -> event != Integer.MIN_VALUE).toArray();
    }

    private static void write(JsonGenerator json, History history, int operation, String type, int value, long nanos) {
        json.writeStartObject();
        json.writeNumberProperty("process", history.process(operation));
        json.writeStringProperty("type", type);
        json.writeStringProperty("f", history.functions().get(history.function(operation)));
        if (history.key(operation) != Values.NIL) {
            json.writeName("key");
            write(json, history.values().value(history.key(operation)));
        }
        if (value != Values.NIL) {
            json.writeName("value");
            write(json, history.values().value(value));
        }
        if (history.timed()) {
            json.writeNumberProperty("time", nanos);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Value value) {
        switch (value) {
            case Value.Nil _ -> json.writeNull();
            case Value.Bool bool -> json.writeBoolean(bool.value());
            case Value.Int number -> json.writeNumber(number.value());
            case Value.Text text -> json.writeString(text.value());
            case Value.Many many -> write(json, many.items());
            case Value.Members members -> write(json, members.items());
            case Value.Fields fields -> {
                json.writeStartObject();
                for (Value.Field field : fields.fields()) {
                    json.writeName(
                            field.name() instanceof Value.Text text
                                    ? text.value()
                                    : field.name().toString());
                    write(json, field.value());
                }
                json.writeEndObject();
            }
        }
    }

    private static void write(JsonGenerator json, Iterable<Value> items) {
        json.writeStartArray();
        items.forEach(item -> write(json, item));
        json.writeEndArray();
    }

    private void line(long number, String line) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new HistoryException(number, "an event is a JSON object with process, type and f");
            }
            event(number, json);
            if (json.nextToken() != null) {
                throw new HistoryException(number, "more than one event in a line");
            }
        } catch (JacksonException e) {
            throw new HistoryException(number, "no JSON: " + e.getOriginalMessage());
        }
    }

    private void event(long number, JsonParser json) {
        var event = new Event(number);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            switch (name) {
                case "process" -> event.process(whole(number, name, json));
                case "type" -> event.type(text(number, name, json));
                case "f" -> event.function(text(number, name, json));
                case "key" -> event.key(value(number, json, token, 0));
                case "value" -> event.value(value(number, json, token, 0));
                case "time" -> event.nanos(whole(number, name, json));
                default ->
                    throw new HistoryException(
                            number,
                            "an event has no '%s'; it has process, type, f, key, value and time".formatted(name));
            }
        }
        event.addTo(builder);
    }

    private static long whole(long number, String name, JsonParser json) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new HistoryException(number, "'%s' is a whole number".formatted(name));
        }
        return json.getLongValue();
    }

    private static String text(long number, String name, JsonParser json) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new HistoryException(number, "'%s' is a text".formatted(name));
        }
        return json.getString();
    }

    private int value(long number, JsonParser json, JsonToken token, int depth) {
        if (depth > MAX_DEPTH) {
            throw new HistoryException(number, "a value is nested deeper than " + MAX_DEPTH);
        }
        return switch (token) {
            case VALUE_NULL -> Values.NIL;
            case VALUE_TRUE -> Values.TRUE;
            case VALUE_FALSE -> Values.FALSE;
            case VALUE_STRING -> values.text(json.getString());
            case VALUE_NUMBER_INT -> whole(json).map(values::integer).orElseGet(() -> values.text(json.getString()));
            case START_ARRAY -> list(number, json, depth);
            case START_OBJECT -> map(number, json, depth);
            default -> values.text(json.getString());
        };
    }

    private static Optional<Long> whole(JsonParser json) {
        return switch (json.getNumberType()) {
            case INT, LONG -> Optional.of(json.getLongValue());
            default -> Optional.empty();
        };
    }

    private int list(long number, JsonParser json, int depth) {
        var cells = new Cells();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            cells.add(value(number, json, token, depth + 1));
        }
        return values.list(cells.toArray());
    }

    private int map(long number, JsonParser json, int depth) {
        var cells = new Cells();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            cells.add(values.text(json.currentName()));
            cells.add(value(number, json, json.nextToken(), depth + 1));
        }
        return values.map(cells.toArray());
    }
}
