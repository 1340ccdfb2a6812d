package dev.verdict.gateway;

import dev.verdict.gateway.Connection.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Moves bytes one way, and the end of the stream after them.
///
/// It reads no more than it can hand on: while the receiver is slow it holds one buffer and leaves
/// the rest in the sender's socket, where TCP slows the sender down. While a fault acts on it, a
/// [Course] does its work.
final class Pipe {
    /// Bounds [#drain] against a sender that never stops: more than a socket's buffers hold.
    private static final int DRAIN_READS = 128;

    private final Connection connection;
    private final Buffers buffers;
    private final Side source;
    private final Side sink;
    private final Consumer<ByteBuffer> witness;
    private @Nullable ByteBuffer held;
    private @Nullable Course course;
    private boolean ended;

    /// Makes a pipe that does nothing until it is told to.
    ///
    /// @param witness sees each chunk before it is handed on; must leave its position alone
    Pipe(Connection connection, Side source, Side sink, Consumer<ByteBuffer> witness) {
        this.connection = connection;
        this.buffers = connection.loop().buffers();
        this.source = source;
        this.sink = sink;
        this.witness = witness;
    }

    /// Does what can be done without waiting, now that the source has bytes or the sink has room.
    void move() {
        Course under = course;
        if (under != null) {
            under.move();
            leave(under);
        } else if (held != null) {
            resume(held);
        } else if (!ended) {
            readAndWrite();
        }
    }

    /// Tells whether the source has ended and the sink was told so.
    boolean ended() {
        return course == null ? ended : course.ended();
    }

    /// Lets a fault act on what goes through.
    void add(Stage stage, Applied owner) {
        if (course == null) {
            course = new Course(connection, source, sink, witness, ended);
            if (held != null) {
                course.resume(held);
                buffers.giveBack(held);
                held = null;
            }
        }
        course.add(stage, owner);
        course.settle();
    }

    /// Ends the fault; what it held goes on.
    void remove(Applied owner) {
        Course ending = course;
        if (ending != null) {
            ending.remove(owner);
            ending.settle();
            leave(ending);
        }
    }

    /// Tells whether nothing comes through, ever.
    boolean swallows() {
        return course != null && course.has(Stage.Rank.BLACK_HOLE);
    }

    /// Says for what the loop should wait, once both sides are connected.
    void settle() {
        if (course != null) {
            course.settle();
        }
    }

    /// Sends the receiver a reset after everything that was sent before it.
    void reset() {
        if (course == null) {
            connection.reset();
        } else {
            course.reset();
            course.settle();
        }
    }

    /// Forgets what it holds, because the receiver is gone.
    void discard() {
        if (course != null) {
            course.discard();
        } else {
            release();
            source.key().interestOpsAnd(~SelectionKey.OP_READ);
        }
    }

    /// Takes everything that the source has already sent; hands on what the sink takes at once.
    ///
    /// @return whether the sink took all of it
    boolean drain() throws IOException {
        boolean delivers = sink.channel().isConnected() && flushed();
        boolean all = held == null && (course == null || !course.holds());
        ByteBuffer buffer = buffers.take();
        try {
            for (int i = 0; i < DRAIN_READS && !ended() && source.channel().isConnected(); i++) {
                if (source.channel().read(buffer.clear()) <= 0) {
                    break;
                }
                witness.accept(buffer.flip());
                if (delivers && course == null) {
                    sink.channel().write(buffer);
                }
                delivers &= !buffer.hasRemaining();
                all &= delivers;
            }
        } finally {
            buffers.giveBack(buffer);
        }
        return all;
    }

    private boolean flushed() {
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
        if (course != null) {
            course.discard();
            course = null;
        }
        ended = true;
    }

    /// Returns to the way without faults as soon as nothing is left of them.
    private void leave(Course left) {
        if (course != null && left.idle()) {
            ended = left.ended();
            course = null;
        }
    }

    private void readAndWrite() {
        ByteBuffer buffer = buffers.take();
        try {
            int count = read(buffer);
            if (count < 0) {
                end();
            } else if (count > 0) {
                witness.accept(buffer.flip());
                if (write(buffer) && buffer.hasRemaining()) {
                    held = buffer;
                    source.key().interestOpsAnd(~SelectionKey.OP_READ);
                    sink.key().interestOpsOr(SelectionKey.OP_WRITE);
                }
            }
        } finally {
            if (held == null) {
                buffers.giveBack(buffer);
            }
        }
    }

    private void resume(ByteBuffer rest) {
        if (write(rest) && !rest.hasRemaining()) {
            buffers.giveBack(rest);
            held = null;
            sink.key().interestOpsAnd(~SelectionKey.OP_WRITE);
            source.key().interestOpsOr(SelectionKey.OP_READ);
        }
    }

    private int read(ByteBuffer buffer) {
        try {
            return source.channel().read(buffer);
        } catch (IOException e) {
            connection.lost(source);
            return 0;
        }
    }

    private boolean write(ByteBuffer buffer) {
        try {
            sink.channel().write(buffer);
            return true;
        } catch (IOException e) {
            connection.lost(sink);
            return false;
        }
    }

    private void end() {
        ended = true;
        source.key().interestOpsAnd(~SelectionKey.OP_READ);
        try {
            sink.channel().shutdownOutput();
        } catch (IOException e) {
            connection.lost(sink);
        }
    }
}
