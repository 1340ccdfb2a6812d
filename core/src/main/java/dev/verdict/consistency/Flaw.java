package dev.verdict.consistency;

import dev.verdict.consistency.append.Phenomenon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Knows for each phenomenon of transactions over lists a few transactions that show it. They are
/// written in short: `ax1ry12` appends 1 to x and reads y as [1 2].
final class Flaw {
    private static final Pattern STEP = Pattern.compile("([ar])([a-z])([0-9]*)");

    private Flaw() {}

    /// Is one transaction of a flaw.
    ///
    /// @param concurrent whether it is under way while all others are; else it begins and ends
    ///     alone
    record Run(int process, Completion completion, boolean concurrent, String steps) {
        /// Returns the cell of its call.
        int called(Values values) {
            return cell(values, false);
        }

        /// Returns the cell of its return.
        int answered(Values values) {
            return completion == Completion.OK ? cell(values, true) : called(values);
        }

        private int cell(Values values, boolean answered) {
            return values.list(STEP.matcher(steps)
                    .results()
                    .mapToInt(step -> step(values, step, answered))
                    .toArray());
        }

        private static int step(Values values, MatchResult step, boolean answered) {
            int key = values.text("flaw-" + step.group(2));
            int[] digits = step.group(3).chars().map(digit -> digit - '0').toArray();
            return step.group(1).equals("a")
                    ? values.list(values.text("append"), key, digits[0])
                    : values.list(values.text("r"), key, answered ? values.list(digits) : Values.NIL);
        }
    }

    /// Returns the transactions that show a phenomenon: the concurrent ones first, then the others
    /// in order.
    static List<Run> of(Phenomenon phenomenon) {
        return switch (phenomenon) {
            case G0 -> together("ax1ay1", "ax2ay2", "rx12ry21");
            case G1C -> together("ax1ry1", "ax2ay1", "rx12");
            case G_SINGLE -> together("ax1ay1", "ax2ry", "rx12");
            case G_NONADJACENT -> together("ax1", "rx1ry", "ay1", "ry1rx");
            case G2_ITEM -> together("ax1ry", "ay1rx");
            case G0_PROCESS -> oneByOne("p0 ax1", "p0 ax2", "p1 rx21");
            case G1C_PROCESS -> oneByOne("p0 rx1ay1", "p1 ry1", "p1 ax1");
            case G_SINGLE_PROCESS -> oneByOne("p0 ax1", "p0 rx", "p1 rx1");
            case G_NONADJACENT_PROCESS -> oneByOne("p0 rxrz1", "p1 ax1", "p1 rz", "p2 az1");
            case G2_ITEM_PROCESS -> oneByOne("p0 rz", "p1 ax1", "p1 ry", "p2 rxay1", "p3 ry1");
            case G0_REALTIME -> oneByOne("p0 ax1", "p1 ax2", "p2 rx21");
            case G1C_REALTIME -> oneByOne("p0 rx1", "p1 ax1");
            case G_SINGLE_REALTIME -> oneByOne("p0 ax1", "p1 rx", "p2 rx1");
            case G_NONADJACENT_REALTIME -> around(List.of("rxrz1", "az1"), "p2 ax1", "p3 rz");
            case G2_ITEM_REALTIME -> around(List.of("rxay1"), "p1 ax1", "p2 ry");
            case GARBAGE_READ -> together("ax1", "rx12");
            case DUPLICATE_ELEMENTS -> together("ax1", "rx11");
            case INCOMPATIBLE_ORDER -> together("ax1", "ax2", "rx12", "rx21");
            case G1A -> together("fail ax1", "rx1");
            case G1B -> together("ax1ax2", "rx1", "rx12");
            case DIRTY_UPDATE -> together("fail ax1", "ax2", "rx12");
            case FUTURE_READ -> together("rx1ax1");
            case INTERNAL -> together("ax1", "rx1ax2rx1");
            case LOST_UPDATE -> together("rxax1", "rxax2");
        };
    }

    private static List<Run> together(String... transactions) {
        List<Run> runs = new ArrayList<>();
        for (String transaction : transactions) {
            boolean fails = transaction.startsWith("fail ");
            runs.add(new Run(
                    runs.size(),
                    fails ? Completion.FAIL : Completion.OK,
                    true,
                    fails ? transaction.substring("fail ".length()) : transaction));
        }
        return runs;
    }

    private static List<Run> around(List<String> concurrent, String... transactions) {
        List<Run> runs = new ArrayList<>(together(concurrent.toArray(String[]::new)));
        runs.addAll(oneByOne(transactions));
        return runs;
    }

    private static List<Run> oneByOne(String... transactions) {
        return Arrays.stream(transactions)
                .map(transaction -> new Run(
                        Character.digit(transaction.charAt(1), 10),
                        Completion.OK,
                        false,
                        transaction.substring("p0 ".length())))
                .toList();
    }
}
