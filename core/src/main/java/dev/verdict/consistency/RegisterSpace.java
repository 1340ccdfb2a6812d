package dev.verdict.consistency;

import java.util.Arrays;

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
    private final Outlook outlook;

    RegisterSpace(Moves moves, Windows windows) {
        this.moves = moves;
        this.windows = windows;
        var numbers = new IntMap();
        needs = new int[moves.size()];
        makes = new int[moves.size()];
        Arrays.fill(needs, -1);
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) != Moves.WRITE) {
                needs[move] = numbers.number(moves.need(move)) + 1;
            }
        }
        // What nobody needs has no number, -1, and is UNSEEN.
        for (int move = 0; move < moves.size(); move++) {
            makes[move] = moves.isObserver(move) ? needs[move] : numbers.get(moves.makes(move)) + 1;
        }
        initial = moves.hasAnyStart() ? UNSEEN : numbers.get(moves.initial()) + 1;
        int values = numbers.size() + 1;
        unknowns = new Unknowns(moves, windows, values, needs, makes);
        outlook = new Outlook(moves, windows, unknowns, values, needs, makes);
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
    public int nextInitial(int state) {
        return moves.hasAnyStart() && state + 1 < stamps.length ? state + 1 : -1;
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
    public void look(Configs configs, int config, Consumed consumed, boolean every) {
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
            boolean plain =
                    !every && unknowns.isLeft(unknowns.making(wanted[i]), window, consumed, configs.bag(config));
            for (int moveClass : plain ? Unknowns.NOBODY : unknowns.comparing(wanted[i])) {
                if (unknowns.isLeft(moveClass, window, consumed, configs.bag(config))) {
                    want(needs[unknowns.sample(moveClass)]);
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
    public boolean isHopeful(int window, int state, long[] done, Consumed consumed, int bag) {
        return outlook.isHopeful(window, state, done, consumed, bag);
    }

    @Override
    public int lastBlocked() {
        return outlook.lastBlocked();
    }

    @Override
    public String text(int state, int cell) {
        return moves.values().value(cell).toString();
    }
}
