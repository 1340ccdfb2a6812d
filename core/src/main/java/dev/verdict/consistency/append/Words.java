package dev.verdict.consistency.append;

import dev.verdict.consistency.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Says what transactions did, and why one was before another. A transaction is named by the number
/// of its operation, as T12.
final class Words {
    private static final int SHOWN = 6;

    private final Transactions transactions;
    private final Lists lists;
    private final Values values;

    Words(Transactions transactions) {
        this.transactions = transactions;
        this.lists = transactions.lists();
        this.values = transactions.history().values();
    }

    String name(int transaction) {
        return "T" + transaction;
    }

    String value(int element) {
        return plain(lists.elementCell(element));
    }

    String key(int key) {
        return plain(lists.cell(key));
    }

    /// Returns the text of a value without quotes.
    private String plain(int cell) {
        String text = values.value(cell).toString();
        return text.length() > 1 && text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    /// Returns what a step read, shortened in the middle.
    String list(int read) {
        StringJoiner list = new StringJoiner(" ", "[", "]");
        int length = transactions.length(read);
        for (int i = 0; i < length; i++) {
            if (length > 2 * SHOWN && i == SHOWN) {
                list.add("…");
                i = length - SHOWN;
            }
            list.add(value(transactions.elementAt(read, i)));
        }
        return list.toString();
    }

    /// Says what a transaction read, as "T3 read x as [1 2]".
    String read(int step) {
        return "%s read %s as %s".formatted(name(transactions.of(step)), key(transactions.key(step)), list(step));
    }

    /// Says what a transaction did to the list of a step before it.
    String stepsBefore(int transaction, int step) {
        List<String> steps = new ArrayList<>();
        for (int at = transactions.firstStep(transaction); at < step; at++) {
            if (transactions.key(at) == transactions.key(step)) {
                steps.add(
                        transactions.isAppend(at) ? "appended " + value(transactions.element(at)) : "read " + list(at));
            }
        }
        return String.join(", ", steps);
    }

    /// Sets a read beside the longest read of its list.
    Finding incompatible(int transaction, int step) {
        int longest = longest(transactions.key(step));
        int other = transactions.of(longest);
        return new Finding(
                Phenomenon.INCOMPATIBLE_ORDER,
                "%s, but %s: neither is the beginning of the other".formatted(read(step), read(longest)),
                other == transaction ? List.of(transaction) : List.of(other, transaction),
                transaction);
    }

    /// Sets the longest read of a list beside a transaction that appended two elements the other
    /// way round.
    Finding inverted(int element, int next) {
        int reader = longest(lists.key(element));
        int writer = lists.writer(element);
        return new Finding(
                Phenomenon.INCOMPATIBLE_ORDER,
                "%s, but %s appended %s before %s".formatted(read(reader), name(writer), value(element), value(next)),
                writer == transactions.of(reader) ? List.of(writer) : List.of(writer, transactions.of(reader)),
                transactions.of(reader));
    }

    private int longest(int key) {
        int longest = Lists.NONE;
        for (int at = 0; at < transactions.endStep(transactions.size() - 1); at++) {
            boolean reads = transactions.key(at) == key && !transactions.isAppend(at);
            if (reads && (longest == Lists.NONE || transactions.length(at) > transactions.length(longest))) {
                longest = at;
            }
        }
        return longest;
    }

    String names(List<Integer> some) {
        return String.join(", ", some.stream().map(this::name).toList());
    }

    /// Says why the transactions of a cycle contradict each other.
    String cycle(Phenomenon phenomenon, List<Finding.Edge> edges) {
        return "%s (%s): %s; so each was before itself"
                .formatted(
                        phenomenon.words(),
                        phenomenon.term(),
                        String.join("; ", edges.stream().map(Finding.Edge::text).toList()));
    }

    /// Says why `from` was before `to`.
    Finding.Edge edge(int from, int to, int kind) {
        String text = switch (kind) {
            case Graph.WW -> appends(from, to);
            case Graph.WR -> sees(from, to);
            case Graph.RW -> misses(from, to);
            case Graph.PROCESS ->
                "process %d ran %s before %s".formatted(transactions.history().process(from), name(from), name(to));
            default -> "%s had returned before %s was called".formatted(name(from), name(to));
        };
        return new Finding.Edge(from, to, Graph.kindName(kind), text);
    }

    private String appends(int from, int to) {
        for (int step = transactions.firstStep(to); step < transactions.endStep(to); step++) {
            if (transactions.isAppend(step)) {
                int before = Dependencies.before(lists, transactions.element(step));
                if (before != Lists.NONE && lists.writer(before) == from) {
                    return "%s appended %s to %s before %s appended %s"
                            .formatted(
                                    name(from),
                                    value(before),
                                    key(transactions.key(step)),
                                    name(to),
                                    value(transactions.element(step)));
                }
            }
        }
        throw new IllegalStateException("no append of %s precedes one of %s".formatted(name(from), name(to)));
    }

    private String sees(int from, int to) {
        for (int step = transactions.firstStep(to); step < transactions.endStep(to); step++) {
            int element = transactions.element(step);
            if (!transactions.isAppend(step) && element >= 0 && lists.writer(element) == from) {
                return "%s saw %s, which %s appended to %s"
                        .formatted(name(to), value(element), name(from), key(transactions.key(step)));
            }
        }
        throw new IllegalStateException("%s saw nothing of %s".formatted(name(to), name(from)));
    }

    private String misses(int from, int to) {
        for (int step = transactions.firstStep(from); step < transactions.endStep(from); step++) {
            for (int element : Dependencies.after(transactions, step)) {
                if (lists.writer(element) == to) {
                    return "%s did not see %s, which %s appended to %s: it read %s"
                            .formatted(name(from), value(element), name(to), key(transactions.key(step)), list(step));
                }
            }
        }
        throw new IllegalStateException("%s missed nothing of %s".formatted(name(from), name(to)));
    }
}
