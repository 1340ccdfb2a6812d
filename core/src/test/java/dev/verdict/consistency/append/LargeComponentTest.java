package dev.verdict.consistency.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.consistency.Answer;
import dev.verdict.consistency.Budget;
import dev.verdict.consistency.Completion;
import dev.verdict.consistency.History;
import dev.verdict.consistency.ListAppend;
import dev.verdict.consistency.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Checks histories in which very many transactions depend on each other.
final class LargeComponentTest {
    private final History.Builder builder = new History.Builder();
    private final Values values = builder.values();
    private final List<Integer> transactions = new ArrayList<>();

    private int append(String key, int element) {
        return values.list(values.text("append"), values.text(key), element);
    }

    private int read(String key, int... elements) {
        return values.list(values.text("r"), values.text(key), values.list(elements));
    }

    /// Makes all transactions concurrent.
    private History history() {
        for (int at = 0; at < transactions.size(); at++) {
            builder.call(0, at, "txn", Values.NIL, transactions.get(at), 0);
        }
        for (int at = 0; at < transactions.size(); at++) {
            builder.complete(0, at, Completion.OK, "txn", transactions.get(at), 0);
        }
        return builder.build();
    }

    @Test
    void a_long_cycle_with_one_miss_is_found_among_many_with_more() {
        int ring = 1000;
        int[] all = new int[ring];
        for (int at = 0; at < ring; at++) {
            all[at] = at;
            int more = at == 0 ? append("anti", 0) : at == ring - 1 ? read("anti") : append("k" + at, 100);
            transactions.add(values.list(append("ring", at), more));
        }
        transactions.add(values.list(read("ring", all)));
        for (int at = 1; at < ring - 1; at++) {
            transactions.add(values.list(append("k" + at, 101), append("k" + at, 102)));
            transactions.add(values.list(read("k" + at, 100, 101, 102), read("m" + at)));
            transactions.add(values.list(append("m" + at, 1), read("ring")));
        }
        AppendReport report = AppendReport.of(history(), Budget.unlimited());
        assertThat(report.phenomena()).containsExactly(Phenomenon.G_SINGLE);
        assertThat(report.findings().getFirst().transactions()).hasSize(ring);
        assertThat(report.undecided()).isEmpty();
    }

    @Test
    void a_database_without_any_isolation_is_refuted_in_a_moment() {
        AppendReport report = AppendReport.of(mess(30_000), Budget.of(Duration.ofSeconds(60), Long.MAX_VALUE));
        assertThat(report.phenomena()).contains(Phenomenon.G0);
        assertThat(report.findings().getFirst().transactions()).hasSize(2);
    }

    /// Runs the steps of ten transactions at a time in any order.
    private History mess(int count) {
        Random random = new Random(5);
        List<List<Integer>> lists = new ArrayList<>();
        int[] sizes = new int[count / 5 + 1];
        for (int at = 0; at < sizes.length; at++) {
            lists.add(new ArrayList<>());
        }
        for (int batch = 0; batch < count / 10; batch++) {
            int[][] steps = new int[10][4];
            for (int step = 0; step < 40; step++) {
                int key = Math.min(sizes.length - 1, batch * 2 + random.nextInt(4));
                boolean appends = random.nextBoolean();
                if (appends) {
                    lists.get(key).add(++sizes[key]);
                }
                steps[step % 10][step / 10] = appends
                        ? append("k" + key, sizes[key])
                        : read(
                                "k" + key,
                                lists.get(key).stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray());
            }
            Arrays.stream(steps).forEach(transaction -> transactions.add(values.list(transaction)));
        }
        return history();
    }

    @Test
    void a_limit_amid_the_search_still_refutes() {
        History history = mess(5_000);
        AtomicLong asked = new AtomicLong();
        long needed = asked(history, Long.MAX_VALUE, asked);
        boolean refuted = false;
        for (long limit = 0; limit < needed; limit++) {
            asked.set(0);
            Budget budget = Budget.of(Duration.ofNanos(limit), Long.MAX_VALUE, asked::getAndIncrement);
            Answer answer = new ListAppend(Isolation.SERIALIZABLE).check(history, budget);
            assertThat(answer).isNotInstanceOf(Answer.Valid.class);
            refuted |= answer instanceof Answer.Invalid invalid
                    && invalid.anomalies().stream()
                            .anyMatch(anomaly -> anomaly.text().contains("cut short"));
        }
        assertThat(refuted).isTrue();
    }

    private static long asked(History history, long limit, AtomicLong clock) {
        AppendReport.of(history, Budget.of(Duration.ofNanos(limit), Long.MAX_VALUE, clock::getAndIncrement));
        return clock.get();
    }

    @Test
    void more_dependencies_than_memory_allows_are_no_answer() {
        for (int at = 0; at < 300; at++) {
            transactions.add(values.list(read("x")));
            transactions.add(values.list(append("x", at)));
        }
        Budget budget = Budget.of(Duration.ofMinutes(1), 100_000);
        assertThat(new ListAppend(Isolation.SERIALIZABLE).check(history(), budget))
                .isInstanceOf(Answer.Unknown.class);
    }
}
