package dev.verdict.http;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.PriorityQueue;

/// Closes channels whose time is over, which ends whatever blocks on them: connecting, a handshake,
/// reading and writing alike.
///
/// One thread for all. It wakes for the earliest deadline that it has heard of, and a deadline that
/// is met in time costs it nothing.
final class Deadlines {
    private final PriorityQueue<Deadline> pending = new PriorityQueue<>();
    private long wakesAt = Long.MAX_VALUE;
    private boolean started;

    /// Is the time by which something must be done with a channel.
    final class Deadline implements Comparable<Deadline> {
        private final long at;
        private final Channel channel;
        private boolean met;

        private Deadline(long at, Channel channel) {
            this.at = at;
            this.channel = channel;
        }

        @Override
        public int compareTo(Deadline other) {
            return Long.signum(at - other.at);
        }

        /// Calls it off; returns false if it has passed, and the channel is or will be closed.
        boolean met() {
            synchronized (Deadlines.this) {
                met |= pending.remove(this);
                return met;
            }
        }
    }

    /// Closes the channel at that time, unless it is called off before.
    ///
    /// @param at as of [System#nanoTime]
    synchronized Deadline set(long at, Channel channel) {
        Deadline deadline = new Deadline(at, channel);
        pending.add(deadline);
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("verdict-http-deadlines").start(this::run);
        } else if (at - wakesAt < 0) {
            notifyAll();
        }
        return deadline;
    }

    private void run() {
        while (true) {
            Deadline due = await();
            try {
                due.channel.close();
            } catch (IOException e) {
                // Whoever blocks on it meets the same failure.
            }
        }
    }

    private synchronized Deadline await() {
        while (true) {
            Deadline first = pending.peek();
            long now = System.nanoTime();
            if (first != null && first.at - now <= 0) {
                pending.remove();
                return first;
            }
            // Without a deadline it sleeps for long, not for ever: no second kind of waiting.
            long nanos = first == null ? 3_600_000_000_000L : first.at - now;
            wakesAt = now + nanos;
            try {
                wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody has this thread to interrupt it", e);
            }
        }
    }
}
