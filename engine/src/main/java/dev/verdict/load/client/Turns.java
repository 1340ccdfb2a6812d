package dev.verdict.load.client;

import dev.verdict.load.Arrivals;
import dev.verdict.load.Pace;
import dev.verdict.load.Slice;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Lets users ask when it is their turn.
abstract sealed class Turns {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long start;

    private Turns(long start) {
        this.start = start;
    }

    /// Is a turn to ask.
    ///
    /// @param index the number of the request in the whole load
    /// @param due when it should be sent, as of [System#nanoTime]
    record Turn(long index, long due) {}

    static Turns of(ClientLoad load, long start) {
        return switch (load.pace()) {
            case Pace.Open open -> new OfRate(open, load.slice(), start);
            case Pace.Closed closed -> new OfUsers(closed, load.slice(), start);
        };
    }

    long start() {
        return start;
    }

    /// Waits until it is a user's turn.
    ///
    /// @param user its number
    /// @param free since when it is free
    /// @param rest how long it rests at least
    /// @return empty if the load is over
    abstract Optional<Turn> next(int user, long free, long rest) throws InterruptedException;

    /// Returns how many requests a rate asked for so far.
    abstract long due();

    /// Ends it: no more turns. Tells of those that were due and that nobody took.
    ///
    /// @param at when it ended
    /// @param unsent takes each of them
    abstract void end(long at, Consumer<Turn> unsent);

    void stop() {
        stopped.countDown();
    }

    /// Waits; returns whether the load goes on.
    boolean waitUntil(long time) throws InterruptedException {
        return !stopped.await(time - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /// Gives each arrival to the next user who is free, who then waits for its time: so many may
    /// wait as there are users, and those for whom there is none are but computed.
    private static final class OfRate extends Turns {
        private final Arrivals arrivals;
        private long due;
        private boolean over;

        OfRate(Pace.Open pace, Slice slice, long start) {
            super(start);
            this.arrivals = new Arrivals(pace, slice);
        }

        @Override
        Optional<Turn> next(int user, long free, long rest) throws InterruptedException {
            Optional<Turn> turn = take();
            if (turn.isPresent() && !waitUntil(turn.get().due())) {
                giveBack();
                return Optional.empty();
            }
            return turn;
        }

        private synchronized Optional<Turn> take() {
            if (over || arrivals.due() == Arrivals.NEVER) {
                return Optional.empty();
            }
            Turn turn = new Turn(arrivals.index(), start() + arrivals.due());
            arrivals.advance();
            due++;
            return Optional.of(turn);
        }

        private synchronized void giveBack() {
            due--;
        }

        @Override
        synchronized long due() {
            return due;
        }

        @Override
        synchronized void end(long at, Consumer<Turn> unsent) {
            over = true;
            for (; arrivals.due() != Arrivals.NEVER && start() + arrivals.due() - at < 0; arrivals.advance()) {
                due++;
                unsent.accept(new Turn(arrivals.index(), start() + arrivals.due()));
            }
        }
    }

    /// Lets each user ask again when the answer has come and the time to think is over.
    private static final class OfUsers extends Turns {
        /// Is how often the number of users is looked at while it may change.
        private static final long STEP = 10_000_000;

        private final Pace.Closed pace;
        private final Slice slice;
        private final AtomicLong begun = new AtomicLong();

        OfUsers(Pace.Closed pace, Slice slice, long start) {
            super(start);
            this.pace = pace;
            this.slice = slice;
        }

        @Override
        Optional<Turn> next(int user, long free, long rest) throws InterruptedException {
            long end = start() + pace.duration().toNanos();
            boolean first = free == start();
            long due = first ? start() : free + Math.max(rest, pace.think().toNanos());
            while (due - end < 0) {
                if (!waitUntil(due)) {
                    return Optional.empty();
                }
                if (slice.index(user) < Math.round(pace.users().at(due - start()))) {
                    return Optional.of(new Turn(slice.index(begun.getAndIncrement()), due));
                }
                due += STEP;
            }
            return Optional.empty();
        }

        @Override
        long due() {
            return 0;
        }

        @Override
        void end(long at, Consumer<Turn> unsent) {
            stop();
        }
    }
}
