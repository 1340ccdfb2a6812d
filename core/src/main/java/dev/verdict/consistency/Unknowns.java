package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Groups the moves of unknown outcome by what they do: those that do the same are a class, of
/// which the earliest stand for all.
final class Unknowns {
    private record Doing(byte kind, int need, int makes) {}

    private final int[] sample;
    private final int[][] byCall;
    private final int[][] producing;
    private final Windows windows;

    /// Groups the moves.
    ///
    /// @param values how many values there are, by dense numbers
    /// @param needs the value that each move sees
    /// @param makes the value that each move leaves behind
    Unknowns(Moves moves, Windows windows, int values, int[] needs, int[] makes) {
        this.windows = windows;
        Map<Doing, List<Integer>> classes = new LinkedHashMap<>();
        for (int move = 0; move < moves.size(); move++) {
            if (moves.isUnknown(move) && windows.first(move) < windows.count()) {
                int need = moves.kind(move) == Moves.CAS ? needs[move] : -1;
                classes.computeIfAbsent(new Doing(moves.kind(move), need, makes[move]), _ -> new ArrayList<>())
                        .add(move);
            }
        }
        byCall = classes.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        sample = Arrays.stream(byCall).mapToInt(list -> list[0]).toArray();
        producing = new int[values][];
        Arrays.fill(producing, new int[0]);
        for (int moveClass = 0; moveClass < sample.length; moveClass++) {
            int value = makes[sample[moveClass]];
            int[] more = Arrays.copyOf(producing[value], producing[value].length + 1);
            more[more.length - 1] = moveClass;
            producing[value] = more;
        }
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

    /// Returns the classes that leave a value behind.
    int[] producing(int value) {
        return producing[value];
    }

    /// Tells whether more than so many moves of a class were called before a window ends.
    boolean hasMore(int moveClass, int taken, int window) {
        int[] moves = byCall[moveClass];
        return taken < moves.length && windows.first(moves[taken]) <= window;
    }
}
