package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Is the order of moves that led a search to a configuration.
final class Path {
    private static final int LONGEST = 200;
    private static final String ANYTHING = "anything";
    private static final int FIRST = Integer.MAX_VALUE;

    private final Moves moves;
    private final Windows windows;
    private final Space space;
    private final List<Integer> order = new ArrayList<>();
    private final long[] done;

    /// Of each move that can hide: the move that it can stand right before; or the complement of
    /// the one that it can stand right after.
    private final Map<Integer, Integer> hidings = new HashMap<>();

    private final int start;
    private int window;
    private int state;

    Path(Moves moves, Windows windows, Space space, Configs configs, Unknowns unknowns, int config) {
        this.moves = moves;
        this.windows = windows;
        this.space = space;
        this.done = new long[windows.words()];
        List<Integer> configsOnTheWay = new ArrayList<>();
        for (int i = config; i != Configs.NO_PARENT; i = configs.parent(i)) {
            configsOnTheWay.add(i);
        }
        int[] taken = new int[unknowns.count()];
        this.start = moves.hasAnyStart() && config >= 0 ? configs.state(configsOnTheWay.getLast()) : space.initial();
        this.state = start;
        for (int at : configsOnTheWay.reversed()) {
            if (configs.parent(at) != Configs.NO_PARENT) {
                follow(configs.via(at), unknowns, taken);
            }
            passTo(configs.window(at));
        }
    }

    /// Returns the moves in their order.
    List<Integer> order() {
        return order;
    }

    /// Returns the moves in their order, each with the state that it led to.
    List<Anomaly.Placed> placed() {
        List<Anomaly.Placed> placed = new ArrayList<>();
        int now = start;
        String text = moves.hasAnyStart() ? ANYTHING : space.text(now, moves.initial());
        for (int move : order) {
            now = space.after(move, now);
            if (!moves.isObserver(move)) {
                text = space.text(now, moves.makes(move));
            } else if (moves.kind(move) == Moves.READ && text.equals(ANYTHING)) {
                text = space.text(now, moves.need(move));
            }
            String shown = text.length() <= LONGEST ? text : "…" + text.substring(text.length() - LONGEST);
            placed.add(new Anomaly.Placed(moves.operation(move), shown));
        }
        return placed;
    }

    private void follow(int via, Unknowns unknowns, int[] taken) {
        if (via == Configs.HIDDEN) {
            hide(windows.returner(window));
        } else if (via < 0) {
            visit(unknowns.move(~via, taken[~via]++));
        } else {
            visit(via);
            mark(via);
        }
    }

    private void passTo(int target) {
        while (window < windows.count()) {
            observe();
            if (window == target) {
                return;
            }
            int returner = windows.returner(window);
            int slot = windows.slot(returner);
            if ((done[slot >>> 6] & (1L << slot)) == 0) {
                hide(returner);
            }
            done[slot >>> 6] &= ~(1L << slot);
            window++;
        }
    }

    private void observe() {
        for (int place = windows.start(window); place < windows.start(window + 1); place++) {
            int move = windows.pending(place);
            int slot = windows.slot(move);
            boolean open = (done[slot >>> 6] & (1L << slot)) == 0;
            if (open && moves.isObserver(move) && space.after(move, state) >= 0) {
                order.add(move);
                mark(move);
            } else if (open && moves.kind(move) == Moves.WRITE && space.after(move, state) == state) {
                hidings.put(move, order.isEmpty() ? FIRST : ~order.getLast());
            }
        }
    }

    private void visit(int move) {
        if (moves.kind(move) == Moves.WRITE && window < windows.count()) {
            for (int place = windows.start(window); place < windows.start(window + 1); place++) {
                hidings.put(windows.pending(place), move);
            }
        }
        order.add(move);
        state = space.after(move, state);
    }

    private void hide(int move) {
        int beside = Objects.requireNonNull(hidings.get(move), "a place to hide");
        int place = beside == FIRST ? 0 : beside < 0 ? order.indexOf(~beside) + 1 : order.indexOf(beside);
        order.add(place, move);
        mark(move);
    }

    private void mark(int move) {
        int slot = windows.slot(move);
        done[slot >>> 6] |= 1L << slot;
    }
}
