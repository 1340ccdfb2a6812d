package dev.verdict.load.client;

import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpFailure.Kind;
import dev.verdict.load.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
    private @Nullable AsyncClientEndpoint connection;
    private @Nullable HttpHost host;

    Http2User(Protocol.Http2 protocol) {
        this.protocol = protocol;
    }

    /// A URL may differ from request to request; the connection is made when it is known.
    @Override
    public boolean connect() {
        return false;
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException, WrongAnswer {
        URI url = URI.create(texts.getFirst());
        byte[] body = texts.get(1).getBytes(StandardCharsets.UTF_8);
        AsyncRequestBuilder request =
                AsyncRequestBuilder.create(protocol.method()).setUri(url);
        for (int i = 0; i < protocol.headers().size(); i++) {
            AsyncRequestBuilder _ = request.addHeader(protocol.headers().get(i), texts.get(i + 2));
        }
        if (body.length > 0) {
            AsyncRequestBuilder _ = request.setEntity(new BasicAsyncEntityProducer(body, null));
        }
        Http2Response response = new Http2Response();
        Message<HttpResponse, String> answer =
                await(connection(HttpHost.create(url)).execute(request.build(), response.consumer(), null));
        watch.began(response.begun());
        int status = answer.getHead().getCode();
        if (protocol.statuses().stream().noneMatch(range -> range.from() <= status && status <= range.to())) {
            throw new WrongAnswer(ErrorKind.STATUS, "status " + status);
        }
        return new Answered(answer.getBody() == null ? "" : answer.getBody(), response.bytes(), body.length);
    }

    private AsyncClientEndpoint connection(HttpHost wanted) throws IOException, InterruptedException {
        AsyncClientEndpoint open = connection;
        if (open == null || !open.isConnected() || !wanted.equals(host)) {
            close();
            open = await(Http2Reactor.of(protocol.insecure()).connect(wanted, LONG));
            connection = open;
            host = wanted;
        }
        return open;
    }

    private static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            boolean _ = future.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private static HttpFailure failure(@Nullable Throwable cause) {
        return switch (cause) {
            case H2StreamResetException reset ->
                new HttpFailure(Kind.RESET, "the stream was reset: " + reset.getMessage(), reset);
            case H2ConnectionException connection ->
                new HttpFailure(Kind.MALFORMED, "no HTTP/2 was spoken: " + connection.getMessage(), connection);
            case HttpException http ->
                new HttpFailure(Kind.MALFORMED, "no HTTP/2 was spoken: " + http.getMessage(), http);
            case ConnectionClosedException closed ->
                new HttpFailure(Kind.CUT_OFF, "the connection ended: " + closed.getMessage(), closed);
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
