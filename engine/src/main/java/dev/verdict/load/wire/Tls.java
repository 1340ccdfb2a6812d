package dev.verdict.load.wire;

import dev.verdict.http.HttpFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// Moves bytes over TLS. Its computations are done where the bytes are moved: a loop has one
/// processor, and another thread would not make it two.
final class Tls implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;

    /// Holds what came and is not yet decrypted; always ready to be read into.
    private final ByteBuffer in;

    /// Holds what is encrypted and has not left; always ready to be written into.
    private ByteBuffer out;

    private boolean ended;

    /// Prepares a connection.
    ///
    /// @param verified whether the certificate must be the host's
    Tls(SocketChannel channel, SSLContext context, Origin origin, boolean verified) throws SSLException {
        this.channel = channel;
        this.engine = context.createSSLEngine(origin.host(), origin.address().getPort());
        engine.setUseClientMode(true);
        if (verified) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        // Until it is told, an engine says that it shakes no hands, as if that were done.
        engine.beginHandshake();
        int packet = engine.getSession().getPacketBufferSize();
        in = ByteBuffer.allocate(packet);
        out = ByteBuffer.allocate(packet);
    }

    @Override
    public boolean shake() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    if (!flush()) {
                        return false;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!shakeIn()) {
                        return false;
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return flush();
                }
            }
        }
    }

    /// Takes one message of the handshake; tells whether there was one.
    private boolean shakeIn() throws IOException {
        // A handshake carries no data, so nothing can come out here.
        SSLEngineResult result = unwrap(ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            return true;
        }
        int count = channel.read(in);
        if (count < 0) {
            throw new HttpFailure(HttpFailure.Kind.CUT_OFF, "the connection ended within the TLS handshake");
        }
        return count > 0;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (into.position() == before) {
            SSLEngineResult result = unwrap(into);
            if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
                runTasks();
            }
            switch (result.getStatus()) {
                case OK -> {}
                case CLOSED -> {
                    return -1;
                }
                case BUFFER_UNDERFLOW -> {
                    int count = ended ? -1 : channel.read(in);
                    ended = count < 0;
                    if (count <= 0) {
                        return count;
                    }
                }
                case BUFFER_OVERFLOW -> throw new SSLException("a record larger than TLS allows");
            }
        }
        return into.position() - before;
    }

    @Override
    public boolean buffers() {
        return true;
    }

    @Override
    public boolean write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            wrap(from);
        }
        return flush();
    }

    @Override
    public boolean flush() throws IOException {
        out.flip();
        try {
            channel.write(out);
        } finally {
            out.compact();
        }
        return out.position() == 0;
    }

    @Override
    public void farewell() {
        try {
            engine.closeOutbound();
            wrap(NOTHING);
            flush();
        } catch (IOException e) {
            // The connection is given up anyway, and closed by the caller.
        }
    }

    private SSLEngineResult unwrap(ByteBuffer into) throws SSLException {
        in.flip();
        try {
            return engine.unwrap(in, into);
        } finally {
            in.compact();
        }
    }

    private void wrap(ByteBuffer from) throws SSLException {
        SSLEngineResult result = engine.wrap(from, out);
        while (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            out = ByteBuffer.allocate(2 * out.capacity()).put(out.flip());
            result = engine.wrap(from, out);
        }
        boolean closed = result.getStatus() == SSLEngineResult.Status.CLOSED;
        if (from.hasRemaining() && (closed || result.bytesConsumed() + result.bytesProduced() == 0)) {
            throw new SSLException(closed ? "the other side has ended TLS" : "TLS takes no data now");
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
