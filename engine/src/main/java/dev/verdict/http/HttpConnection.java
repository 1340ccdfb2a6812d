package dev.verdict.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/// Is one connection to a service; one exchange after the other goes over it.
final class HttpConnection {
    /// Is how much is read at a time: responses come as fast as they can, streams bit by bit, and
    /// a thousand at once.
    static final int BUFFER = 16 << 10;

    static final int STREAM_BUFFER = 2 << 10;

    private final Origin origin;
    private final SocketChannel channel;
    private final ResponseParser parser;
    private final ByteBuffer in;
    private Wire wire;
    private boolean spoilt;
    private long restsSince;

    /// Is where a connection leads.
    record Origin(boolean secure, String host, int port) {
        static Origin of(HttpRequest request) {
            return new Origin(request.secure(), request.uri().getHost(), request.port());
        }
    }

    /// Prepares a connection; nothing happens before [#connect].
    HttpConnection(Origin origin, HttpLimits limits, int buffer) throws IOException {
        this.origin = origin;
        this.channel = SocketChannel.open();
        this.wire = new Wire.Plain(channel);
        this.parser = new ResponseParser(limits);
        this.in = ByteBuffer.allocate(buffer);
    }

    Origin origin() {
        return origin;
    }

    SocketChannel channel() {
        return channel;
    }

    /// Connects, and shakes hands where that is due.
    void connect(Supplier<SSLContext> tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(origin.host(), origin.port());
        if (address.isUnresolved()) {
            throw new HttpFailure(HttpFailure.Kind.UNREACHABLE, "the host " + origin.host() + " is unknown");
        }
        channel.connect(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (origin.secure()) {
            wire = new TlsWire(channel, tls.get(), origin.host().replaceAll("[\\[\\]]", ""), origin.port());
        }
    }

    /// Sends a request whose response goes to the sink.
    void send(String method, byte[] request, ResponseSink sink) throws IOException {
        parser.begin(method, sink);
        wire.write(ByteBuffer.wrap(request));
    }

    /// Waits for more of the response and hands it on; returns whether it is complete.
    boolean receive() throws IOException {
        if (wire.read(in.clear()) < 0) {
            parser.end();
            return true;
        }
        boolean complete = parser.feed(in.flip());
        spoilt |= complete && in.hasRemaining();
        return complete;
    }

    /// Tells whether anything of the response has come.
    boolean answered() {
        return parser.begun();
    }

    /// Tells whether it can be kept for another request.
    boolean reusable() {
        return parser.reusable() && !spoilt;
    }

    void rest(long now) {
        restsSince = now;
    }

    /// Tells whether it was kept for less than so long and still leads to somebody.
    boolean fresh(long now, long longest) {
        try {
            return now - restsSince < longest && wire.quiet();
        } catch (IOException e) {
            return false;
        }
    }

    void close() throws IOException {
        wire.close();
    }
}
