package dev.verdict.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import dev.verdict.plan.Position;
import dev.verdict.proto.Tokens.Kind;
import dev.verdict.proto.Tokens.Token;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the fields of a message.
///
/// @param places where it writes down where each full name is declared
/// @param scope the message's full name
/// @param proto3 whether the file has that syntax
record FieldParser(Tokens tokens, Map<String, Position> places, String scope, boolean proto3) {
    /// Is the largest number of a field.
    static final int LARGEST = (1 << 29) - 1;

    private static final Map<String, FieldDescriptorProto.Type> SCALARS = Arrays.stream(
                    FieldDescriptorProto.Type.values())
            .filter(type -> !type.name().matches("TYPE_(?:GROUP|MESSAGE|ENUM)"))
            .collect(Collectors.toUnmodifiableMap(
                    type -> type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT), Function.identity()));

    /// Reads one field, a map or a `oneof` of a message.
    void of(DescriptorProto.Builder message) {
        if (tokens.takes("oneof")) {
            oneOf(message);
        } else if (tokens.peek().is("map")) {
            map(message);
        } else {
            plain(message.addFieldBuilder());
        }
    }

    private void oneOf(DescriptorProto.Builder message) {
        int index = message.getOneofDeclCount();
        message.addOneofDeclBuilder().setName(tokens.expect(Kind.WORD, "a name").text());
        tokens.expect("{");
        while (!tokens.takes("}")) {
            if (tokens.takes("option")) {
                Options.skip(tokens);
            } else if (!tokens.takes(";")) {
                plain(message.addFieldBuilder().setOneofIndex(index));
            }
        }
    }

    /// Reads a field as protoc does: a list of messages, each of which has a key and a value.
    private void map(DescriptorProto.Builder message) {
        tokens.take();
        FieldDescriptorProto.Builder key = field("key", 1);
        FieldDescriptorProto.Builder value = field("value", 2);
        tokens.expect("<");
        type(key);
        tokens.expect(",");
        type(value);
        tokens.expect(">");
        FieldDescriptorProto.Builder field = message.addFieldBuilder().setLabel(Label.LABEL_REPEATED);
        named(field);
        String entry = camel(field.getName()) + "Entry";
        field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(entry);
        DescriptorProto.Builder nested =
                message.addNestedTypeBuilder().setName(entry).addField(key).addField(value);
        nested.getOptionsBuilder().setMapEntry(true);
    }

    private static FieldDescriptorProto.Builder field(String name, int number) {
        return FieldDescriptorProto.newBuilder().setName(name).setNumber(number).setLabel(Label.LABEL_OPTIONAL);
    }

    private static String camel(String name) {
        return Arrays.stream(name.split("_"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
    }

    /// Reads a field with its label.
    void plain(FieldDescriptorProto.Builder field) {
        field.setLabel(Label.LABEL_OPTIONAL);
        Token label = tokens.peek();
        switch (label.kind() == Kind.WORD ? label.text() : "") {
            case "repeated" -> field.setLabel(Label.LABEL_REPEATED);
            case "required" -> field.setLabel(Label.LABEL_REQUIRED);
            case "optional" -> {
                if (proto3) {
                    field.setProto3Optional(true);
                }
            }
            default -> {
                type(field);
                named(field);
                return;
            }
        }
        tokens.take();
        type(field);
        named(field);
    }

    private void type(FieldDescriptorProto.Builder field) {
        Token type = tokens.expect(Kind.WORD, "a type");
        if (type.is("group")) {
            throw tokens.problem(type, "groups are not read; declare a message");
        }
        FieldDescriptorProto.Type scalar = SCALARS.get(type.text());
        if (scalar == null) {
            field.setTypeName(type.text());
        } else {
            field.setType(scalar);
        }
    }

    private void named(FieldDescriptorProto.Builder field) {
        Token name = tokens.expect(Kind.WORD, "the field's name");
        places.put(scope.isEmpty() ? name.text() : scope + "." + name.text(), tokens.position(name));
        tokens.expect("=");
        field.setName(name.text()).setNumber(number(tokens, 1));
        Options.list(tokens, field);
        tokens.expect(";");
    }

    /// Reads a whole number.
    static int number(Tokens tokens, int sign) {
        Token token = tokens.expect(Kind.NUMBER, "a number");
        try {
            return Math.toIntExact(sign * Long.decode(token.text()));
        } catch (ArithmeticException | NumberFormatException e) {
            throw tokens.problem(token, "'" + token.text() + "' is no number of a field or an enum");
        }
    }

    /// Gives each `optional` field of proto3 the `oneof` of its own by which its presence is known.
    static void closeOptionals(DescriptorProto.Builder message) {
        for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDeclBuilder().setName("_" + field.getName());
            }
        }
    }
}
