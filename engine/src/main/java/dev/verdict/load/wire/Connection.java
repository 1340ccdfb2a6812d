package dev.verdict.load.wire;

import dev.verdict.http.HttpFailure;
import dev.verdict.http.ResponseParser;
import dev.verdict.http.ResponseSink;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// Is the way of one slot to one origin: opened when it is needed, again and again.
final class Connection {
    private final Loop loop;
    private final Slot slot;
    private final Origin origin;
    private final ResponseParser parser;
    private State state = State.CLOSED;
    private @Nullable SelectionKey key;
    private @Nullable Transport transport;
    private long openedAt;

    private enum State {
        CLOSED,
        CONNECTING,
        SHAKING,
        IDLE,
        BUSY
    }

    Connection(Loop loop, Slot slot, Origin origin) {
        this.loop = loop;
        this.slot = slot;
        this.origin = origin;
        this.parser = new ResponseParser(loop.tuning().limits());
    }

    boolean closed() {
        return state == State.CLOSED;
    }

    boolean idle() {
        return state == State.IDLE;
    }

    /// Begins to connect; the slot is told when that is done.
    void open(long now) {
        openedAt = now;
        state = State.CONNECTING;
        try {
            SocketChannel channel = SocketChannel.open();
            key = loop.register(channel, this);
            transport = origin.secure() ? loop.tls(channel, origin) : new Transport.Plain(channel);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (origin.address().isUnresolved()) {
                throw new HttpFailure(HttpFailure.Kind.UNREACHABLE, "the host " + origin.host() + " is unknown");
            }
            if (channel.connect(origin.address())) {
                connected();
            } else {
                key.interestOps(SelectionKey.OP_CONNECT);
            }
        } catch (IOException e) {
            broke(e);
        }
    }

    /// Sends a request whose answer goes to the sink; the slot is told when that is complete.
    ///
    /// @return how many bytes it had
    int send(ByteBuffer request, String method, ResponseSink sink) {
        int size = request.remaining();
        state = State.BUSY;
        try {
            parser.begin(method, sink);
            watchWrites(!transport().write(request));
        } catch (IOException e) {
            broke(e);
        }
        return size;
    }

    /// Reacts to what the selector says.
    void ready(SelectionKey ready) {
        try {
            switch (state) {
                case CLOSED -> {}
                case CONNECTING -> {
                    if (channel(ready).finishConnect()) {
                        connected();
                    }
                }
                case SHAKING -> shake();
                case IDLE, BUSY -> move(ready);
            }
        } catch (IOException e) {
            broke(e);
        }
    }

    void close() {
        if (state == State.CLOSED) {
            return;
        }
        boolean established = state == State.IDLE || state == State.BUSY;
        state = State.CLOSED;
        if (established) {
            transport().farewell();
        }
        if (key != null) {
            loop.close(key.channel());
        }
    }

    private void connected() throws IOException {
        state = State.SHAKING;
        shake();
    }

    private void shake() throws IOException {
        if (transport().shake()) {
            state = State.IDLE;
            watchWrites(false);
            slot.connected(this, openedAt);
        } else {
            // Which of the two it waits for TLS knows; the selector's waking for both is rare.
            watchWrites(!transport().flush());
        }
    }

    private void move(SelectionKey ready) throws IOException {
        if (ready.isWritable()) {
            watchWrites(!transport().flush());
        }
        if (ready.isReadable()) {
            do {
                ByteBuffer in = loop.in();
                int count = transport().read(in);
                if (count == 0) {
                    return;
                }
                receive(in.flip(), count);
            } while (state != State.CLOSED && transport().buffers());
        }
    }

    private void receive(ByteBuffer in, int count) throws IOException {
        if (state == State.IDLE) {
            // The end of what was kept for the next request, or what nobody asked for.
            close();
            return;
        }
        slot.received(Math.max(0, count));
        boolean complete;
        if (count < 0) {
            parser.end();
            complete = true;
        } else {
            complete = parser.feed(in);
        }
        if (complete) {
            if (parser.reusable() && !in.hasRemaining()) {
                state = State.IDLE;
            } else {
                close();
            }
            slot.answered();
        }
    }

    private void broke(IOException e) {
        HttpFailure failure = HttpFailure.of(e);
        boolean idle = state == State.IDLE;
        close();
        if (!idle) {
            slot.broke(this, failure);
        }
    }

    private void watchWrites(boolean watch) {
        int operations = watch ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key != null && key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private Transport transport() {
        if (transport == null) {
            throw new IllegalStateException("a connection is opened before it is used");
        }
        return transport;
    }

    private static SocketChannel channel(SelectionKey key) {
        return (SocketChannel) key.channel();
    }
}
