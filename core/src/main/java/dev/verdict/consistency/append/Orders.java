package dev.verdict.consistency.append;

import dev.verdict.consistency.History;
import java.util.HashMap;
import java.util.Map;

/// Tells which of some transactions was before which by what is not in the data: the order of each
/// process, and the order of time without what follows from it (Kingsbury and Alvaro, 2020).
final class Orders {
    private final Transactions transactions;
    private final int[] members;

    /// @param members the transactions, in the order of their calls
    Orders(Transactions transactions, int[] members) {
        this.transactions = transactions;
        this.members = members;
    }

    /// Tells for each transaction the next of its process.
    void processes(Graph.Sink sink) {
        Map<Integer, Integer> last = new HashMap<>();
        for (int member : members) {
            Integer before = last.put(transactions.history().lane(member), member);
            if (before != null && transactions.ok(before)) {
                sink.edge(before, member, Graph.PROCESS);
            }
        }
    }

    /// Tells for each transaction those that had returned before its call, unless one of them had
    /// returned before another of them was called.
    void time(Graph.Sink sink) {
        History history = transactions.history();
        Ints latest = new Ints(); // returned, and no later one has both begun and returned since
        int[] byReturn = byReturn();
        int at = 0;
        for (int member : members) {
            while (at < byReturn.length && history.returned(byReturn[at]) < history.called(member)) {
                enter(latest, byReturn[at++]);
            }
            for (int i = 0; i < latest.size(); i++) {
                sink.edge(latest.get(i), member, Graph.REALTIME);
            }
        }
    }

    private void enter(Ints latest, int returned) {
        History history = transactions.history();
        int kept = 0;
        for (int i = 0; i < latest.size(); i++) {
            if (history.returned(latest.get(i)) > history.called(returned)) {
                latest.set(kept++, latest.get(i));
            }
        }
        while (latest.size() > kept) {
            latest.pop();
        }
        latest.add(returned);
    }

    private int[] byReturn() {
        return java.util.Arrays.stream(members)
                .filter(transactions::ok)
                .boxed()
                .sorted(java.util.Comparator.comparingInt(
                        member -> transactions.history().returned(member)))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
