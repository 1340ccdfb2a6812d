package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import dev.verdict.load.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.jspecify.annotations.Nullable;

/// Calls methods of gRPC over a connection of HTTP/2, each with all its messages at once (gRPC over
/// HTTP2, "Requests").
///
/// @param connection which there is
/// @param origin as `https://127.0.0.1:8443`
/// @param timeout which the server is told
record GrpcCall(Http2Connection connection, String origin, Duration timeout) {
    private static final ContentType MEDIA = ContentType.create("application/grpc");
    private static final int MOST_DIGITS = 99_999_999;

    private static final List<String> STATUSES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    /// Calls, and returns a response whose status is OK.
    ///
    /// @param path as `/shop.Stock/Reserve`
    /// @param watch is told when messages come; null for nobody
    /// @throws WrongAnswer if the status is another, or it is no response of gRPC
    GrpcResponse call(String path, List<byte[]> messages, Map<String, String> headers, @Nullable Watch watch)
            throws IOException, InterruptedException, WrongAnswer {
        AsyncRequestBuilder request = AsyncRequestBuilder.post(URI.create(origin + path))
                .addHeader("te", "trailers")
                .addHeader("grpc-timeout", Math.clamp(timeout.toMillis(), 1, MOST_DIGITS) + "m")
                .addHeader("user-agent", "grpc-verdict")
                .setEntity(new BasicAsyncEntityProducer(framed(messages), MEDIA));
        headers.forEach(request::addHeader);
        GrpcResponse response = new GrpcResponse(watch);
        try {
            check(connection.ask(request.build(), response));
        } finally {
            response.leave();
        }
        return response;
    }

    /// Returns messages, each with its length before it.
    static byte[] framed(List<byte[]> messages) {
        ByteBuffer framed = ByteBuffer.allocate(
                messages.stream().mapToInt(message -> message.length + 5).sum());
        messages.forEach(message -> framed.put((byte) 0).putInt(message.length).put(message));
        return framed.array();
    }

    private static void check(GrpcResponse response) throws HttpFailure, WrongAnswer {
        if (response.code() != 200) {
            throw new WrongAnswer(ErrorKind.STATUS, "status " + response.code() + " of HTTP");
        }
        if (!response.media().startsWith("application/grpc")) {
            throw new WrongAnswer(ErrorKind.MALFORMED, "no gRPC but " + response.media());
        }
        String status = response.status()
                .orElseThrow(
                        () -> new HttpFailure(HttpFailure.Kind.CUT_OFF, "the response ended without a status of gRPC"));
        if (!status.equals("0")) {
            String name = name(status);
            throw new WrongAnswer(
                    // Whether the server or the client looks at its clock first is chance.
                    name.equals("DEADLINE_EXCEEDED") ? ErrorKind.TIMED_OUT : ErrorKind.STATUS,
                    name + (response.words().isEmpty() ? "" : ": " + response.words()));
        }
        if (response.isCut()) {
            throw new HttpFailure(HttpFailure.Kind.CUT_OFF, "the response ended within a message");
        }
    }

    private static String name(String status) {
        return status.matches("[0-9]{1,2}") && Integer.parseInt(status) < STATUSES.size()
                ? STATUSES.get(Integer.parseInt(status))
                : "status " + status;
    }
}
