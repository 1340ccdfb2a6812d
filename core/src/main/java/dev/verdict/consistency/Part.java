package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Is what was done to one key of a history, or to the one thing there is.
final class Part {
    private final History history;
    private final List<String> functions;
    private final int[] operations;

    private Part(History history, List<String> functions, int[] operations) {
        this.history = history;
        this.functions = functions;
        this.operations = operations;
    }

    /// Cuts a history into one part for each key, in the order in which the keys came up.
    static List<Part> of(History history) {
        IntMap keys = new IntMap();
        Column sizes = new Column();
        for (int operation = 0; operation < history.size(); operation++) {
            int key = keys.number(history.key(operation));
            if (key == sizes.size()) {
                sizes.add(0);
            }
            sizes.set(key, sizes.get(key) + 1);
        }
        int[][] operations = new int[keys.size()][];
        Arrays.setAll(operations, key -> new int[sizes.get(key)]);
        int[] filled = new int[keys.size()];
        for (int operation = 0; operation < history.size(); operation++) {
            int key = keys.get(history.key(operation));
            operations[key][filled[key]++] = operation;
        }
        List<String> functions = history.functions();
        List<Part> parts = new ArrayList<>();
        for (int[] some : operations) {
            parts.add(new Part(history, functions, some));
        }
        return parts;
    }

    History history() {
        return history;
    }

    /// Returns the numbers of the operations, in the order of their calls; do not change it.
    int[] operations() {
        return operations;
    }

    /// Returns the words that say which key this is, as " of x"; nothing if there is only one
    /// thing.
    String ofKey() {
        int key = operations.length == 0 ? Values.NIL : history.key(operations[0]);
        return key == Values.NIL ? "" : " of " + plain(key);
    }

    /// Returns a value without quotes.
    String plain(int cell) {
        String text = history.values().value(cell).toString();
        return text.length() > 1 && text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    boolean ok(int operation) {
        return history.completion(operation) == Completion.OK;
    }

    boolean failed(int operation) {
        return history.completion(operation) == Completion.FAIL;
    }

    /// Returns the name of the function that an operation called.
    String function(int operation) {
        return functions.get(history.function(operation));
    }

    /// Returns the operations that returned OK, in the order of their returns.
    int[] byReturn() {
        return Arrays.stream(operations)
                .filter(this::ok)
                .mapToLong(operation -> (long) history.returned(operation) << 32 | operation)
                .sorted()
                .mapToInt(number -> (int) number)
                .toArray();
    }

    /// Adds two numbers.
    static long sum(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw new HistoryException("a sum goes beyond 64 bits");
        }
        return sum;
    }

    /// Is told calls and returns in the order of events.
    interface Watcher {
        void called(int operation);

        void returned(int operation);
    }

    /// Tells all calls, and the returns that were OK, in the order of events.
    void replay(Watcher watcher) {
        int[] byReturn = byReturn();
        int at = 0;
        for (int operation : operations) {
            while (at < byReturn.length && history.returned(byReturn[at]) < history.called(operation)) {
                watcher.returned(byReturn[at++]);
            }
            watcher.called(operation);
        }
        while (at < byReturn.length) {
            watcher.returned(byReturn[at++]);
        }
    }
}
