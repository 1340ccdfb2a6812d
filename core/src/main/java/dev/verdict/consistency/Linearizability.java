package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

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

    /// How many sets of unknown moves the quick searches keep, in their order.
    private static final int[] QUICK = {1, Search.NO_BAGS, 8};

    /// How many keys are explained at most.
    private static final int EXPLAINED = 5;

    /// Checks with as many threads as there are processors, from nothing.
    public Linearizability(Datatype datatype) {
        this(datatype, Value.NIL, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public Answer check(History history, Budget budget) {
        List<KeyWork> parts =
                datatype.moves(history, initial).stream().map(KeyWork::new).toList();
        List<Fact> facts = List.of(new Fact("operations", history.size()), new Fact("keys", parts.size()));
        budget.total(parts.stream().mapToLong(part -> part.moves().size()).sum());
        List<KeyWork> open = parts;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (long steps = FIRST_STEPS; !open.isEmpty() && budget.spent().isEmpty(); steps *= GROWTH) {
                work(pool, open, steps, budget);
                List<KeyWork> illegal = open.stream()
                        .filter(KeyWork::isIllegal)
                        .limit(EXPLAINED)
                        .toList();
                if (!illegal.isEmpty()) {
                    return new Answer.Invalid(explain(history, illegal, budget), facts);
                }
                open = open.stream().filter(part -> !part.isLegal()).toList();
            }
        }
        return open.isEmpty() ? new Answer.Valid(facts) : new Answer.Unknown(unknown(open, parts, budget), facts);
    }

    /// Gives each part the same number of steps, so that one hard key cannot hide an easy one.
    private void work(ExecutorService pool, List<KeyWork> parts, long steps, Budget budget) {
        var next = new AtomicInteger();
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < Math.min(threads, parts.size()); worker++) {
            workers.add(pool.submit(() -> {
                for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
                    if (budget.spent().isEmpty()) {
                        parts.get(i).run(steps, budget);
                    }
                }
            }));
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

    private static List<Anomaly> explain(History history, List<KeyWork> illegal, Budget budget) {
        return illegal.stream()
                .map(part -> Explanation.of(history, part.illegal(), budget))
                .toList();
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

        KeyWork(Moves moves) {
            this.moves = moves;
        }

        Moves moves() {
            return moves;
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
                illegal = Zones.illegal(moves).map(moves::only);
                legal = illegal.isEmpty();
            } else {
                search(steps, budget);
            }
            if (legal || isIllegal()) {
                search = Optional.empty();
                budget.advance(moves.size());
            }
        }

        /// Tries the quick searches for so many steps each before the exact one.
        private void search(long steps, Budget budget) {
            Search exact = search.orElseGet(() -> new Search(moves, budget));
            search = Optional.of(exact);
            if (exact.hasUnknowns()) {
                for (int bags : QUICK) {
                    var quick = new Search(moves, bags, budget);
                    Search.Status status = quick.run(steps, budget);
                    legal = status == Search.Status.FOUND && bags != Search.NO_BAGS;
                    if (status == Search.Status.NONE && bags == Search.NO_BAGS) {
                        illegal = Optional.of(moves.until(moves.returned(quick.culprit())));
                    }
                    quick.release(budget);
                    if (legal || isIllegal()) {
                        return;
                    }
                }
            }
            switch (exact.run(steps, budget)) {
                case FOUND -> legal = true;
                case NONE -> illegal = Optional.of(moves.until(moves.returned(exact.culprit())));
                case RUNNING -> {}
            }
        }
    }
}
