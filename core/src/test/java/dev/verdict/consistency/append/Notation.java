package dev.verdict.consistency.append;

import dev.verdict.consistency.Completion;
import dev.verdict.consistency.History;
import dev.verdict.consistency.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Writes transactions in short: `ax1ry12` appends 1 to x and reads y as [1 2]; `ry` reads nothing.
/// `fail` or `info` before it says how it ended, `p3` before that whose it is.
final class Notation {
    private static final Pattern STEP = Pattern.compile("([ar])([a-z])([0-9]*)");
    private static final Pattern LINE = Pattern.compile("(?:p(\\d+) )?(?:(fail|info) )?([a-z0-9]*)");

    private final History.Builder builder = new History.Builder();
    private final List<MatchResult> lines = new ArrayList<>();

    private Notation(String... transactions) {
        for (String transaction : transactions) {
            lines.add(LINE.matcher(transaction).results().findFirst().orElseThrow());
        }
    }

    /// Calls all transactions before the first one returns; each has a process of its own.
    static History concurrent(String... transactions) {
        Notation notation = new Notation(transactions);
        for (int i = 0; i < transactions.length; i++) {
            notation.call(i);
        }
        for (int i = 0; i < transactions.length; i++) {
            notation.complete(i);
        }
        return notation.builder.build();
    }

    /// Runs one transaction after the other.
    static History sequential(String... transactions) {
        Notation notation = new Notation(transactions);
        for (int i = 0; i < transactions.length; i++) {
            notation.call(i);
            notation.complete(i);
        }
        return notation.builder.build();
    }

    private void call(int line) {
        builder.call(0, process(line), "txn", Values.NIL, value(line, false), 0);
    }

    private void complete(int line) {
        String end = lines.get(line).group(2);
        Completion completion = end == null ? Completion.OK : end.equals("fail") ? Completion.FAIL : Completion.INFO;
        builder.complete(0, process(line), completion, "txn", value(line, true), 0);
    }

    private long process(int line) {
        String process = lines.get(line).group(1);
        return process == null ? 100 + line : Long.parseLong(process);
    }

    private int value(int line, boolean done) {
        Values values = builder.values();
        return values.list(STEP.matcher(lines.get(line).group(3))
                .results()
                .mapToInt(step -> {
                    boolean append = step.group(1).equals("a");
                    int key = values.text(step.group(2));
                    int[] digits =
                            step.group(3).chars().map(digit -> digit - '0').toArray();
                    return append
                            ? values.list(values.text("append"), key, digits[0])
                            : values.list(values.text("r"), key, done ? values.list(digits) : Values.NIL);
                })
                .toArray());
    }
}
