package dev.verdict.environment.docker;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// Holds what was read and not yet written, so that who reads never waits for who writes: what does
/// not fit is counted and left out.
final class Backlog {
    /// Is a piece of output.
    ///
    /// @param lost bytes that were left out before it
    record Piece(String stream, ByteBuffer bytes, long lost) {}

    private final long limit;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private long held;
    private long lost;
    private boolean ended;

    /// Makes an empty one.
    ///
    /// @param limit in bytes
    Backlog(long limit) {
        this.limit = limit;
    }

    synchronized void put(String stream, byte[] buffer, int length) {
        if (held + length > limit) {
            lost += length;
            return;
        }
        pieces.addLast(new Piece(stream, ByteBuffer.wrap(Arrays.copyOf(buffer, length)), lost));
        held += length;
        lost = 0;
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        if (lost > 0) {
            pieces.addLast(new Piece("err", ByteBuffer.allocate(0), lost));
        }
        notifyAll();
    }

    /// Waits for the next piece; empty once there will be none.
    synchronized Optional<Piece> take() throws InterruptedException {
        while (pieces.isEmpty() && !ended) {
            wait();
        }
        Optional<Piece> next = Optional.ofNullable(pieces.pollFirst());
        next.ifPresent(piece -> held -= piece.bytes().capacity());
        return next;
    }
}
