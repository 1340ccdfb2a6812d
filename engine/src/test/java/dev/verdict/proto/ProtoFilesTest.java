package dev.verdict.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.verdict.plan.PlanException;
import io.grpc.channelz.v1.ChannelzProto;
import io.grpc.health.v1.HealthProto;
import io.grpc.reflection.v1.ServerReflectionProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads files, and compares what it finds in published ones with what protoc has found.
final class ProtoFilesTest {
    @TempDir
    private Path folder;

    @Test
    void published_files_mean_what_protoc_says() throws Exception {
        assertAlike("grpc/channelz/v1/channelz.proto", ChannelzProto.getDescriptor());
        assertAlike("grpc/health/v1/health.proto", HealthProto.getDescriptor());
        assertAlike("grpc/reflection/v1/reflection.proto", ServerReflectionProto.getDescriptor());
        for (FileDescriptor file : List.of(
                com.google.protobuf.StructProto.getDescriptor(),
                com.google.protobuf.TypeProto.getDescriptor(),
                com.google.protobuf.WrappersProto.getDescriptor(),
                com.google.protobuf.DescriptorProtos.getDescriptor())) {
            assertAlike(file.getName(), file);
        }
    }

    private void assertAlike(String name, FileDescriptor protoc) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = ProtoFilesTest.class.getClassLoader().getResourceAsStream(name)) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
        FileDescriptor read = ProtoFiles.read(List.of(file)).files().getFirst();
        assertThat(bare(read)).isEqualTo(bare(protoc));
    }

    /// Leaves out what says nothing of messages: options, reserved numbers, names of files.
    /// Names of types are those that were found.
    private static FileDescriptorProto bare(FileDescriptor file) {
        FileDescriptorProto.Builder bare = FileDescriptorProto.newBuilder().setPackage(file.getPackage());
        file.getMessageTypes().forEach(type -> bare.addMessageType(bare(type.toProto(), type)));
        file.getEnumTypes().forEach(type -> bare.addEnumType(bare(type.toProto())));
        file.getServices().forEach(service -> {
            var own = bare.addServiceBuilder().setName(service.getName());
            service.getMethods()
                    .forEach(method -> own.addMethodBuilder()
                            .setName(method.getName())
                            .setInputType(method.getInputType().getFullName())
                            .setOutputType(method.getOutputType().getFullName())
                            .setClientStreaming(method.isClientStreaming())
                            .setServerStreaming(method.isServerStreaming()));
        });
        return bare.build();
    }

    private static DescriptorProto bare(DescriptorProto message, com.google.protobuf.Descriptors.Descriptor type) {
        DescriptorProto.Builder bare = DescriptorProto.newBuilder().setName(message.getName());
        message.getOneofDeclList().forEach(one -> bare.addOneofDeclBuilder().setName(one.getName()));
        type.getFields().forEach(field -> {
            FieldDescriptorProto.Builder own =
                    field.toProto().toBuilder().clearOptions().clearTypeName();
            own.setType(field.getType().toProto()).setJsonName(field.getJsonName());
            if (field.getJavaType() == com.google.protobuf.Descriptors.FieldDescriptor.JavaType.MESSAGE) {
                own.setTypeName(field.getMessageType().getFullName());
            } else if (field.getJavaType() == com.google.protobuf.Descriptors.FieldDescriptor.JavaType.ENUM) {
                own.setTypeName(field.getEnumType().getFullName());
            }
            own.getOptionsBuilder().setPacked(field.isPacked());
            bare.addField(own);
        });
        message.getExtensionRangeList()
                .forEach(range -> bare.addExtensionRangeBuilder()
                        .setStart(range.getStart())
                        .setEnd(range.getEnd()));
        for (int i = 0; i < message.getNestedTypeCount(); i++) {
            var nested = type.getNestedTypes().get(i);
            bare.addNestedType(bare(nested.toProto(), nested).toBuilder()
                    .setOptions(com.google.protobuf.DescriptorProtos.MessageOptions.newBuilder()
                            .setMapEntry(nested.getOptions().getMapEntry())));
        }
        message.getEnumTypeList().forEach(one -> bare.addEnumType(bare(one)));
        return bare.build();
    }

    private static EnumDescriptorProto bare(EnumDescriptorProto one) {
        EnumDescriptorProto.Builder bare = EnumDescriptorProto.newBuilder().setName(one.getName());
        one.getValueList()
                .forEach(
                        value -> bare.addValueBuilder().setName(value.getName()).setNumber(value.getNumber()));
        return bare.build();
    }

    @Test
    void a_message_goes_to_the_wire_and_back() throws Exception {
        Rpc rpc = shop().method("shop.Stock/Reserve");
        String json = """
                {"sku":"a","count":0,"prices":{"x":"5"},"parts":{"7":{"weight":1.5,"kind":"FOOD"}},\
                "list":[{"weight":2.0,"kind":"LOST"}],"raw":"AQI=","at":"2026-01-02T03:04:05Z",\
                "any":{"b":[1.0]},"ODD":"o","numbers":[-1,2],"kind":"ANY","good":true}""";
        assertThat(rpc.decode(rpc.encode(json).getFirst())).isEqualTo(json);
        assertThat(rpc.path()).isEqualTo("/shop.Stock/Reserve");
        assertThat(rpc.streams()).isFalse();
        assertThat(shop().method("shop.Stock/Watch").streams()).isTrue();
    }

    @Test
    void an_unknown_method_is_told_with_the_nearest() throws Exception {
        assertThatThrownBy(() -> shop().method("shop.Stock/Resreve"))
                .hasMessageContaining("did you mean 'shop.Stock/Reserve'?");
        assertThatThrownBy(() -> shop().method("a.B/C"))
                .hasMessageContaining("there are shop.Stock/Reserve, shop.Stock/Watch, shop.Stock/Fill");
    }

    @Test
    void a_stream_of_messages_is_an_array_of_them() throws Exception {
        Rpc fill = shop().method("shop.Stock/Fill");
        assertThat(fill.encode("[]")).isEmpty();
        assertThat(fill.encode("[{\"count\": 1}, {\"count\": 2}]"))
                .containsExactly(new byte[] {16, 1}, new byte[] {16, 2});
        assertThatThrownBy(() -> fill.encode("{}"))
                .hasMessageContaining("'shop.Stock/Fill' takes a stream of messages: expected an array of them");
        assertThatThrownBy(() -> fill.encode("[{}, {\"count\": \"x\"}]"))
                .hasMessageContaining("message 2: $.count: expected a value of type int32");
        assertThatThrownBy(() -> fill.encode("[{]")).hasMessageContaining("the messages are no JSON");
    }

    @Test
    void what_does_not_fit_is_told_with_its_path() throws Exception {
        assertMisfit("{\"sk\": 1}", "$.sk: shop.Item has no such field; did you mean 'sku'?");
        assertMisfit("{\"count\": \"many\"}", "$.count: expected a value of type int32, found \"many\"");
        assertMisfit("{\"list\": [{}, {\"kind\": \"FOD\"}]}", "$.list[1].kind: expected one of ANY, FOOD, MEALS, LOST");
        assertMisfit("{\"list\": {}}", "$.list: expected an array, found {}");
        assertMisfit("{\"parts\": {\"1\": {\"weigt\": 1}}}", "$.parts.1.weigt: shop.Item.Part has no such field");
        assertMisfit("{\"at\": \"noon\"}", "$.at: expected a google.protobuf.Timestamp, found \"noon\"");
        assertMisfit("[]", "$: expected an object, a shop.Item, found []");
        assertMisfit("{\"sku\": ", "the message is no JSON");
    }

    private void assertMisfit(String json, String words) throws Exception {
        assertThatThrownBy(() -> shop().method("shop.Stock/Reserve").encode(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void mistakes_are_told_with_file_and_line() throws Exception {
        assertMistake("syntax = \"proto3\";\nmessage A {\n  string a 1;\n}", ":3:12: expected '=', found '1'");
        assertMistake("message A {\n  Lost a = 1;\n}", ":2:8: \"Lost\" is not defined.");
        assertMistake("syntax = \"proto4\";", ":1:10: the syntax 'proto4' is unknown");
        assertMistake("edition = \"2023\";", ":1:1: expected syntax, import,");
        assertMistake("import \"lost.proto\";", ":1:8: the import 'lost.proto' is not there");
        assertMistake("import \"a.proto\";", ":1:8: 'a.proto' imports this file in its turn");
        assertMistake("message A {", ":1:12: expected a type, found the end of the file");
        assertMistake("message A { /* no end", ":1:13: '/' cannot stand here");
        assertMistake("message A { optional group G = 1 { } }", ":1:22: groups are not read");
        assertMistake("message A { int32 a = 99999999999; }", ":1:23: '99999999999' is no number");
        assertThatThrownBy(() -> ProtoFiles.read(List.of(folder.resolve("none.proto"))))
                .hasMessageContaining("none.proto' is not there");
    }

    private void assertMistake(String text, String words) throws Exception {
        Path file = Files.writeString(folder.resolve("a.proto"), text);
        assertThatThrownBy(() -> ProtoFiles.read(List.of(file)))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(file + words);
    }

    @Test
    void imports_are_found_in_folders_above_and_read_once() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/common.proto"), "package c; message C { optional int32 n = 1; }");
        Path one = Files.writeString(
                deep.resolve("one.proto"),
                "import \"common.proto\"; import \"b/two.proto\"; service S { rpc M(c.C) returns (T); }");
        Path two = Files.writeString(
                deep.resolve("two.proto"), "import \"common.proto\"; message T { optional c.C c = 1; }");
        Schema schema = ProtoFiles.read(List.of(two, one));
        assertThat(schema.method("S/M").encode("{\"n\": 1}")).containsExactly(new byte[] {8, 1});
    }

    private static Schema shop() throws Exception {
        return ProtoFiles.read(List.of(Path.of(Objects.requireNonNull(ProtoFilesTest.class.getResource("shop.proto"))
                .toURI())));
    }
}
