package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds which moves of unknown outcome a search took to have happened, as multisets of classes of
/// equal moves, each multiset once. Number 0 is the empty one.
final class Consumed {
    static final int NONE = 0;

    private static final class Bag {
        private final int[] classes;
        private final int hash;

        Bag(int[] classes) {
            this.classes = classes;
            this.hash = Arrays.hashCode(classes);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bag bag && hash == bag.hash && Arrays.equals(classes, bag.classes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final List<int[]> bags = new ArrayList<>();
    private final Map<Bag, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> sums = new HashMap<>();
    private final Budget budget;

    Consumed(Budget budget) {
        this.budget = budget;
        number(new int[0]);
    }

    /// Returns the bag with one more of a class.
    int with(int bag, int moveClass) {
        long key = ((long) bag << 32) | moveClass;
        Integer known = sums.get(key);
        if (known == null) {
            known = number(inserted(bags.get(bag), moveClass));
            sums.put(key, known);
        }
        return known;
    }

    /// Returns how many of a class are in a bag.
    int count(int bag, int moveClass) {
        int[] classes = bags.get(bag);
        int place = Arrays.binarySearch(classes, moveClass);
        if (place < 0) {
            return 0;
        }
        int from = place;
        int to = place + 1;
        while (from > 0 && classes[from - 1] == moveClass) {
            from--;
        }
        while (to < classes.length && classes[to] == moveClass) {
            to++;
        }
        return to - from;
    }

    /// Tells whether all of one bag is in another.
    boolean isWithin(int bag, int other) {
        if (bag == other || bag == NONE) {
            return true;
        }
        int[] small = bags.get(bag);
        int[] large = bags.get(other);
        int left = large.length - small.length;
        int at = 0;
        for (int i = 0; i < large.length && at < small.length && left >= 0; i++) {
            if (large[i] == small[at]) {
                at++;
            } else {
                left--;
            }
        }
        return at == small.length;
    }

    private int number(int[] classes) {
        Integer known = numbers.putIfAbsent(new Bag(classes), bags.size());
        if (known != null) {
            return known;
        }
        bags.add(classes);
        budget.take(128 + 4L * classes.length);
        return bags.size() - 1;
    }

    private static int[] inserted(int[] classes, int moveClass) {
        int place = Arrays.binarySearch(classes, moveClass);
        int at = place < 0 ? ~place : place;
        int[] more = new int[classes.length + 1];
        System.arraycopy(classes, 0, more, 0, at);
        more[at] = moveClass;
        System.arraycopy(classes, at, more, at + 1, classes.length - at);
        return more;
    }
}
