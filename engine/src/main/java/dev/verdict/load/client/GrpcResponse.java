package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// Reads a response of gRPC: messages, each with its length before it, and a status behind them
/// (gRPC over HTTP2, "Responses"). It is fed by a thread of the connection.
final class GrpcResponse implements AsyncResponseConsumer<GrpcResponse> {
    /// Is the longest message, which is that of most clients of gRPC.
    private static final int LONGEST = 4 << 20;

    private static final int PREFIX = 5;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final byte[] prefix = new byte[PREFIX];
    private @Nullable Watch watch;
    private @Nullable FutureCallback<GrpcResponse> whole;
    private int inPrefix;
    private int length;
    private byte[] last = new byte[0];
    private long messages;
    private long bytes;
    private int code;
    private String media = "nothing";
    private Optional<String> status = Optional.empty();
    private String words = "";

    /// @param watch is told of each message, until [#leave]; null for nobody
    GrpcResponse(@Nullable Watch watch) {
        this.watch = watch;
    }

    /// Tells nobody anything from now on, as nobody waits any more.
    synchronized void leave() {
        watch = null;
    }

    /// Returns the last message.
    byte[] last() {
        return last;
    }

    /// Returns how many messages came.
    long messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }

    /// Returns the status of HTTP.
    int code() {
        return code;
    }

    /// Returns the content's type.
    String media() {
        return media;
    }

    /// Returns the number of the status of gRPC, if there was one.
    Optional<String> status() {
        return status;
    }

    /// Returns what the service says of its status.
    String words() {
        return words;
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entity,
            HttpContext context,
            FutureCallback<GrpcResponse> callback) {
        code = response.getCode();
        Header type = response.getFirstHeader("content-type");
        media = type == null ? "nothing" : type.getValue();
        ends(List.of(response.getHeaders()));
        whole = callback;
        if (entity == null) {
            callback.completed(this);
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // Nothing is told before the response.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer data) throws HttpFailure {
        bytes += data.remaining();
        while (data.hasRemaining() && isGrpc()) {
            if (inPrefix < PREFIX) {
                prefix[inPrefix++] = data.get();
                if (inPrefix == PREFIX) {
                    begin();
                }
            } else {
                byte[] part = new byte[Math.min(data.remaining(), length - message.size())];
                data.get(part);
                message.writeBytes(part);
            }
            if (inPrefix == PREFIX && message.size() == length) {
                end();
            }
        }
        data.position(data.limit());
    }

    private boolean isGrpc() {
        return code == 200 && media.startsWith("application/grpc");
    }

    private void begin() throws HttpFailure {
        if (prefix[0] != 0) {
            throw new HttpFailure(HttpFailure.Kind.MALFORMED, "a message is compressed, which was not asked for");
        }
        length = ByteBuffer.wrap(prefix).getInt(1);
        if (length < 0 || length > LONGEST) {
            throw new HttpFailure(
                    HttpFailure.Kind.TOO_LARGE, "a message of " + Integer.toUnsignedString(length) + " bytes");
        }
        message.reset();
    }

    private synchronized void end() {
        last = message.toByteArray();
        messages++;
        inPrefix = 0;
        message.reset();
        length = -1;
        if (watch != null) {
            watch.event();
        }
    }

    /// Tells whether the response ended within a message.
    boolean isCut() {
        return inPrefix > 0;
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (trailers != null) {
            ends(trailers);
        }
        if (whole != null) {
            whole.completed(this);
        }
    }

    /// A response without a message has its status in its only headers.
    private void ends(List<? extends Header> headers) {
        for (Header header : headers) {
            if (header.getName().equalsIgnoreCase("grpc-status")) {
                status = Optional.of(header.getValue());
            } else if (header.getName().equalsIgnoreCase("grpc-message")) {
                words = plain(header.getValue());
            }
        }
    }

    private static String plain(String encoded) {
        try {
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Servers that do not encode mean what stands there.
            return encoded;
        }
    }

    @Override
    public void failed(Exception cause) {
        FutureCallback<GrpcResponse> waiting = whole;
        if (waiting != null) {
            waiting.failed(cause);
        }
    }

    @Override
    public void releaseResources() {
        // There is nothing but memory.
    }
}
