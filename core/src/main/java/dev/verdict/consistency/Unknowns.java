package dev.verdict.consistency;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Groups the moves of unknown outcome by what they do: those that do the same are a class, of
/// which the earliest stand for all.
final class Unknowns {
    static final int[] NOBODY = new int[0];

    private final int[] sample;
    private final int[][] byCall;
    private final int[][] making;
    private final int[][] comparing;
    private final int[] needsOf;
    private final Windows windows;

    /// Groups the moves.
    ///
    /// @param values how many values there are, by dense numbers
    /// @param needs the value that each move sees
    /// @param makes the value that each move leaves behind
    Unknowns(Moves moves, Windows windows, int values, int[] needs, int[] makes) {
        this.windows = windows;
        int[] classOf = new int[moves.size()];
        int[] sizes = new int[8];
        int[] samples = new int[8];
        int count = 0;
        Map<Long, Integer> numbers = HashMap.newHashMap(16);
        for (int move = 0; move < moves.size(); move++) {
            classOf[move] = -1;
            int need = moves.kind(move) == Moves.CAS ? needs[move] : -1 - moves.kind(move);
            if (moves.isUnknown(move) && windows.first(move) < windows.count() && need != makes[move]) {
                Integer known = numbers.putIfAbsent(((long) need << 32) | makes[move], count);
                classOf[move] = known == null ? count : known;
                if (known == null && ++count > sizes.length) {
                    sizes = Arrays.copyOf(sizes, 2 * count);
                    samples = Arrays.copyOf(samples, 2 * count);
                }
                samples[classOf[move]] = known == null ? move : samples[classOf[move]];
                sizes[classOf[move]]++;
            }
        }
        sample = Arrays.copyOf(samples, count);
        byCall = new int[count][];
        for (int moveClass = 0; moveClass < count; moveClass++) {
            byCall[moveClass] = new int[sizes[moveClass]];
        }
        for (int move = moves.size() - 1; move >= 0; move--) {
            if (classOf[move] >= 0) {
                byCall[classOf[move]][--sizes[classOf[move]]] = move;
            }
        }
        making = new int[values][];
        comparing = new int[values][];
        needsOf = new int[sample.length];
        Arrays.fill(making, NOBODY);
        Arrays.fill(comparing, NOBODY);
        for (int moveClass = 0; moveClass < sample.length; moveClass++) {
            int value = makes[sample[moveClass]];
            if (moves.kind(sample[moveClass]) == Moves.CAS) {
                needsOf[moveClass] = needs[sample[moveClass]];
                comparing[value] = added(comparing[value], moveClass);
            } else {
                making[value] = added(making[value], moveClass);
            }
        }
    }

    private static int[] added(int[] classes, int moveClass) {
        int[] more = Arrays.copyOf(classes, classes.length + 1);
        more[more.length - 1] = moveClass;
        return more;
    }

    /// Returns the number of classes.
    int count() {
        return sample.length;
    }

    /// Returns a move that stands for the class.
    int sample(int moveClass) {
        return sample[moveClass];
    }

    /// Returns the move of a class that is taken when so many were taken before.
    int move(int moveClass, int taken) {
        return byCall[moveClass][taken];
    }

    /// Returns the classes that leave a value behind, or add it, whatever was there.
    int[] making(int value) {
        return making[value];
    }

    /// Returns the classes that leave a value behind if they find another.
    int[] comparing(int value) {
        return comparing[value];
    }

    /// Returns the class that leaves a value behind if it finds this one; -1 if there is none.
    int cas(int from, int value) {
        for (int moveClass : comparing[value]) {
            if (needsOf[moveClass] == from) {
                return moveClass;
            }
        }
        return -1;
    }

    /// Tells whether more than so many moves of a class were called before a window ends.
    boolean hasMore(int moveClass, int taken, int window) {
        int[] moves = byCall[moveClass];
        return taken < moves.length && windows.first(moves[taken]) <= window;
    }

    /// Tells whether some are left of one of the classes.
    boolean isLeft(int[] classes, int window, Consumed consumed, int bag) {
        for (int moveClass : classes) {
            if (isLeft(moveClass, window, consumed, bag)) {
                return true;
            }
        }
        return false;
    }

    /// Tells whether some are left of a class: called before a window ends, and not in the bag.
    boolean isLeft(int moveClass, int window, Consumed consumed, int bag) {
        return hasMore(moveClass, 0, window)
                && (bag == Consumed.NONE || hasMore(moveClass, consumed.count(bag, moveClass), window));
    }
}
