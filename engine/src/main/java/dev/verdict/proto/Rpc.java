package dev.verdict.proto;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Is a method that is asked with a message or a stream of them, and answers with one or a stream.
///
/// @param types what an `Any` may hold
public record Rpc(MethodDescriptor method, TypeRegistry types) {
    /// Returns the path of HTTP at which it is asked.
    public String path() {
        return "/" + method.getService().getFullName() + "/" + method.getName();
    }

    /// Tells whether a stream of messages answers.
    public boolean streams() {
        return method.isServerStreaming();
    }

    /// Returns the JSON of one message without fields.
    public String empty() {
        return method.isClientStreaming() ? "[{}]" : "{}";
    }

    /// Returns the messages to ask with, as on the wire.
    ///
    /// @param json the message, or an array of them for a method that takes a stream
    /// @throws IllegalArgumentException if they are no messages of the method; says where
    public List<byte[]> encode(String json) {
        if (!method.isClientStreaming()) {
            return List.of(message(json));
        }
        JsonNode all;
        try {
            all = new JsonMapper().readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the messages are no JSON: " + e.getOriginalMessage(), e);
        }
        if (!all.isArray()) {
            throw new IllegalArgumentException("'" + method.getService().getFullName() + "/" + method.getName()
                    + "' takes a stream of messages: expected an array of them, as [{…}, {…}]");
        }
        List<byte[]> messages = new ArrayList<>();
        for (JsonNode one : all) {
            try {
                messages.add(message(one.toString()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("message " + (messages.size() + 1) + ": " + e.getMessage(), e);
            }
        }
        return messages;
    }

    private byte[] message(String json) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(method.getInputType());
        JsonFormat.Parser parser = JsonFormat.parser().usingTypeRegistry(types);
        try {
            parser.merge(json, message);
            return message.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    new Misfit(parser, method.getInputType()).words(json, String.valueOf(e.getMessage())), e);
        }
    }

    /// Returns an answer as JSON; fields without presence are there even if nothing was sent of
    /// them.
    ///
    /// @throws InvalidProtocolBufferException if it is no message of the method
    public String decode(byte[] message) throws InvalidProtocolBufferException {
        return JsonFormat.printer()
                .usingTypeRegistry(types)
                .alwaysPrintFieldsWithNoPresence()
                .omittingInsignificantWhitespace()
                .sortingMapKeys()
                .print(DynamicMessage.parseFrom(method.getOutputType(), message));
    }
}
