package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpFailure.Kind;
import dev.verdict.load.wire.Trust;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Is one user's connection over HTTP/2 (RFC 9113), for one request after the other.
final class Http2Connection implements AutoCloseable {
    /// Only guards against a wait for ever: the user's own time limit is shorter.
    private static final Timeout LONG = Timeout.of(Duration.ofHours(1));

    /// Is how often a connection is looked at while nothing comes, in milliseconds.
    private static final long LOOK = 100;

    private final Trust trust;
    private final HttpHost host;
    private @Nullable AsyncClientEndpoint connection;
    private boolean spoken;

    /// @param origin as `https://127.0.0.1:8443`
    Http2Connection(String origin, Trust trust) {
        this.trust = trust;
        this.host = HttpHost.create(URI.create(origin));
    }

    /// Makes the connection, unless there is one.
    ///
    /// @return whether one was made
    boolean connect() throws IOException, InterruptedException {
        if (connection != null && connection.isConnected()) {
            return false;
        }
        close();
        connection = await(Http2Reactor.of(trust).connect(host, LONG));
        return true;
    }

    /// Sends a request and waits for what the consumer makes of the response.
    <T> T ask(AsyncRequestProducer request, AsyncResponseConsumer<T> response)
            throws IOException, InterruptedException {
        AsyncClientEndpoint open = Objects.requireNonNull(connection);
        Future<T> coming = open.execute(request, response, null);
        // Nobody tells a request that begins just as the connection ends.
        boolean ended = false;
        while (!arrives(coming)) {
            if (ended) {
                throw new HttpFailure(Kind.CUT_OFF, "the connection ended as the request began");
            }
            ended = !open.isConnected();
        }
        T answer = await(coming);
        spoken = true;
        return answer;
    }

    /// Waits a little; returns whether there is an answer or a failure.
    private static boolean arrives(Future<?> coming) throws InterruptedException {
        try {
            Object _ = coming.get(LOOK, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            boolean _ = coming.cancel(true);
            throw e;
        } catch (ExecutionException | CancellationException e) {
            // Whoever awaits it takes the failure.
            return true;
        }
        return true;
    }

    private <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            boolean _ = future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (CancellationException e) {
            throw new HttpFailure(Kind.RESET, "the connection was given up", e);
        }
    }

    private HttpFailure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case H2StreamResetException reset ->
                new HttpFailure(Kind.RESET, "the stream was reset: " + reset.getMessage(), reset);
            case H2ConnectionException connection ->
                new HttpFailure(Kind.MALFORMED, "no HTTP/2 was spoken: " + connection.getMessage(), connection);
            case HttpException http ->
                new HttpFailure(Kind.MALFORMED, "no HTTP/2 was spoken: " + http.getMessage(), http);
            case ConnectionClosedException closed ->
                new HttpFailure(
                        Kind.CUT_OFF,
                        spoken
                                ? "the connection ended without a response"
                                : "the connection ended before a first response; perhaps the server speaks HTTP/1.1 alone",
                        closed);
            case IOException io -> HttpFailure.of(io);
            case null, default -> throw new IllegalStateException("a request over HTTP/2 broke", cause);
        };
    }

    @Override
    public void close() {
        AsyncClientEndpoint open = connection;
        connection = null;
        if (open != null) {
            open.releaseAndDiscard();
        }
    }
}
