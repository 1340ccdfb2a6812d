package dev.verdict.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Shares a bandwidth among whoever waits for it, a small piece each in turn. A piece arrives when
/// its last byte would.
final class Meter {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MOST_PIECE = 16 * 1024;
    private static final int PIECES_PER_SECOND = 100;

    private final Loop loop;
    private final long bytesPerSecond;
    private final int most;
    private final Deque<Throttling> waiting = new ArrayDeque<>();
    private @Nullable Throttling current;
    private int piece;
    /// When the current piece has arrived.
    private double arrival;

    private final long start = System.nanoTime();

    Meter(Loop loop, long bytesPerSecond) {
        this.loop = loop;
        this.bytesPerSecond = bytesPerSecond;
        this.most = Math.clamp(bytesPerSecond / PIECES_PER_SECOND, 1, MOST_PIECE);
    }

    /// Returns how many bytes are worth keeping ready.
    long ahead() {
        return Math.clamp(bytesPerSecond / 10, MOST_PIECE, 1 << 20);
    }

    /// Puts one in the queue who is not there.
    void await(Throttling one) {
        waiting.addLast(one);
        if (current == null) {
            arrival = Math.max(arrival, now());
            next();
            loop.at(at(), this::serve);
        }
    }

    private void serve() {
        while (current != null && arrival <= now()) {
            Throttling served = current;
            served.serve(piece);
            if (served.holds()) {
                waiting.addLast(served);
            }
            next();
        }
        if (current != null) {
            loop.at(at(), this::serve);
        }
    }

    private void next() {
        current = waiting.pollFirst();
        if (current != null) {
            piece = current.piece(most);
            arrival += piece * NANOS_PER_SECOND / bytesPerSecond;
        }
    }

    private double now() {
        return System.nanoTime() - start;
    }

    private long at() {
        return start + (long) Math.ceil(arrival);
    }
}
