package shop;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes flat JSON objects: the shop needs no others.
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /// Reads an object of texts and whole numbers.
    ///
    /// @throws BadRequest if it is anything else
    static Map<String, Object> read(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRequest("expected a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    values.put(name, parser.getString());
                } else if (value == JsonToken.VALUE_NUMBER_INT) {
                    values.put(name, parser.getLongValue());
                } else {
                    throw new BadRequest(name + " is neither a text nor a whole number");
                }
            }
        } catch (StreamReadException e) {
            throw new BadRequest("not JSON: " + e.getOriginalMessage());
        }
        return values;
    }

    static String write(Map<String, ?> values) {
        return write(generator -> object(generator, values));
    }

    static String write(List<? extends Map<String, ?>> list) {
        return write(generator -> {
            generator.writeStartArray();
            list.forEach(values -> object(generator, values));
            generator.writeEndArray();
        });
    }

    private interface Writer {
        void to(JsonGenerator generator);
    }

    private static String write(Writer writer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            writer.to(generator);
        }
        return text.toString();
    }

    private static void object(JsonGenerator generator, Map<String, ?> values) {
        generator.writeStartObject();
        values.forEach((name, value) -> {
            generator.writeName(name);
            if (value instanceof Number number) {
                generator.writeNumber(number.longValue());
            } else {
                generator.writeString(value.toString());
            }
        });
        generator.writeEndObject();
    }
}
