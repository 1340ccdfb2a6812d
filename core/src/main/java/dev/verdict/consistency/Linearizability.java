package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Checks whether the operations can be put in one order that keeps the order of time and that a
/// single copy of a datatype would have answered as the system did (M. Herlihy and J. Wing, 1990).
/// Keys are independent, so each is checked by itself, side by side.
///
/// @param datatype what the system should behave like
/// @param initial what is there before anything was written; nil if nothing is
/// @param threads how many threads search
public record Linearizability(Datatype datatype, Value initial, int threads) implements Checker {
    private static final long FIRST_STEPS = 20_000;
    private static final int GROWTH = 4;

    /// How many sets of unknown moves the quick searches keep at most.
    private static final int MOST_BAGS = 32;

    /// How many times as long short stretches are looked at as the whole.
    private static final int STRETCHED = 8;

    /// How many moves are searched as a whole only.
    private static final int FEW = 200;

    /// How many keys are explained at most.
    private static final int EXPLAINED = 5;

    /// Checks with as many threads as there are processors, from nothing.
    public Linearizability(Datatype datatype) {
        this(datatype, Value.NIL, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public Answer check(History history, Budget budget) {
        // Loops and classes, here and in what explains: the first streams and lambdas take longer than many a check.
        List<KeyWork> parts = new ArrayList<>();
        long total = 0;
        for (Moves moves : datatype.moves(history, initial)) {
            parts.add(new KeyWork(moves));
            total += moves.size();
        }
        List<Fact> facts = List.of(new Fact("operations", history.size()), new Fact("keys", parts.size()));
        budget.total(total);
        if (parts.size() == 1 || threads == 1) {
            return check(history, parts, new Alone(), budget, facts);
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, Math.max(1, parts.size())))) {
            return check(history, parts, task -> sideBySide(pool, task, budget), budget, facts);
        }
    }

    /// Checks.
    ///
    /// @param workers runs a task, perhaps several times at once, and returns when all have ended
    private static Answer check(
            History history, List<KeyWork> parts, Consumer<Runnable> workers, Budget budget, List<Fact> facts) {
        List<KeyWork> open = parts;
        for (long steps = FIRST_STEPS; !open.isEmpty() && budget.spent().isEmpty(); steps *= GROWTH) {
            workers.accept(new Work(open, steps, budget, new AtomicInteger()));
            List<Anomaly> illegal = explain(history, open, budget);
            if (!illegal.isEmpty()) {
                return new Answer.Invalid(illegal, facts);
            }
            List<KeyWork> left = new ArrayList<>();
            for (KeyWork part : open) {
                if (!part.isLegal()) {
                    left.add(part);
                }
            }
            open = left;
        }
        return open.isEmpty() ? new Answer.Valid(facts) : new Answer.Unknown(unknown(open, parts, budget), facts);
    }

    /// Gives each part the same number of steps, so that one hard key cannot hide an easy one.
    private record Work(List<KeyWork> parts, long steps, Budget budget, AtomicInteger next) implements Runnable {
        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
                if (budget.spent().isEmpty()) {
                    parts.get(i).run(steps, budget);
                }
            }
        }
    }

    /// Runs a task in the thread that asks.
    private static final class Alone implements Consumer<Runnable> {
        @Override
        public void accept(Runnable task) {
            task.run();
        }
    }

    private void sideBySide(ExecutorService pool, Runnable task, Budget budget) {
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < threads; worker++) {
            workers.add(pool.submit(task));
        }
        for (Future<?> worker : workers) {
            await(worker, budget);
        }
    }

    private static void await(Future<?> worker, Budget budget) {
        boolean interrupted = false;
        while (true) {
            try {
                worker.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                budget.stop("interrupted");
            } catch (ExecutionException e) {
                throw new IllegalStateException("a search failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Explains some of the keys that were found illegal.
    private static List<Anomaly> explain(History history, List<KeyWork> parts, Budget budget) {
        List<Anomaly> anomalies = new ArrayList<>();
        for (KeyWork part : parts) {
            if (part.isIllegal() && anomalies.size() < EXPLAINED) {
                anomalies.add(Explanation.of(history, part.illegal(), budget));
            }
        }
        return anomalies;
    }

    private static String unknown(List<KeyWork> open, List<KeyWork> parts, Budget budget) {
        return "%s; %d of %d keys were found legal"
                .formatted(budget.spent().orElse("the search ended"), parts.size() - open.size(), parts.size());
    }

    /// Is the work on one key.
    private static final class KeyWork {
        private final Moves moves;
        private boolean legal;
        private Optional<Moves> illegal = Optional.empty();
        private Optional<Search> search = Optional.empty();
        private Optional<Stretches> stretches = Optional.empty();

        KeyWork(Moves moves) {
            this.moves = moves;
        }

        boolean isLegal() {
            return legal;
        }

        boolean isIllegal() {
            return illegal.isPresent();
        }

        /// Returns moves that are illegal by themselves.
        Moves illegal() {
            return illegal.orElseThrow();
        }

        /// Goes on for so many steps; where the heap ends, the budget does as well.
        void run(long steps, Budget budget) {
            try {
                work(steps, budget);
            } catch (OutOfMemoryError e) {
                search = Optional.empty();
                budget.stop("the heap of %d MiB is full"
                        .formatted(Runtime.getRuntime().maxMemory() >> 20));
            }
        }

        private void work(long steps, Budget budget) {
            if (search.isEmpty() && Zones.fits(moves)) {
                Optional<BitSet> zone = Zones.illegal(moves);
                illegal = zone.isPresent() ? Optional.of(moves.only(zone.get())) : Optional.empty();
                legal = illegal.isEmpty();
            } else {
                search(steps, budget);
            }
            if (legal || isIllegal()) {
                search = Optional.empty();
                stretches = Optional.empty();
                budget.advance(moves.size());
            }
        }

        /// Tries the quick ways for so many steps each before the exact one.
        private void search(long steps, Budget budget) {
            boolean first = search.isEmpty();
            Search exact = search.orElseGet(() -> new Search(moves, budget));
            search = Optional.of(exact);
            long few = moves.has(Moves.APPEND) ? steps : moves.size() + steps / 16;
            if (exact.hasUnknowns()) {
                for (int bags = 1; bags <= 2 && !legal; bags++) {
                    quickly(bags, few, budget);
                }
                if (!legal) {
                    stretches(STRETCHED * few, budget);
                }
                if (!legal && !isIllegal()) {
                    counting(few, budget);
                }
                for (int bags = 8; bags <= MOST_BAGS && !legal && !isIllegal(); bags *= 4) {
                    quickly(bags, few, budget);
                }
            } else if (!first) {
                stretches(STRETCHED * few, budget);
            }
            if (!legal && !isIllegal()) {
                switch (exact.run(steps, budget)) {
                    case FOUND -> legal = true;
                    case NONE -> illegal = Optional.of(moves.until(moves.returned(exact.culprit())));
                    case RUNNING -> {}
                }
            }
        }

        private void quickly(int bags, long steps, Budget budget) {
            var quick = new Search(moves, bags, budget);
            legal = quick.run(steps, budget) == Search.Status.FOUND;
            quick.release(budget);
        }

        private void stretches(long steps, Budget budget) {
            if (moves.size() > FEW && Stretches.fits(moves)) {
                Stretches parts = stretches.orElseGet(() -> new Stretches(moves));
                stretches = Optional.of(parts);
                illegal = parts.illegal(steps, budget);
            }
        }

        /// Lets unknown moves happen again and again, but for those of which the last order that
        /// was found this way takes more than there are. If there is no order even so, there is
        /// none; an order that takes too much of nothing is one.
        private void counting(long steps, Budget budget) {
            BitSet counted = new BitSet();
            for (long left = 8 * steps; left > 0 && !legal && !isIllegal(); ) {
                var relaxed = new Search(moves, counted, budget);
                Search.Status status = relaxed.run(Math.min(left, steps), budget);
                BitSet more = relaxed.overdrawn();
                switch (status) {
                    case FOUND -> legal = more.isEmpty();
                    case NONE -> illegal = Optional.of(moves.until(moves.returned(relaxed.culprit())));
                    case RUNNING -> left = 0;
                }
                left -= relaxed.steps();
                counted.or(more);
                relaxed.release(budget);
            }
        }
    }
}
