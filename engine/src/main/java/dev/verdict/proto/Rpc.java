package dev.verdict.proto;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;

/// Is a method that is asked with a message, and answers with one or a stream of them.
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

    /// Returns a message on the wire.
    ///
    /// @param json the message
    /// @throws IllegalArgumentException if it is no message of the method; the message says where
    public byte[] encode(String json) {
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
