package dev.verdict.consistency;

import dev.verdict.consistency.SessionGuarantees.Guarantee;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Compares the session guarantees on small histories with their definitions.
class SessionTwinsTest {
    /// Returns how many histories each checker is tried with.
    int histories() {
        return 2_000;
    }

    /// Adds elements that are all new.
    private static final class SessionClient implements SmallHistories.Client {
        private int added;

        @Override
        public String call(Random random) {
            return random.nextInt(5) > 1 ? "read" : "add " + ++added;
        }

        @Override
        public String answer(String call, Random random) {
            return call.equals("read") ? Twins.elements(random, added) : "";
        }
    }

    @Test
    void sessions() {
        Twins.compare(histories(), SessionGuarantees.all(), _ -> new SessionClient(), 9, SessionTwinsTest::session);
    }

    private static String session(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        for (Operation read : Twins.okReads(operations)) {
            for (Operation earlier : operations) {
                boolean same = earlier.process() == read.process() && earlier.called() < read.called();
                if (same
                        && earlier.function().equals("add")
                        && earlier.completion() == Completion.OK
                        && !Twins.items(read).contains(earlier.argument())) {
                    wrong.add(Guarantee.READ_YOUR_WRITES.term());
                }
                if (same && Twins.isRead(earlier) && !Twins.items(read).containsAll(Twins.items(earlier))) {
                    wrong.add(Guarantee.MONOTONIC_READS.term());
                }
            }
            for (Operation write : Twins.calls(operations, "add")) {
                if (write.completion() != Completion.FAIL && Twins.items(read).contains(write.argument())) {
                    before(operations, write, read, wrong);
                }
            }
        }
        return Twins.verdict(wrong, Twins.okReads(operations).isEmpty() ? "unknown" : "valid");
    }

    private static void before(List<Operation> operations, Operation write, Operation read, Set<String> wrong) {
        for (Operation earlier : operations) {
            boolean same = earlier.process() == write.process() && earlier.called() < write.called();
            if (same
                    && earlier.function().equals("add")
                    && earlier.completion() == Completion.OK
                    && !Twins.items(read).contains(earlier.argument())) {
                wrong.add(Guarantee.MONOTONIC_WRITES.term());
            }
            if (same && Twins.isRead(earlier) && !Twins.items(read).containsAll(Twins.items(earlier))) {
                wrong.add(Guarantee.WRITES_FOLLOW_READS.term());
            }
        }
    }
}
