package dev.verdict.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.TypeFactory;

/// Writes an event as one JSON object in one line, redacted, and shortened where it must be.
final class EventJson {
    /// Longest line of a journal in bytes, with its end.
    static final int MAX_LINE = 1 << 20;

    /// Room for `seq`, `at` and `nanos`, which the writer puts in front.
    static final int PREFIX = 128;

    private static final String LIMIT = "limit";

    private final ObjectWriter writer;

    EventJson(Redactor redactor) {
        var texts = new SimpleModule("texts")
                .addSerializer(String.class, new TextSerializer(redactor))
                .addSerializer(new ListSerializer(redactor))
                .addKeySerializer(String.class, new KeySerializer(redactor))
                .addSerializer(Duration.class, new NanosSerializer());
        writer = JsonMapper.builder()
                .addModule(texts)
                .changeDefaultPropertyInclusion(values -> values.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build()
                .writerFor(Event.class);
    }

    /// Returns the event as UTF-8, without an end of line. Its longest strings and lists are cut,
    /// harder and harder, until it fits into a line; a cut one says so.
    byte[] write(Event event) {
        byte[] json = writer.writeValueAsBytes(event);
        for (int limit = MAX_LINE / 2; json.length > MAX_LINE - PREFIX; limit /= 2) {
            json = writer.withAttribute(LIMIT, limit).writeValueAsBytes(event);
        }
        return json;
    }

    private static int limit(SerializationContext context) {
        return context.getAttribute(LIMIT) instanceof Integer limit ? limit : Integer.MAX_VALUE;
    }

    /// Redacts before it cuts: half a secret would not be recognised.
    private static String clean(String text, Redactor redactor, int limit) {
        String whole = wellFormed(redactor.redact(text));
        if (whole.length() <= limit) {
            return whole;
        }
        int end = Character.isHighSurrogate(whole.charAt(limit - 1)) ? limit - 1 : limit;
        return whole.substring(0, end) + "…(shortened from %d characters)".formatted(whole.length());
    }

    /// Replaces half surrogate pairs, which have no UTF-8.
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return text;
    }

    private static final class TextSerializer extends StdSerializer<String> {
        private final Redactor redactor;

        TextSerializer(Redactor redactor) {
            super(String.class);
            this.redactor = redactor;
        }

        @Override
        public void serialize(String value, JsonGenerator out, SerializationContext context) throws JacksonException {
            out.writeString(clean(value, redactor, limit(context)));
        }
    }

    private static final class KeySerializer extends StdSerializer<String> {
        private final Redactor redactor;

        KeySerializer(Redactor redactor) {
            super(String.class);
            this.redactor = redactor;
        }

        @Override
        public void serialize(String value, JsonGenerator out, SerializationContext context) throws JacksonException {
            out.writeName(clean(value, redactor, limit(context)));
        }
    }

    /// Writes a list of strings: the only lists that events hold.
    private static final class ListSerializer extends StdSerializer<List<?>> {
        private final Redactor redactor;

        ListSerializer(Redactor redactor) {
            super(TypeFactory.createDefaultInstance().constructCollectionType(List.class, String.class));
            this.redactor = redactor;
        }

        @Override
        public void serialize(List<?> values, JsonGenerator out, SerializationContext context) throws JacksonException {
            int limit = limit(context);
            out.writeStartArray();
            for (Object value : values.subList(0, Math.min(values.size(), limit))) {
                out.writeString(clean((String) value, redactor, limit));
            }
            if (values.size() > limit) {
                out.writeString("…(%d more)".formatted(values.size() - limit));
            }
            out.writeEndArray();
        }
    }

    private static final class NanosSerializer extends StdSerializer<Duration> {
        NanosSerializer() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator out, SerializationContext context) throws JacksonException {
            out.writeNumber(value.toNanos());
        }
    }
}
