package dev.verdict.load.client;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.verdict.load.ErrorKind;
import dev.verdict.proto.Rpc;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Calls a method of gRPC, over a connection of its own. Of bytes it counts those of messages.
final class GrpcUser implements Client {
    private final Protocol.Grpc grpc;
    private final Rpc rpc;
    private final Http2Connection connection;
    private final GrpcCall call;

    /// @throws IllegalArgumentException if nobody has found out yet what the method takes
    GrpcUser(Protocol.Grpc grpc, Duration timeout) {
        this.grpc = grpc;
        this.rpc = grpc.rpc()
                .orElseThrow(() -> new IllegalArgumentException("nobody knows what " + grpc.method() + " takes"));
        this.connection = new Http2Connection(grpc.origin(), grpc.trust());
        this.call = new GrpcCall(connection, grpc.origin(), timeout);
    }

    @Override
    public boolean connect() throws IOException, InterruptedException {
        return connection.connect();
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException, WrongAnswer {
        List<byte[]> messages = rpc.encode(texts.getFirst());
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < grpc.headers().size(); i++) {
            headers.put(grpc.headers().get(i), texts.get(i + 1));
        }
        GrpcResponse response = call.call(rpc.path(), messages, headers, watch);
        if (response.messages() == 0) {
            throw new WrongAnswer(ErrorKind.CHECK, "the answer ended without a message");
        }
        if (response.messages() > 1 && !rpc.streams()) {
            throw new WrongAnswer(ErrorKind.MALFORMED, response.messages() + " messages in the place of one");
        }
        try {
            return new Answered(
                    rpc.decode(response.last()),
                    response.bytes(),
                    messages.stream().mapToLong(message -> message.length + 5L).sum());
        } catch (InvalidProtocolBufferException e) {
            throw new WrongAnswer(
                    ErrorKind.MALFORMED,
                    "the answer is no " + rpc.method().getOutputType().getFullName() + ": " + e.getMessage());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
