package dev.verdict.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Moves bytes one way, and the end of the stream after them.
///
/// It reads no more than it can hand on: while the receiver is slow it holds one buffer and leaves
/// the rest in the sender's socket, where TCP slows the sender down.
final class Pipe {
    /// Bounds [#drain] against a sender that never stops: more than a socket's buffers hold.
    private static final int DRAIN_READS = 128;

    private final Buffers buffers;
    private final SocketChannel source;
    private final SelectionKey sourceKey;
    private final SocketChannel sink;
    private final SelectionKey sinkKey;
    private final Consumer<ByteBuffer> witness;
    private @Nullable ByteBuffer held;
    private boolean ended;

    /// Makes a pipe that does nothing until it is told to.
    ///
    /// @param witness sees each chunk before it is handed on; must leave its position alone
    Pipe(
            Buffers buffers,
            SocketChannel source,
            SelectionKey sourceKey,
            SocketChannel sink,
            SelectionKey sinkKey,
            Consumer<ByteBuffer> witness) {
        this.buffers = buffers;
        this.source = source;
        this.sourceKey = sourceKey;
        this.sink = sink;
        this.sinkKey = sinkKey;
        this.witness = witness;
    }

    /// Does what can be done without waiting, now that the source has bytes or the sink has room.
    void move() throws IOException {
        if (held != null) {
            resume(held);
        } else if (!ended) {
            readAndWrite();
        }
    }

    /// Tells whether the source has ended and the sink was told so.
    boolean ended() {
        return ended;
    }

    /// Takes everything that the source has already sent; hands on what the sink takes at once.
    ///
    /// @return whether the sink took all of it
    boolean drain() throws IOException {
        boolean delivers = sink.isConnected() && flushed();
        boolean all = held == null;
        ByteBuffer buffer = buffers.take();
        try {
            for (int i = 0; i < DRAIN_READS && !ended && source.isConnected(); i++) {
                if (source.read(buffer.clear()) <= 0) {
                    break;
                }
                witness.accept(buffer.flip());
                if (delivers) {
                    sink.write(buffer);
                }
                delivers &= !buffer.hasRemaining();
                all &= delivers;
            }
        } finally {
            buffers.giveBack(buffer);
        }
        return all;
    }

    private boolean flushed() throws IOException {
        if (held != null) {
            resume(held);
        }
        return held == null;
    }

    /// Gives back what it holds; the pipe is of no use afterwards.
    void release() {
        if (held != null) {
            buffers.giveBack(held);
            held = null;
        }
        ended = true;
    }

    private void readAndWrite() throws IOException {
        ByteBuffer buffer = buffers.take();
        try {
            int count = source.read(buffer);
            if (count < 0) {
                end();
            } else if (count > 0) {
                witness.accept(buffer.flip());
                sink.write(buffer);
                if (buffer.hasRemaining()) {
                    held = buffer;
                    sourceKey.interestOpsAnd(~SelectionKey.OP_READ);
                    sinkKey.interestOpsOr(SelectionKey.OP_WRITE);
                }
            }
        } finally {
            if (held == null) {
                buffers.giveBack(buffer);
            }
        }
    }

    private void resume(ByteBuffer rest) throws IOException {
        sink.write(rest);
        if (!rest.hasRemaining()) {
            buffers.giveBack(rest);
            held = null;
            sinkKey.interestOpsAnd(~SelectionKey.OP_WRITE);
            sourceKey.interestOpsOr(SelectionKey.OP_READ);
        }
    }

    private void end() throws IOException {
        ended = true;
        sourceKey.interestOpsAnd(~SelectionKey.OP_READ);
        sink.shutdownOutput();
    }
}
