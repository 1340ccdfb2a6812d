package dev.verdict.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Moves bytes over TLS; the certificate must be trusted, and the host's.
final class TlsWire implements Wire {
    private final SocketChannel channel;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile boolean closed;

    /// Shakes hands over a channel that is connected.
    TlsWire(SocketChannel channel, SSLContext context, String host, int port) throws IOException {
        this.channel = channel;
        socket = (SSLSocket) context.getSocketFactory().createSocket(channel.socket(), host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int count = in.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        if (count > 0) {
            into.position(into.position() + count);
        } else if (closed) {
            // The JDK reports an end, as if the other side had said all that it has to say.
            throw new AsynchronousCloseException();
        }
        return count;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        out.write(from.array(), from.arrayOffset() + from.position(), from.remaining());
        from.position(from.limit());
    }

    /// Sees only that this side is open: what has come may be TLS's own business.
    @Override
    public boolean quiet() {
        return channel.isOpen();
    }

    /// Says goodbye as TLS wants it, and does not wait for the answer.
    @Override
    public void close() throws IOException {
        closed = true;
        try (channel) {
            if (channel.isOpen()) {
                socket.close();
            }
        }
    }
}
