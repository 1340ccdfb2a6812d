package dev.verdict.load.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;

/// Answers every request of a warm-up over HTTP/2, on the loopback address.
final class Http2StandIn implements Closeable {
    private final HttpAsyncServer server;
    private final int port;

    Http2StandIn() throws IOException {
        server = H2ServerBootstrap.bootstrap()
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .register("*", new Alike())
                .create();
        server.start();
        port = listen();
    }

    private int listen() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            return ((InetSocketAddress) server.listen(any, URIScheme.HTTP).get().getAddress()).getPort();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a warm-up began", e);
        } catch (ExecutionException e) {
            close();
            throw new IOException("nobody can listen for a warm-up", e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }

    private static final class Alike implements AsyncServerRequestHandler<Message<HttpRequest, Void>> {
        @Override
        public AsyncRequestConsumer<Message<HttpRequest, Void>> prepare(
                HttpRequest request, EntityDetails entity, HttpContext context) {
            return new BasicRequestConsumer<>(new DiscardingEntityConsumer<>());
        }

        @Override
        public void handle(Message<HttpRequest, Void> request, ResponseTrigger answer, HttpContext context)
                throws HttpException, IOException {
            Header media = request.getHead().getFirstHeader("content-type");
            if (media != null && media.getValue().startsWith("application/grpc")) {
                HttpResponse response = new BasicHttpResponse(200);
                answer.submitResponse(new BasicResponseProducer(response, new EmptyMessage()), context);
            } else {
                answer.submitResponse(new BasicResponseProducer(200, "0123456789abcde"), context);
            }
        }
    }

    /// Answers a call of gRPC: a message without fields is one of any type.
    private static final class EmptyMessage implements AsyncEntityProducer {
        private final ByteBuffer message = ByteBuffer.wrap(GrpcCall.framed(List.of(new byte[0])));

        @Override
        public int available() {
            return message.remaining();
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            int _ = channel.write(message);
            if (!message.hasRemaining()) {
                channel.endStream(List.of(new BasicHeader("grpc-status", "0")));
            }
        }

        @Override
        public String getContentType() {
            return "application/grpc";
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public boolean isChunked() {
            return false;
        }

        @Override
        public Set<String> getTrailerNames() {
            return Set.of();
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public void failed(Exception cause) {
            // The client has ended its warm-up.
        }

        @Override
        public void releaseResources() {
            // There is nothing but memory.
        }
    }
}
