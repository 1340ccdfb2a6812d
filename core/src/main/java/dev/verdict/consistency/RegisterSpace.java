package dev.verdict.consistency;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Is a register: it holds the value that was written last. All values that nobody ever sees are
/// one state, since no answer depends on which it is.
final class RegisterSpace implements Space {
    private static final int UNSEEN = 0;

    private final Moves moves;
    private final Windows windows;
    private final Unknowns unknowns;
    private final int[] needs;
    private final int[] makes;
    private final int initial;

    /// Of each value: the last window in which a move that needs it is under way.
    private final int[] lastNeed;

    /// The last window in which a move is under way that needs any value but one.
    private int lastUnequal = -1;

    private final int[] stamps;
    private int stamp;
    private final int[] wanted;
    private int wantedCount;
    private boolean anyOther;

    RegisterSpace(Moves moves, Windows windows) {
        this.moves = moves;
        this.windows = windows;
        Map<Integer, Integer> numbers = new HashMap<>();
        needs = new int[moves.size()];
        makes = new int[moves.size()];
        Arrays.fill(needs, -1);
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) != Moves.WRITE) {
                needs[move] = numbers.computeIfAbsent(moves.need(move), _ -> numbers.size() + 1);
            }
        }
        for (int move = 0; move < moves.size(); move++) {
            makes[move] = moves.isObserver(move) ? needs[move] : numbers.getOrDefault(moves.makes(move), UNSEEN);
        }
        initial = numbers.getOrDefault(moves.initial(), UNSEEN);
        int values = numbers.size() + 1;
        unknowns = new Unknowns(moves, windows, values, needs, makes);
        lastNeed = new int[values];
        stamps = new int[values];
        wanted = new int[values];
        Arrays.fill(lastNeed, -1);
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) == Moves.UNEQUAL) {
                lastUnequal = Math.max(lastUnequal, windows.last(move));
            } else if (needs[move] >= 0) {
                lastNeed[needs[move]] = Math.max(lastNeed[needs[move]], windows.last(move));
            }
        }
    }

    @Override
    public int initial() {
        return initial;
    }

    @Override
    public Unknowns unknowns() {
        return unknowns;
    }

    @Override
    public int after(int move, int state) {
        return switch (moves.kind(move)) {
            case Moves.READ -> needs[move] == state ? state : -1;
            case Moves.UNEQUAL -> needs[move] != state ? state : -1;
            case Moves.CAS -> needs[move] == state ? makes[move] : -1;
            default -> makes[move];
        };
    }

    @Override
    public int settled(int state, int window) {
        return state;
    }

    /// Collects the values that moves under way need, and those from which unknown ones make them.
    @Override
    public void look(Configs configs, int config) {
        stamp++;
        wantedCount = 0;
        anyOther = false;
        int window = configs.window(config);
        int state = configs.state(config);
        stamps[state] = stamp; // it is there
        for (int place = windows.start(window); place < windows.start(window + 1); place++) {
            int move = windows.pending(place);
            if (needs[move] >= 0 && !configs.isDone(config, windows.slot(move))) {
                anyOther |= moves.kind(move) == Moves.UNEQUAL;
                want(needs[move]);
            }
        }
        for (int value = 0; anyOther && value < stamps.length; value++) {
            want(value);
        }
        for (int i = 0; i < wantedCount; i++) {
            for (int moveClass : unknowns.producing(wanted[i])) {
                int move = unknowns.sample(moveClass);
                if (moves.kind(move) == Moves.CAS && unknowns.hasMore(moveClass, 0, window)) {
                    want(needs[move]);
                }
            }
        }
    }

    private void want(int value) {
        if (stamps[value] != stamp) {
            stamps[value] = stamp;
            wanted[wantedCount++] = value;
        }
    }

    @Override
    public boolean isWorth(int move, int state, int window) {
        return moves.kind(move) == Moves.CAS
                ? needs[move] == state
                : moves.kind(move) == Moves.WRITE && makes[move] != state && stamps[makes[move]] == stamp;
    }

    @Override
    public int wantedCount() {
        return wantedCount;
    }

    @Override
    public int wanted(int place) {
        return wanted[place];
    }

    @Override
    public boolean matters(int move, int window) {
        return lastNeed[makes[move]] >= window || lastUnequal >= window;
    }

    @Override
    public boolean isHopeful(int window, int state, long[] done) {
        return true;
    }

    @Override
    public String text(int state, int cell) {
        return moves.values().value(cell).toString();
    }
}
