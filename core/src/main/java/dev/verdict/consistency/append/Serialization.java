package dev.verdict.consistency.append;

import dev.verdict.consistency.History;

/// Puts transactions in one order that agrees with their dependencies and with time, as far as
/// there is one: those that are left over are on a cycle or behind one. Linear, since the order of
/// time needs no edges: a transaction may come next when nobody who is left returned before it was
/// called.
final class Serialization {
    private final Transactions transactions;
    private final Graph graph;
    private final int[] waits; // of a transaction: how many must come first; one more until time allows it
    private final boolean[] placed;
    private final int[] byReturn; // the acknowledged transactions in the order of their returns
    private final Ints ready = new Ints();
    private int returned; // how many of byReturn are placed, without a gap
    private int called; // how many transactions time allows

    Serialization(Transactions transactions, Graph graph) {
        this.transactions = transactions;
        this.graph = graph;
        this.waits = new int[transactions.size()];
        this.placed = new boolean[transactions.size()];
        this.byReturn = byReturn(transactions);
        for (int edge = 0; edge < graph.edges(); edge++) {
            waits[graph.target(edge)]++;
        }
        for (int transaction = 0; transaction < placed.length; transaction++) {
            waits[transaction]++;
            placed[transaction] = transactions.failed(transaction);
        }
    }

    /// Returns the transactions that found no place, in the order of their calls.
    int[] rest() {
        advance();
        while (ready.size() > 0) {
            place(ready.pop());
            if (ready.size() == 0) {
                advance();
            }
        }
        Ints rest = new Ints();
        for (int transaction = 0; transaction < placed.length; transaction++) {
            if (!placed[transaction]) {
                rest.add(transaction);
            }
        }
        return rest.toArray();
    }

    private void place(int transaction) {
        placed[transaction] = true;
        for (int edge = graph.first(transaction); edge < graph.end(transaction); edge++) {
            release(graph.target(edge));
        }
    }

    private void release(int transaction) {
        if (--waits[transaction] == 0 && !placed[transaction]) {
            ready.add(transaction);
        }
    }

    private void advance() {
        while (returned < byReturn.length && placed[byReturn[returned]]) {
            returned++;
        }
        History history = transactions.history();
        int until = returned == byReturn.length ? History.NEVER : history.returned(byReturn[returned]);
        while (called < placed.length && history.called(called) < until) {
            release(called++);
        }
    }

    private static int[] byReturn(Transactions transactions) {
        int[] atEvent = new int[transactions.history().events()];
        int count = 0;
        for (int transaction = 0; transaction < transactions.size(); transaction++) {
            if (transactions.ok(transaction)) {
                atEvent[transactions.history().returned(transaction)] = transaction + 1;
                count++;
            }
        }
        int[] byReturn = new int[count];
        int at = 0;
        for (int transaction : atEvent) {
            if (transaction > 0) {
                byReturn[at++] = transaction - 1;
            }
        }
        return byReturn;
    }
}
