package dev.verdict.gateway;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/// Lends direct buffers to the pipes of one event loop.
///
/// A pipe borrows one for as long as it moves bytes, and keeps it only while its receiver is slow:
/// one is enough for any number of pipes that flow, and two a connection is the most there can be.
final class Buffers {
    /// Large enough that system calls do not dominate, small enough for the processor's cache.
    static final int SIZE = 128 * 1024;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();
    private int allocated;

    ByteBuffer take() {
        ByteBuffer buffer = free.pollLast();
        if (buffer == null) {
            allocated++;
            return ByteBuffer.allocateDirect(SIZE);
        }
        return buffer;
    }

    void giveBack(ByteBuffer buffer) {
        free.addLast(buffer.clear());
    }

    int allocated() {
        return allocated;
    }
}
