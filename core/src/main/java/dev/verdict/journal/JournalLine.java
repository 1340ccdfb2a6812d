package dev.verdict.journal;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Reads one line: `seq`, `at`, `nanos` and `type`, in this order, then the event's own properties.
/// Properties that this version does not know are left out; an event that it does not know becomes
/// an [Event.UnknownEvent].
final class JournalLine {
    private final ObjectReader any;
    private final Map<String, ObjectReader> readers;

    JournalLine() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new SimpleModule("nanos").addDeserializer(Duration.class, new NanosDeserializer()))
                .addMixIn(Event.class, Untyped.class)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .build();
        any = mapper.reader();
        readers = Arrays.stream(Event.class.getPermittedSubclasses())
                .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, mapper::readerFor));
    }

    /// Reads a line without its end.
    ///
    /// @throws JacksonException if it is no JSON or lacks something
    /// @throws IllegalArgumentException if it is JSON but no entry
    Entry read(byte[] bytes, int from, int length) throws JacksonException {
        try (JsonParser in = any.createParser(bytes, from, length)) {
            require(in.nextToken() == JsonToken.START_OBJECT, "an object");
            long seq = property(in, "seq", JsonParser::getLongValue);
            Instant at = Instant.parse(property(in, "at", JsonParser::getString));
            long nanos = property(in, "nanos", JsonParser::getLongValue);
            String type = property(in, "type", JsonParser::getString);
            Event event = event(type, in, bytes, from, length);
            require(in.nextToken() == null, "nothing after the object");
            return new Entry(seq, at, nanos, event);
        }
    }

    private Event event(String type, JsonParser in, byte[] bytes, int from, int length) {
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            skipRest(in);
            return new Event.UnknownEvent(type, new String(bytes, from, length, StandardCharsets.UTF_8));
        }
        // Every event has a property; at an object's end a reader would answer null instead.
        require(in.nextToken() == JsonToken.PROPERTY_NAME, "the properties of " + type);
        return reader.readValue(in);
    }

    private static void skipRest(JsonParser in) {
        while (in.nextToken() == JsonToken.PROPERTY_NAME) {
            in.nextToken();
            in.skipChildren();
        }
    }

    private static <T> T property(JsonParser in, String name, Function<JsonParser, T> value) {
        require(name.equals(in.nextName()), "\"" + name + "\"");
        in.nextToken();
        return value.apply(in);
    }

    private static void require(boolean found, String expected) {
        if (!found) {
            throw new IllegalArgumentException("expected " + expected);
        }
    }

    /// Turns off the type property, which is read before the event is.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    private interface Untyped {}

    private static final class NanosDeserializer extends StdDeserializer<Duration> {
        NanosDeserializer() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws JacksonException {
            return Duration.ofNanos(in.getLongValue());
        }
    }
}
