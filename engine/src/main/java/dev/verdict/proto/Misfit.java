package dev.verdict.proto;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.verdict.plan.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Finds where JSON does not fit a message, of which protobuf's own reader says no more than what.
/// It asks that reader about smaller and smaller parts.
record Misfit(JsonFormat.Parser parser, Descriptor type) {
    /// Says where and why.
    ///
    /// @param why what the reader says
    String words(String json, String why) {
        JsonNode node;
        try {
            node = new JsonMapper().readTree(json);
        } catch (JacksonException e) {
            return "the message is no JSON: " + e.getOriginalMessage();
        }
        return find(node, type, "$").orElse("the message is no " + type.getFullName() + ": " + why);
    }

    private Optional<String> find(JsonNode node, Descriptor message, String path) {
        if (!node.isObject()) {
            return Optional.of(path + ": expected an object, a " + message.getFullName() + ", found " + cut(node));
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String place = path + "." + entry.getKey();
            Optional<FieldDescriptor> field = field(message, entry.getKey());
            if (field.isEmpty()) {
                return Optional.of(place + ": " + message.getFullName() + " has no such field"
                        + Nearest.to(entry.getKey(), names(message))
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; it has " + String.join(", ", names(message))));
            }
            if (!fits(entry.getKey(), entry.getValue(), message)) {
                return Optional.of(inside(field.get(), entry.getKey(), entry.getValue(), message, place));
            }
        }
        return Optional.empty();
    }

    private String inside(FieldDescriptor field, String name, JsonNode value, Descriptor message, String place) {
        if (field.isRepeated() && !field.isMapField() && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                JsonNode one = new JsonMapper().createArrayNode().add(value.get(i));
                if (!fits(name, one, message)) {
                    return single(field, value.get(i), place + "[" + i + "]");
                }
            }
        }
        if (field.isMapField() && value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                JsonNode one = new JsonMapper().createObjectNode().set(entry.getKey(), entry.getValue());
                if (!fits(name, one, message)) {
                    return single(
                            field.getMessageType().findFieldByName("value"),
                            entry.getValue(),
                            place + "." + entry.getKey());
                }
            }
        }
        return field.isRepeated()
                ? place + ": expected " + (field.isMapField() ? "an object" : "an array") + ", found " + cut(value)
                : single(field, value, place);
    }

    private String single(FieldDescriptor field, JsonNode value, String place) {
        boolean own = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !field.getMessageType().getFullName().startsWith("google.protobuf.");
        Optional<String> deeper = own ? find(value, field.getMessageType(), place) : Optional.empty();
        return deeper.orElseGet(() -> place + ": expected " + kind(field) + ", found " + cut(value));
    }

    private static String kind(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> "a " + field.getMessageType().getFullName();
            case ENUM ->
                "one of "
                        + String.join(
                                ", ",
                                field.getEnumType().getValues().stream()
                                        .map(value -> value.getName())
                                        .toList());
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                "a value of type " + field.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    private boolean fits(String name, JsonNode value, Descriptor message) {
        try {
            JsonNode alone = new JsonMapper().createObjectNode().set(name, value);
            parser.merge(alone.toString(), DynamicMessage.newBuilder(message));
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static Optional<FieldDescriptor> field(Descriptor message, String name) {
        return message.getFields().stream()
                .filter(field ->
                        field.getName().equals(name) || field.getJsonName().equals(name))
                .findFirst();
    }

    private static List<String> names(Descriptor message) {
        List<String> names = new ArrayList<>();
        message.getFields().forEach(field -> names.add(field.getJsonName()));
        return names;
    }

    private static String cut(JsonNode node) {
        String text = node.toString();
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }
}
