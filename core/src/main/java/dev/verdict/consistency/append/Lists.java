package dev.verdict.consistency.append;

import java.util.Arrays;
import java.util.function.IntPredicate;

/// Knows of each list in what order its elements came, as far as reads tell, and who appended them.
final class Lists {
    /// Stands for nobody, or for no such place.
    static final int NONE = -1;

    private final Elements elements;
    private final int[] cells; // of a list: the cell of its key
    private final int[][] orders; // of a list: its elements in order
    private final int[] writers; // of an element
    private final int[] positions; // of an element: its place in the order, or NONE
    private final int[] followed; // of an element: what its writer appended to the list next, or NONE
    private final boolean[] failed; // of an element: its writer failed or nobody is it
    private final int[] firstAborted; // of a list: where a failed transaction's first element is
    private final int[] firstUnwritten; // of a list: where the first element is that nobody appended
    private final int[][] unseen; // of a list: elements that no read saw, of writers that may have happened

    Lists(
            Elements elements,
            int[] cells,
            int[][] orders,
            int[] writers,
            int[] positions,
            int[] followed,
            boolean[] failed,
            int[][] unseen) {
        this.elements = elements;
        this.cells = cells;
        this.orders = orders;
        this.writers = writers;
        this.positions = positions;
        this.followed = followed;
        this.failed = failed;
        this.unseen = unseen;
        this.firstAborted = new int[cells.length];
        this.firstUnwritten = new int[cells.length];
        Arrays.setAll(firstAborted, key -> find(key, element -> failed[element] && writers[element] != NONE));
        Arrays.setAll(firstUnwritten, key -> find(key, element -> writers[element] == NONE));
    }

    /// Returns the number of lists.
    int size() {
        return cells.length;
    }

    /// Returns the cell of a list's key.
    int cell(int key) {
        return cells[key];
    }

    int elements() {
        return writers.length;
    }

    /// Returns the cell of an element's value.
    int elementCell(int element) {
        return elements.cell(element);
    }

    int key(int element) {
        return elements.key(element);
    }

    /// Returns the elements of a list in the order of the longest read.
    int[] order(int key) {
        return orders[key];
    }

    int elementAt(int key, int place) {
        return orders[key][place];
    }

    /// Returns the transaction that appended an element, or NONE.
    int writer(int element) {
        return writers[element];
    }

    /// Returns the place of an element in the order of its list, or NONE.
    int position(int element) {
        return positions[element];
    }

    /// Returns the element that an element's writer appended to the list next, or NONE.
    int followedBy(int element) {
        return followed[element];
    }

    /// Tells whether an element's transaction did not happen, or nobody appended it.
    boolean isFailed(int element) {
        return failed[element];
    }

    /// Returns the place of a list's first element that a failed transaction appended; the list's
    /// length if there is none.
    int firstAborted(int key) {
        return firstAborted[key];
    }

    /// Returns the place of a list's first element that nobody appended; the list's length if there
    /// is none.
    int firstUnwritten(int key) {
        return firstUnwritten[key];
    }

    /// Returns elements of a list that come after all that was seen, in an order nobody knows.
    int[] unseen(int key) {
        return unseen[key];
    }

    /// Returns the nearest element before a place whose transaction may have happened, or NONE.
    int before(int key, int place) {
        int at = place - 1;
        while (at >= 0 && failed[orders[key][at]]) {
            at--;
        }
        return at < 0 ? NONE : orders[key][at];
    }

    /// Returns the nearest element from a place on whose transaction may have happened, or NONE.
    int from(int key, int place) {
        int at = place;
        while (at < orders[key].length && failed[orders[key][at]]) {
            at++;
        }
        return at == orders[key].length ? NONE : orders[key][at];
    }

    private int find(int key, IntPredicate wanted) {
        int[] order = orders[key];
        int at = 0;
        while (at < order.length && !wanted.test(order[at])) {
            at++;
        }
        return at;
    }
}
