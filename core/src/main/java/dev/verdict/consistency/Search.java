package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Looks for an order of the moves of one key that keeps the order of time and in which each sees
/// what it saw: Lowe's just-in-time search, depth first, with the prunings of [Configs] and these:
/// observers go first wherever they can; a write takes place before the return of another move
/// only if something under way needs its value just then, since otherwise it can wait or hide.
final class Search {
    /// Says how a search stands.
    enum Status {
        RUNNING,
        FOUND,
        NONE
    }

    /// Keeps every set of unknown moves that may matter: exact.
    static final int ALL_BAGS = Integer.MAX_VALUE;

    /// Lets each unknown move happen again and again: if there is no order even so, there is none.
    static final int NO_BAGS = 0;

    /// Keeps every set of those unknown moves that are counted.
    private static final int SOME_BAGS = ALL_BAGS - 1;

    private final Moves moves;
    private final int bags;
    private final BitSet counted;
    private final Windows windows;
    private final Space space;
    private final Configs configs;
    private final Consumed consumed;
    private final Unknowns unknowns;

    private int[] stack = new int[256];
    private int depth;
    private int deepest = Configs.NO_PARENT;
    private int end = Configs.NO_PARENT;
    private int reached = -1;
    private long steps;
    private Status status = Status.RUNNING;

    // The configuration that is being made.
    private int window;
    private int state;
    private final long[] done;
    private final long[] hideable;

    /// Prepares an exact search.
    Search(Moves moves, Budget budget) {
        this(moves, ALL_BAGS, budget);
    }

    /// Prepares a search that may be quicker than an exact one.
    ///
    /// @param bags how many sets of unknown moves are kept where all else is equal: an order that
    /// is
    ///     found is one with any number but [#NO_BAGS]; that there is none is sure with
    ///     [#NO_BAGS] and [#ALL_BAGS] only
    Search(Moves moves, int bags, Budget budget) {
        this(moves, bags, new BitSet(), budget);
    }

    /// Prepares a search that lets unknown moves happen again and again, but for those of some
    /// classes.
    Search(Moves moves, BitSet counted, Budget budget) {
        this(moves, SOME_BAGS, counted, budget);
    }

    private Search(Moves moves, int bags, BitSet counted, Budget budget) {
        this.moves = moves;
        this.bags = bags;
        this.counted = counted;
        this.windows = new Windows(moves);
        budget.take(windows.bytes());
        this.space = Space.of(moves, windows, budget);
        this.unknowns = space.unknowns();
        this.consumed = new Consumed(budget);
        this.configs = new Configs(windows, consumed, Math.max(1, bags), budget);
        this.done = new long[configs.words()];
        this.hideable = new long[configs.words()];
        for (int start = space.initial(); start >= 0; start = space.nextInitial(start)) {
            Arrays.fill(done, 0);
            Arrays.fill(hideable, 0);
            window = 0;
            state = start;
            arrive(Consumed.NONE, Configs.NO_PARENT, Configs.NO_PARENT);
        }
    }

    /// Returns how many windows the search got past, of how many.
    int windowsPassed() {
        return Math.max(reached, 0);
    }

    Status status() {
        return status;
    }

    /// Gives the memory of a search that has ended back to its budget.
    void release(Budget budget) {
        budget.take(-configs.bytes());
    }

    /// Returns how many steps were taken.
    long steps() {
        return steps;
    }

    /// Goes on for so many more steps, or to the end.
    Status run(long more, Budget budget) {
        for (long step = 0; step < more && status == Status.RUNNING; step++) {
            if ((step & 0xff) == 0 && budget.spent().isPresent()) {
                return status;
            }
            steps++;
            if (depth == 0) {
                status = Status.NONE;
            } else {
                int config = stack[--depth];
                if (!configs.isUseless(config)) {
                    expand(config);
                }
            }
        }
        return status;
    }

    /// Tells whether there are moves of unknown outcome that can matter.
    boolean hasUnknowns() {
        return unknowns.count() > 0;
    }

    /// Returns the longest order that was found: all moves if there is a legal order of all.
    Path path() {
        return new Path(moves, windows, space, configs, unknowns, status == Status.FOUND ? end : deepest);
    }

    /// Returns the classes of which the order that was found takes more than there are.
    BitSet overdrawn() {
        BitSet classes = new BitSet();
        int[] taken = new int[unknowns.count()];
        List<Integer> way = new ArrayList<>();
        for (int config = end; config != Configs.NO_PARENT; config = configs.parent(config)) {
            way.add(config);
        }
        for (int place = way.size() - 2; place >= 0; place--) {
            int via = configs.via(way.get(place));
            if (via < 0 && !unknowns.hasMore(~via, taken[~via]++, configs.window(way.get(place + 1)))) {
                classes.set(~via);
            }
        }
        return classes;
    }

    /// Returns the move that no order gets past: what returned until then is illegal by itself.
    int culprit() {
        return windows.returner(Math.max(configs.window(deepest), space.lastBlocked()));
    }

    private boolean isCounted(int moveClass) {
        return bags == SOME_BAGS ? counted.get(moveClass) : bags != NO_BAGS;
    }

    /// Pushes what can follow; what is most likely to lead on comes last, to be looked at first.
    private void expand(int config) {
        int at = configs.window(config);
        int returner = windows.returner(at);
        int now = configs.state(config);
        space.look(configs, config, consumed, bags == ALL_BAGS);
        for (int i = space.wantedCount() - 1; i >= 0; i--) {
            takeUnknowns(config, at, now, space.wanted(i));
        }
        for (int place = windows.start(at); place < windows.start(at + 1); place++) {
            int move = windows.pending(place);
            if (move != returner && !configs.isDone(config, windows.slot(move)) && space.isWorth(move, now, at)) {
                take(config, move);
            }
        }
        if (configs.isHideable(config, windows.slot(returner))) {
            hide(config, returner);
        }
        if (!moves.isObserver(returner) && space.after(returner, now) >= 0) {
            take(config, returner);
        }
    }

    private void takeUnknowns(int config, int at, int now, int value) {
        int cas = unknowns.cas(now, value);
        if (cas >= 0) {
            takeUnknown(config, at, now, cas);
        }
        for (int moveClass : unknowns.making(value)) {
            takeUnknown(config, at, now, moveClass);
        }
    }

    private void takeUnknown(int config, int at, int now, int moveClass) {
        if (!unknowns.isLeft(moveClass, at, consumed, configs.bag(config))) {
            return;
        }
        int next = space.after(unknowns.sample(moveClass), now);
        if (next >= 0 && next != now && space.settled(next, at) == next) {
            load(config);
            become(unknowns.sample(moveClass), next);
            int bag = configs.bag(config);
            arrive(isCounted(moveClass) ? consumed.with(bag, moveClass) : bag, config, ~moveClass);
        }
    }

    private void take(int config, int move) {
        load(config);
        become(move, space.after(move, configs.state(config)));
        mark(done, windows.slot(move));
        arrive(configs.bag(config), config, move);
    }

    private void hide(int config, int move) {
        load(config);
        mark(done, windows.slot(move));
        arrive(configs.bag(config), config, Configs.HIDDEN);
    }

    private void load(int config) {
        window = configs.window(config);
        state = configs.state(config);
        configs.load(config, done, hideable);
    }

    private void become(int move, int next) {
        state = next;
        if (moves.kind(move) == Moves.WRITE) {
            for (int place = windows.start(window); place < windows.start(window + 1); place++) {
                int other = windows.pending(place);
                if (moves.kind(other) >= Moves.WRITE) {
                    mark(hideable, windows.slot(other));
                }
            }
        }
    }

    /// Lets observers see what they can, passes all returns that can be passed, and keeps what is
    /// left to look at.
    private void arrive(int bag, int parent, int via) {
        if (status == Status.FOUND) {
            return;
        }
        while (window < windows.count()) {
            observe();
            int returner = windows.returner(window);
            int slot = windows.slot(returner);
            if (!isMarked(done, slot) && !(isMarked(hideable, slot) && !space.matters(returner, window))) {
                break;
            }
            clear(done, slot);
            clear(hideable, slot);
            window++;
        }
        state = space.settled(state, window);
        if (window == windows.count()) {
            end = configs.add(window, state, bag, done, hideable, parent, via);
            status = Status.FOUND;
        } else if (space.isHopeful(window, state, done, consumed, bag)) {
            int config = configs.add(window, state, bag, done, hideable, parent, via);
            if (config >= 0) {
                push(config);
            }
        } else if (window > reached) {
            // Kept for the explanation alone.
            note(configs.add(window, state, bag, done, hideable, parent, via));
        }
    }

    private void push(int config) {
        note(config);
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, 2 * depth);
        }
        stack[depth++] = config;
    }

    private void note(int config) {
        if (config >= 0 && window > reached) {
            reached = window;
            deepest = config;
        }
    }

    /// Lets each observer see what it can. A write of what is there changes nothing either, but may
    /// be wanted later: it can hide.
    private void observe() {
        for (int place = windows.start(window); place < windows.start(window + 1); place++) {
            int move = windows.pending(place);
            if (moves.isObserver(move)) {
                if (space.after(move, state) >= 0) {
                    mark(done, windows.slot(move));
                }
            } else if (moves.kind(move) == Moves.WRITE && space.after(move, state) == state) {
                mark(hideable, windows.slot(move));
            }
        }
    }

    private static void mark(long[] mask, int slot) {
        mask[slot >>> 6] |= 1L << slot;
    }

    private static void clear(long[] mask, int slot) {
        mask[slot >>> 6] &= ~(1L << slot);
    }

    private static boolean isMarked(long[] mask, int slot) {
        return (mask[slot >>> 6] & (1L << slot)) != 0;
    }
}
