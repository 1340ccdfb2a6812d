package dev.verdict.load.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Answers every request of the warm-up alike, on the loopback address.
final class Stub implements AutoCloseable {
    private static final byte[] ANSWER = """
            HTTP/1.1 200 OK
            Server: stub
            Content-Type: text/plain
            Content-Length: 16
            Connection: keep-alive

            0123456789abcde
            """.getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final ServerSocketChannel listening;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length);
    private volatile boolean closed;

    Stub() throws IOException {
        answer.put(ANSWER);
        selector = Selector.open();
        listening = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listening.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().daemon().name("verdict-load-stub").start(this::run);
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listening.getLocalAddress();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void run() {
        try (selector;
                listening) {
            while (!closed) {
                selector.select(this::serve, 0);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the stub of a warm-up ended", e);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.channel() instanceof SocketChannel channel) {
                answer(channel);
            } else {
                SocketChannel accepted = listening.accept();
                if (accepted != null) {
                    accepted.configureBlocking(false).register(selector, SelectionKey.OP_READ);
                }
            }
        } catch (IOException e) {
            // The generator has ended its warm-up, and with it the connection.
            key.cancel();
        }
    }

    private void answer(SocketChannel channel) throws IOException {
        if (channel.read(in.clear()) < 0) {
            channel.close();
        } else {
            channel.write(answer.flip());
            answer.position(ANSWER.length);
        }
    }
}
