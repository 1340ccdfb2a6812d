package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Is a text or a list that is replaced or added to at its end. A list is kept as a text of two
/// characters an item. Everything that nobody can see any more, since nothing seen later begins
/// with it, is one state: it must be replaced before the next look, whatever it is.
final class TextSpace implements Space {
    private static final int[] NOBODY = new int[0];
    private static final int LOST = 0;
    private static final int UNKNOWN = -2;

    private final Moves moves;
    private final Windows windows;
    private final Unknowns unknowns;
    private final Budget budget;
    private final boolean lists;
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> sums = new HashMap<>();
    private final int[] needs;
    private final int[] makes;
    private final int initial;
    private final int[] wanted;

    /// Of each text: the last window in which something is under way that sees it at its begin.
    private final Column lastSeen = new Column();

    private final boolean anySeesAll;
    private int lastBlocked = -1;

    /// Of each window: the first from it on that a read ends.
    private final int[] nextRead;

    /// Of each window that a read ends: the writes in time for it after which it can see what it
    /// saw; made when it is asked for first.
    private final int[][] replacing;

    TextSpace(Moves moves, Windows windows, Budget budget) {
        this.moves = moves;
        this.windows = windows;
        this.budget = budget;
        lists = isOfLists(moves);
        anySeesAll = moves.has(Moves.UNEQUAL);
        texts.add("(lost)");
        lastSeen.add(-1);
        needs = new int[moves.size()];
        makes = new int[moves.size()];
        for (int move = 0; move < moves.size(); move++) {
            byte kind = moves.kind(move);
            needs[move] = kind == Moves.WRITE || kind == Moves.APPEND ? -1 : number(whole(moves.need(move)));
            makes[move] = switch (kind) {
                case Moves.READ, Moves.UNEQUAL -> needs[move];
                case Moves.APPEND -> number(lists ? item(moves.makes(move)) : whole(moves.makes(move)));
                default -> number(whole(moves.makes(move)));
            };
        }
        initial = number(whole(moves.initial()));
        unknowns = new Unknowns(moves, windows, texts.size(), needs, makes);
        wanted = IntStream.range(0, texts.size())
                .filter(value -> unknowns.making(value).length + unknowns.comparing(value).length > 0)
                .toArray();
        nextRead = new int[windows.count() + 1];
        replacing = new int[windows.count()][];
        nextRead[windows.count()] = windows.count();
        for (int window = windows.count() - 1; window >= 0; window--) {
            boolean read = moves.kind(windows.returner(window)) == Moves.READ;
            nextRead[window] = read ? window : nextRead[window + 1];
        }
    }

    @Override
    public int initial() {
        return initial;
    }

    @Override
    public int nextInitial(int state) {
        return -1;
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
            case Moves.APPEND -> state == LOST ? LOST : appended(state, makes[move]);
            default -> makes[move];
        };
    }

    private int appended(int state, int piece) {
        return sums.computeIfAbsent(
                ((long) state << 32) | piece, _ -> number(texts.get(state).concat(texts.get(piece))));
    }

    @Override
    public void look(Configs configs, int config, Consumed consumed, boolean every) {}

    /// A write that leaves something behind that nobody sees can as well take place at its return,
    /// or hide.
    @Override
    public boolean isWorth(int move, int state, int window) {
        int after = moves.isObserver(move) ? -1 : after(move, state);
        return after >= 0 && (moves.kind(move) == Moves.CAS || settled(after, window) != LOST);
    }

    @Override
    public int settled(int state, int window) {
        return anySeesAll || lastSeen(state) >= window ? state : LOST;
    }

    private int lastSeen(int state) {
        if (lastSeen.get(state) == UNKNOWN) {
            String text = texts.get(state);
            int last = -1;
            for (int move = 0; move < moves.size(); move++) {
                if (windows.last(move) > last
                        && needs[move] >= 0
                        && texts.get(needs[move]).startsWith(text)) {
                    last = windows.last(move);
                }
            }
            lastSeen.set(state, last);
        }
        return lastSeen.get(state);
    }

    @Override
    public int wantedCount() {
        return wanted.length;
    }

    @Override
    public int wanted(int place) {
        return wanted[place];
    }

    @Override
    public boolean matters(int move, int window) {
        return true;
    }

    /// Asks of the next read: what it saw begins with what is there, unless the whole is replaced
    /// before.
    @Override
    public boolean isHopeful(int window, int state, long[] done, Consumed consumed, int bag) {
        int end = nextRead[window];
        while (end < windows.count() && isDone(windows.returner(end), window, done)) {
            end = nextRead[end + 1];
        }
        if (end == windows.count()) {
            return true;
        }
        String seen = texts.get(needs[windows.returner(end)]);
        if (state != LOST && seen.startsWith(texts.get(state))) {
            return true;
        }
        for (int move : replacing(end, seen)) {
            if (windows.last(move) >= window && !isDone(move, window, done)) {
                return true;
            }
        }
        lastBlocked = Math.max(lastBlocked, end);
        return false;
    }

    @Override
    public int lastBlocked() {
        return lastBlocked;
    }

    private int[] replacing(int end, String seen) {
        int[] known = replacing[end];
        if (known == null) {
            int[] found = NOBODY;
            for (int move = 0; move < moves.size() && windows.first(move) <= end; move++) {
                boolean replaces = moves.kind(move) == Moves.WRITE || moves.kind(move) == Moves.CAS;
                if (replaces && seen.startsWith(texts.get(makes[move]))) {
                    found = Arrays.copyOf(found, found.length + 1);
                    found[found.length - 1] = move;
                }
            }
            replacing[end] = known = found;
        }
        return known;
    }

    private boolean isDone(int move, int window, long[] done) {
        int slot = windows.slot(move);
        return !moves.isUnknown(move) && windows.first(move) <= window && (done[slot >>> 6] & (1L << slot)) != 0;
    }

    private int number(String text) {
        Integer known = numbers.putIfAbsent(text, texts.size());
        if (known == null) {
            texts.add(text);
            lastSeen.add(UNKNOWN);
            budget.take(64L + text.length());
        }
        return known == null ? texts.size() - 1 : known;
    }

    private static boolean isOfLists(Moves moves) {
        return IntStream.range(0, moves.size())
                .anyMatch(move -> moves.values().isList(moves.need(move))
                        || (moves.kind(move) != Moves.APPEND && moves.values().isList(moves.makes(move))));
    }

    private String whole(int cell) {
        if (cell == Values.NIL) {
            return "";
        }
        if (!lists) {
            return moves.values().value(cell) instanceof Value.Text text
                    ? text.value()
                    : moves.values().value(cell).toString();
        }
        var items = new StringBuilder();
        for (int item : moves.values().isList(cell) ? moves.values().items(cell) : new int[] {cell}) {
            items.append(item(item));
        }
        return items.toString();
    }

    private static String item(int cell) {
        return new String(new char[] {(char) (cell >>> 16), (char) cell});
    }

    @Override
    public String text(int state, int cell) {
        String text = texts.get(state);
        if (!lists) {
            return '"' + text + '"';
        }
        return IntStream.range(0, text.length() / 2)
                .map(i -> (text.charAt(2 * i) << 16) | text.charAt(2 * i + 1))
                .mapToObj(item -> moves.values().value(item).toString())
                .collect(Collectors.joining(" ", "[", "]"));
    }
}
