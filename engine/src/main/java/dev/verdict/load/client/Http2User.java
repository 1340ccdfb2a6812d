package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpFailure.Kind;
import dev.verdict.load.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/// Sends requests over HTTP/2 (RFC 9113), over a connection of its own, one after the other. Of
/// bytes it counts those of bodies.
final class Http2User implements Client {
    /// Only guards against a wait for ever: the user's own time limit is shorter.
    private static final Timeout LONG = Timeout.of(Duration.ofHours(1));

    private final Protocol.Http2 protocol;
    private final HttpHost host;
    private @Nullable AsyncClientEndpoint connection;
    private boolean spoken;

    Http2User(Protocol.Http2 protocol) {
        this.protocol = protocol;
        this.host = HttpHost.create(URI.create(protocol.origin()));
    }

    @Override
    public boolean connect() throws IOException, InterruptedException {
        if (connection != null && connection.isConnected()) {
            return false;
        }
        close();
        connection = await(Http2Reactor.of(protocol.insecure()).connect(host, LONG));
        return true;
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException, WrongAnswer {
        AsyncClientEndpoint open = Objects.requireNonNull(connection);
        byte[] body = texts.get(1).getBytes(StandardCharsets.UTF_8);
        AsyncRequestBuilder request =
                AsyncRequestBuilder.create(protocol.method()).setUri(url(texts.getFirst()));
        for (int i = 0; i < protocol.headers().size(); i++) {
            AsyncRequestBuilder _ = request.addHeader(protocol.headers().get(i), texts.get(i + 2));
        }
        if (body.length > 0) {
            AsyncRequestBuilder _ = request.setEntity(new BasicAsyncEntityProducer(body, null));
        }
        Http2Response response = new Http2Response();
        Message<HttpResponse, String> answer = await(open.execute(request.build(), response.consumer(), null));
        spoken = true;
        watch.began(response.begun());
        int status = answer.getHead().getCode();
        if (protocol.statuses().stream().noneMatch(range -> range.from() <= status && status <= range.to())) {
            throw new WrongAnswer(ErrorKind.STATUS, "status " + status);
        }
        return new Answered(answer.getBody() == null ? "" : answer.getBody(), response.bytes(), body.length);
    }

    private static URI url(String text) throws WrongAnswer {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new WrongAnswer(ErrorKind.MALFORMED, "a value cannot be sent: " + e.getMessage());
        }
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
