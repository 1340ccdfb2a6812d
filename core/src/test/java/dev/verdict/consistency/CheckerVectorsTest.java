package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.verdict.consistency.SessionGuarantees.Guarantee;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Shows each checker the smallest histories that it accepts, refuses and cannot judge.
final class CheckerVectorsTest {
    private static final Checker BANK = new BankTotals(OptionalLong.empty(), false);

    @Test
    void the_last_read_of_a_set() {
        Checker set = new FinalSet();
        assertThat(verdict(set, "0 add 1", "0 ok", "0 read", "0 ok [1]")).isEqualTo("valid");
        assertThat(verdict(set, "0 add 1", "0 ok", "0 read", "0 ok []")).isEqualTo("lost");
        assertThat(verdict(set, "0 add 1", "0 info", "1 read", "1 ok []")).isEqualTo("valid");
        assertThat(verdict(set, "0 add 1", "0 info", "1 read", "1 ok [1]")).isEqualTo("valid");
        assertThat(verdict(set, "0 add 1", "0 fail", "1 read", "1 ok [1]")).isEqualTo("never-added");
        assertThat(verdict(set, "1 read", "1 ok [7]")).isEqualTo("never-added");
        assertThat(verdict(set, "0 add 1", "0 ok", "1 read", "1 ok [1 1]")).isEqualTo("duplicated");
        assertThat(verdict(set, "1 read", "0 add 1", "0 ok", "1 ok []")).isEqualTo("valid");
        assertThat(verdict(set, "0 add 1", "0 ok")).isEqualTo("unknown");
        assertThat(verdict(set, "0 add@x 1", "0 ok", "0 read@x", "0 ok [1]", "0 add@y 1", "0 ok"))
                .isEqualTo("unknown");
        assertThat(verdict(set, "0 add@x 1", "0 ok", "0 read@x", "0 ok []", "0 add@y 1", "0 ok"))
                .isEqualTo("lost");
    }

    @Test
    void every_read_of_a_set() {
        Checker set = new FullSet(false);
        assertThat(verdict(set, "0 add 1", "0 ok", "0 read", "0 ok []")).isEqualTo("lost");
        assertThat(verdict(set, "1 read", "0 add 1", "0 ok", "1 ok []")).isEqualTo("unknown");
        assertThat(verdict(set, "0 add 1", "0 ok", "0 read", "0 ok [1]")).isEqualTo("valid");
        assertThat(verdict(set, "0 add 1", "1 read", "1 ok [1]", "1 read", "1 ok []", "0 info"))
                .isEqualTo("lost");
        assertThat(verdict(set, "0 add 1", "0 ok", "0 read", "0 ok []", "0 read", "0 ok [1]"))
                .isEqualTo("valid");
        assertThat(verdict(set, "0 add 1", "0 ok", "0 read", "0 ok [1 1]")).isEqualTo("duplicated");
        assertThat(verdict(set, "0 read", "0 ok [1]", "0 add 1", "0 ok")).contains("never-added");
    }

    @Test
    void every_read_of_a_linearizable_set() {
        Checker set = new FullSet(true);
        assertThat(verdict(set, "0 add 1", "0 ok", "0 read", "0 ok []", "0 read", "0 ok [1]"))
                .isEqualTo("stale");
        assertThat(verdict(
                        set,
                        "0 add 1",
                        "1 add 2",
                        "2 read",
                        "3 read",
                        "2 ok [1]",
                        "3 ok [2]",
                        "0 ok",
                        "1 ok",
                        "2 read",
                        "2 ok [1 2]"))
                .isEqualTo("crossing-reads");
        assertThat(verdict(set, "2 read", "0 add 1", "0 ok", "0 add 2", "0 ok", "2 ok [2]", "0 read", "0 ok [1 2]"))
                .isEqualTo("not-linearizable");
        assertThat(verdict(set, "2 read", "0 add 1", "0 ok", "0 add 2", "0 ok", "2 ok [1]", "0 read", "0 ok [1 2]"))
                .isEqualTo("valid");
    }

    @Test
    void queues() {
        Checker queue = new Queue(false, false);
        assertThat(verdict(queue, "0 enqueue 1", "0 ok", "0 dequeue", "0 ok 1")).isEqualTo("valid");
        assertThat(verdict(queue, "0 enqueue 1", "1 dequeue", "1 ok 1", "0 info"))
                .isEqualTo("valid");
        assertThat(verdict(queue, "0 dequeue", "0 ok 1", "0 enqueue 1", "0 ok")).isEqualTo("unexpected");
        assertThat(verdict(queue, "0 enqueue 1", "0 fail", "0 dequeue", "0 ok 1"))
                .isEqualTo("unexpected");
        assertThat(verdict(queue, "0 enqueue 1", "0 ok", "0 dequeue", "0 ok 1", "0 dequeue", "0 ok 1"))
                .isEqualTo("duplicated");
        assertThat(verdict(queue, "0 enqueue 1", "0 ok", "0 dequeue", "0 ok")).isEqualTo("unknown");
    }

    @Test
    void queues_that_must_give_everything_back() {
        Checker total = new Queue(true, true);
        assertThat(verdict(total, "0 enqueue 1", "0 ok", "0 drain", "0 ok [1]")).isEqualTo("valid");
        assertThat(verdict(total, "0 enqueue 1", "0 ok", "0 enqueue 2", "0 ok", "0 drain", "0 ok [2]"))
                .isEqualTo("lost");
        assertThat(verdict(total, "0 enqueue 1", "0 ok", "0 dequeue", "0 ok 1", "0 drain", "0 ok [1]"))
                .isEqualTo("valid");
        assertThat(verdict(new Queue(false, true), "0 enqueue 1", "0 ok", "0 dequeue", "0 ok 1", "0 drain", "0 ok [1]"))
                .isEqualTo("duplicated");
        assertThat(verdict(total, "0 enqueue 1", "0 ok", "0 enqueue 2", "0 ok", "0 dequeue", "0 ok 1"))
                .isEqualTo("unknown");
        assertThat(verdict(
                        total,
                        "0 enqueue 1",
                        "0 ok",
                        "0 enqueue 2",
                        "0 ok",
                        "1 dequeue",
                        "1 info",
                        "0 drain",
                        "0 ok [2]"))
                .isEqualTo("unknown");
        assertThat(verdict(
                        total,
                        "0 enqueue 1",
                        "0 ok",
                        "0 enqueue 2",
                        "0 ok",
                        "0 enqueue 3",
                        "0 ok",
                        "1 dequeue",
                        "1 info",
                        "0 drain",
                        "0 ok [2]"))
                .isEqualTo("lost");
    }

    @Test
    void counters() {
        Checker counter = new CounterBounds();
        assertThat(verdict(counter, "0 add 2", "0 ok", "0 read", "0 ok 2")).isEqualTo("valid");
        assertThat(verdict(counter, "0 add 2", "0 ok", "0 read", "0 ok 1")).isEqualTo("out-of-bounds");
        assertThat(verdict(counter, "0 add 2", "1 read", "1 ok 0", "1 read", "1 ok 2", "0 ok"))
                .isEqualTo("valid");
        assertThat(verdict(counter, "0 add 2", "0 info", "1 read", "1 ok 3")).isEqualTo("out-of-bounds");
        assertThat(verdict(counter, "0 add 2", "0 fail", "1 read", "1 ok 2")).isEqualTo("out-of-bounds");
        assertThat(verdict(counter, "0 add -2", "0 ok", "1 read", "1 ok 0")).isEqualTo("out-of-bounds");
        assertThat(verdict(counter, "0 decrement", "1 read", "1 ok -1", "0 info"))
                .isEqualTo("valid");
        assertThat(verdict(counter, "0 add 1", "0 ok")).isEqualTo("unknown");
    }

    @Test
    void ids() {
        Checker ids = new UniqueIds();
        assertThat(verdict(ids, "0 generate", "1 generate", "0 ok a", "1 ok b")).isEqualTo("valid");
        assertThat(verdict(ids, "0 generate", "1 generate", "0 ok a", "1 ok a")).isEqualTo("duplicated");
        assertThat(verdict(ids, "0 generate", "0 fail")).isEqualTo("unknown");
    }

    @Test
    void banks() {
        assertThat(verdict(BANK, "0 read", "0 ok {a 5 b 5}", "0 read", "0 ok {a 3 b 7}"))
                .isEqualTo("valid");
        assertThat(verdict(BANK, "0 read", "0 ok {a 5 b 5}", "0 read", "0 ok {a 3 b 5}"))
                .isEqualTo("wrong-total");
        assertThat(verdict(BANK, "0 read", "0 ok {a 5 b 5}", "0 read", "0 ok {a 10}"))
                .isEqualTo("other-accounts");
        assertThat(verdict(BANK, "0 read", "0 ok {a 5 b nil}")).isEqualTo("no-balance");
        assertThat(verdict(BANK, "0 read", "0 ok {a -1 b 11}")).isEqualTo("negative");
        assertThat(verdict(new BankTotals(OptionalLong.of(10), true), "0 read", "0 ok {a -1 b 11}"))
                .isEqualTo("valid");
        assertThat(verdict(new BankTotals(OptionalLong.of(11), true), "0 read", "0 ok {a -1 b 11}"))
                .isEqualTo("wrong-total");
        assertThat(verdict(BANK, "0 transfer", "0 ok")).isEqualTo("unknown");
    }

    @Test
    void sessions() {
        Checker all = SessionGuarantees.all();
        assertThat(verdict(all, "0 add 1", "0 ok", "0 read", "0 ok [1]")).isEqualTo("valid");
        assertThat(verdict(all, "0 add 1", "0 ok", "0 read", "0 ok []")).isEqualTo("read-your-writes");
        assertThat(verdict(all, "0 add 1", "0 ok", "1 read", "1 ok []")).isEqualTo("valid");
        assertThat(verdict(all, "0 add 1", "0 ok", "1 read", "1 ok [1]", "1 read", "1 ok []"))
                .isEqualTo("monotonic-reads");
        assertThat(verdict(all, "0 add 1", "0 ok", "0 add 2", "0 ok", "1 read", "1 ok [2]"))
                .isEqualTo("monotonic-writes");
        assertThat(verdict(all, "0 add 1", "0 ok", "1 read", "1 ok [1]", "1 add 2", "1 ok", "2 read", "2 ok [2]"))
                .isEqualTo("writes-follow-reads");
        assertThat(verdict(
                        new SessionGuarantees(Set.of(Guarantee.MONOTONIC_READS)),
                        "0 add 1",
                        "0 ok",
                        "0 read",
                        "0 ok []"))
                .isEqualTo("valid");
        assertThat(verdict(all, "0 add 1", "0 ok")).isEqualTo("unknown");
    }

    @Test
    void a_history_of_something_else_is_refused() {
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> verdict(new FinalSet(), "0 write 1"))
                .withMessage("a set has no write, only add and read");
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> verdict(new Queue(true, true), "0 push 1"))
                .withMessage("a queue has no push, only enqueue, dequeue and drain");
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> verdict(new FinalSet(), "0 read", "0 ok 7"))
                .withMessage("operation 0 read 7, which is no list or set");
    }

    @Test
    void a_spent_budget_is_no_answer() {
        History history = Events.of("0 add 1", "0 ok", "0 read", "0 ok [1]");
        Budget spent = Budget.of(Duration.ZERO, 1, new java.util.concurrent.atomic.AtomicLong()::incrementAndGet);
        assertThat(new FullSet(true).check(history, spent)).isInstanceOf(Answer.Unknown.class);
        assertThat(new FinalSet().check(history, spent)).isInstanceOf(Answer.Unknown.class);
        assertThat(SessionGuarantees.all().check(history, spent)).isInstanceOf(Answer.Unknown.class);
    }

    private static String verdict(Checker checker, String... events) {
        return Events.verdict(checker, Events.of(events));
    }
}
