package dev.verdict.load.client;

import dev.verdict.load.ErrorKind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;

/// Sends requests over HTTP/2 (RFC 9113), over a connection of its own, one after the other. Of
/// bytes it counts those of bodies.
final class Http2User implements Client {
    private final Protocol.Http2 protocol;
    private final Http2Connection connection;

    Http2User(Protocol.Http2 protocol) {
        this.protocol = protocol;
        this.connection = new Http2Connection(protocol.origin(), protocol.trust());
    }

    @Override
    public boolean connect() throws IOException, InterruptedException {
        return connection.connect();
    }

    @Override
    public Answered ask(List<String> texts, Watch watch) throws IOException, InterruptedException, WrongAnswer {
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
        Message<HttpResponse, String> answer = connection.ask(request.build(), response.consumer());
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

    @Override
    public void close() {
        connection.close();
    }
}
