package dev.verdict.consistency;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// Checks that transfers between accounts keep the total: every `read`, a map from account to
/// balance, has the same accounts, the same total, no missing balance, and none below zero unless
/// allowed.
///
/// @param total what all balances sum up to; that of the first read if it is not said
/// @param negatives whether a balance may be below zero
public record BankTotals(OptionalLong total, boolean negatives) implements Checker {
    @Override
    public Answer check(History history, Budget budget) {
        Conclusion conclusion = new Conclusion();
        for (Part part : Part.of(history)) {
            new Reads(part, conclusion).check(budget);
        }
        if (conclusion.counted("reads") == 0) {
            conclusion.unknown("no read was acknowledged");
        }
        return conclusion.answer();
    }

    private final class Reads {
        private final Part part;
        private final Conclusion conclusion;
        private OptionalLong expected = total;
        private int[] accounts = {};
        private int first = -1;
        private long lowest = Long.MAX_VALUE;
        private long highest = Long.MIN_VALUE;

        Reads(Part part, Conclusion conclusion) {
            this.part = part;
            this.conclusion = conclusion;
        }

        void check(Budget budget) {
            for (int operation : part.operations()) {
                if (budget.spent().isPresent()) {
                    conclusion.unknown(budget.spent().get());
                    return;
                }
                if (part.ok(operation) && part.function(operation).equals("read")) {
                    read(operation);
                }
            }
            if (first >= 0) {
                conclusion.fact(new Fact("lowest-total" + part.ofKey(), lowest));
                conclusion.fact(new Fact("highest-total" + part.ofKey(), highest));
            }
        }

        private void read(int operation) {
            Values values = part.history().values();
            int cell = part.history().result(operation);
            if (!values.isMap(cell)) {
                throw new HistoryException(
                        "operation %d read %s, which is no map of balances".formatted(operation, part.plain(cell)));
            }
            conclusion.count("reads", 1);
            int[] entries = values.items(cell);
            boolean whole = balances(operation, entries);
            accounts(operation, entries);
            if (whole) {
                total(operation, entries);
            }
        }

        private boolean balances(int operation, int[] entries) {
            boolean whole = true;
            for (int at = 0; at < entries.length; at += 2) {
                OptionalLong balance = part.history().values().number(entries[at + 1]);
                String account = part.plain(entries[at]);
                if (balance.isEmpty()) {
                    whole = false;
                    wrong(
                            "no-balance",
                            operation,
                            "account %s has %s and no balance".formatted(account, part.plain(entries[at + 1])));
                } else if (balance.getAsLong() < 0 && !negatives) {
                    wrong(
                            "negative",
                            operation,
                            "account %s has %d, below zero".formatted(account, balance.getAsLong()));
                }
            }
            return whole;
        }

        private void accounts(int operation, int[] entries) {
            int[] names = new int[entries.length / 2];
            Arrays.setAll(names, at -> entries[2 * at]);
            Arrays.sort(names);
            if (first < 0) {
                first = operation;
                accounts = names;
            } else if (!Arrays.equals(names, accounts)) {
                wrong("other-accounts", operation, "the accounts are not those of the first read");
            }
        }

        private void total(int operation, int[] entries) {
            long sum = 0;
            for (int at = 1; at < entries.length; at += 2) {
                sum = Part.sum(sum, part.history().values().number(entries[at]).orElseThrow());
            }
            lowest = Math.min(lowest, sum);
            highest = Math.max(highest, sum);
            expected = expected.isPresent() ? expected : OptionalLong.of(sum);
            if (sum != expected.getAsLong()) {
                wrong("wrong-total", operation, "the total is %d and not %d".formatted(sum, expected.getAsLong()));
            }
        }

        private void wrong(String name, int operation, String what) {
            boolean compares = !name.equals("negative") && !name.equals("no-balance") && total.isEmpty();
            List<Integer> shown = compares && first != operation ? List.of(first, operation) : List.of(operation);
            conclusion.wrong(new Anomaly(
                    name,
                    "process %d read balances%s of which %s"
                            .formatted(part.history().process(operation), part.ofKey(), what),
                    shown,
                    List.of(operation)));
        }
    }
}
