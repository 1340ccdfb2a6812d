package dev.verdict.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.Position;
import dev.verdict.proto.Tokens.Kind;
import dev.verdict.proto.Tokens.Token;
import java.util.HashMap;
import java.util.Map;

/// Reads what a `.proto` file declares (protobuf's language specification, versions 2 and 3). Names
/// of types are left as they stand: protobuf itself finds what they mean. Options without a bearing
/// on messages and methods are passed over.
final class ProtoParser {
    private final Tokens tokens;
    private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
    private final Map<String, Position> places = new HashMap<>();
    private final Map<String, Position> imports = new HashMap<>();

    /// @param text of the file
    /// @throws PlanException if it cannot be read
    ProtoParser(String name, String path, String text) {
        this.tokens = new Tokens(path, text);
        file.setName(name);
        while (tokens.peek().kind() != Kind.END) {
            declaration();
        }
    }

    FileDescriptorProto.Builder file() {
        return file;
    }

    /// Returns where each import stands.
    Map<String, Position> imports() {
        return imports;
    }

    /// Returns where each full name is declared.
    Map<String, Position> places() {
        return places;
    }

    private void declaration() {
        Token word = tokens.take();
        switch (word.text()) {
            case ";" -> {
                // Nothing is declared.
            }
            case "syntax" -> syntax();
            case "import" -> imported();
            case "package" -> {
                file.setPackage(tokens.expect(Kind.WORD, "a name").text());
                tokens.expect(";");
            }
            case "option" -> Options.skip(tokens);
            case "message" -> message(file.addMessageTypeBuilder(), file.getPackage());
            case "enum" -> enumeration(file.addEnumTypeBuilder(), file.getPackage());
            case "service" -> service(file.addServiceBuilder());
            case "extend" -> {
                String extended = tokens.expect(Kind.WORD, "a message").text();
                tokens.expect("{");
                while (!tokens.takes("}")) {
                    fields(file.getPackage()).plain(file.addExtensionBuilder().setExtendee(extended));
                }
            }
            default ->
                throw tokens.problem(
                        word,
                        "expected syntax, import, package, option, message, enum, service or extend, found '"
                                + word.text() + "'" + (word.is("edition") ? "; only proto2 and proto3 are read" : ""));
        }
    }

    private void syntax() {
        tokens.expect("=");
        Token version = tokens.expect(Kind.TEXT, "\"proto3\"");
        if (!version.text().equals("proto2") && !version.text().equals("proto3")) {
            throw tokens.problem(version, "the syntax '" + version.text() + "' is unknown; expected proto2 or proto3");
        }
        if (version.text().equals("proto3")) {
            file.setSyntax("proto3");
        }
        tokens.expect(";");
    }

    private void imported() {
        boolean open = tokens.takes("public");
        boolean weak = !open && tokens.takes("weak");
        Token name = tokens.expect(Kind.TEXT, "the file that is imported, in quotes");
        if (open) {
            file.addPublicDependency(file.getDependencyCount());
        } else if (weak) {
            file.addWeakDependency(file.getDependencyCount());
        }
        file.addDependency(name.text());
        imports.put(name.text(), tokens.position(name));
        tokens.expect(";");
    }

    private FieldParser fields(String scope) {
        return new FieldParser(tokens, places, scope, file.getSyntax().equals("proto3"));
    }

    private String named(Token name, String scope) {
        String full = scope.isEmpty() ? name.text() : scope + "." + name.text();
        places.put(full, tokens.position(name));
        return full;
    }

    private void message(DescriptorProto.Builder message, String outer) {
        Token name = tokens.expect(Kind.WORD, "the message's name");
        String scope = named(name, outer);
        message.setName(name.text());
        tokens.expect("{");
        FieldParser fields = fields(scope);
        while (!tokens.takes("}")) {
            Token word = tokens.peek();
            switch (word.kind() == Kind.WORD || word.is(";") ? word.text() : "") {
                case ";" -> tokens.take();
                case "option" -> {
                    tokens.take();
                    Options.skip(tokens);
                }
                case "message" -> {
                    tokens.take();
                    message(message.addNestedTypeBuilder(), scope);
                }
                case "enum" -> {
                    tokens.take();
                    enumeration(message.addEnumTypeBuilder(), scope);
                }
                case "extend" -> {
                    tokens.take();
                    String extended = tokens.expect(Kind.WORD, "a message").text();
                    tokens.expect("{");
                    while (!tokens.takes("}")) {
                        fields.plain(message.addExtensionBuilder().setExtendee(extended));
                    }
                }
                case "reserved" -> Options.skipTo(tokens, ";");
                case "extensions" -> extensions(message);
                default -> fields.of(message);
            }
        }
        FieldParser.closeOptionals(message);
    }

    private void extensions(DescriptorProto.Builder message) {
        tokens.take();
        do {
            int from = FieldParser.number(tokens, 1);
            int to = from;
            if (tokens.takes("to")) {
                to = tokens.takes("max") ? FieldParser.LARGEST : FieldParser.number(tokens, 1);
            }
            message.addExtensionRangeBuilder().setStart(from).setEnd(to + 1);
        } while (tokens.takes(","));
        Options.list(tokens, FieldDescriptorProto.newBuilder());
        tokens.expect(";");
    }

    private void enumeration(EnumDescriptorProto.Builder one, String outer) {
        Token name = tokens.expect(Kind.WORD, "the enum's name");
        String scope = named(name, outer);
        one.setName(name.text());
        tokens.expect("{");
        while (!tokens.takes("}")) {
            Token value = tokens.take();
            if (value.is("reserved") && !tokens.peek().is("=")) {
                Options.skipTo(tokens, ";");
            } else if (value.is("option") && !tokens.peek().is("=")) {
                if (Options.skip(tokens).equals("allow_alias")) {
                    one.getOptionsBuilder().setAllowAlias(true);
                }
            } else if (value.kind() == Kind.WORD) {
                named(value, scope);
                tokens.expect("=");
                int number = FieldParser.number(tokens, tokens.takes("-") ? -1 : 1);
                one.addValueBuilder().setName(value.text()).setNumber(number);
                Options.list(tokens, FieldDescriptorProto.newBuilder());
                tokens.expect(";");
            } else if (!value.is(";")) {
                throw tokens.problem(value, "expected the name of a value, found '" + value.text() + "'");
            }
        }
    }

    private void service(ServiceDescriptorProto.Builder service) {
        Token name = tokens.expect(Kind.WORD, "the service's name");
        String scope = named(name, file.getPackage());
        service.setName(name.text());
        tokens.expect("{");
        while (!tokens.takes("}")) {
            if (tokens.takes("option")) {
                Options.skip(tokens);
            } else if (!tokens.takes(";")) {
                method(service.addMethodBuilder(), scope);
            }
        }
    }

    private void method(MethodDescriptorProto.Builder method, String scope) {
        tokens.expect("rpc");
        Token name = tokens.expect(Kind.WORD, "the method's name");
        named(name, scope);
        method.setName(name.text());
        if (streams()) {
            method.setClientStreaming(true);
        }
        method.setInputType(tokens.expect(Kind.WORD, "a message").text());
        tokens.expect(")");
        tokens.expect("returns");
        if (streams()) {
            method.setServerStreaming(true);
        }
        method.setOutputType(tokens.expect(Kind.WORD, "a message").text());
        tokens.expect(")");
        if (tokens.takes("{")) {
            while (!tokens.takes("}")) {
                if (!tokens.takes(";")) {
                    tokens.expect("option");
                    Options.skip(tokens);
                }
            }
        } else {
            tokens.expect(";");
        }
    }

    private boolean streams() {
        tokens.expect("(");
        return tokens.takes("stream");
    }
}
