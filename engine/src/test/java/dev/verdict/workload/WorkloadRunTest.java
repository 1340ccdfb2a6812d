package dev.verdict.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.OperationEnded;
import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.judge.Outcome;
import dev.verdict.workload.Store.Defect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class WorkloadRunTest {
    private static final String REGISTERS = """
            model: cas-register
            at: URL
            clients: 5
            for: 600ms
            keys: 3
            operations:
              write: { put: "/register/${key}", body: "${value}" }
              cas: { put: "/register/${key}", body: "${expected}/${value}", fail: 412 }
              read: { get: "/register/${key}", result: node.value, empty: 404 }
            """;
    private static final String SETS = """
            model: set-full
            at: URL
            for: 600ms
            rate: 1000/s
            operations:
              add: { post: /set/1, body: "${value}", ok: 201, weight: 9 }
              read: { get: /set/1 }
            """;
    private static final String QUEUE = """
            model: MODEL
            at: URL
            for: 600ms
            rate: 1000/s
            operations:
              enqueue: { post: /queue, body: "${value}" }
              dequeue: { delete: /queue, empty: 204 }
            """;
    private static final String IDS = """
            model: unique-ids
            at: URL
            for: 300ms
            operations: { generate: { post: /id, result: id } }
            """;
    private static final String COUNTER = """
            model: counter
            at: URL
            for: 600ms
            operations:
              add: { post: /counter, body: "${value}" }
              read: { get: /counter }
            """;

    @TempDir
    Path folder;

    private Played play(String workload, Defect defect) throws Exception {
        try (Store store = new Store(defect)) {
            return Played.of(folder, workload.replace("URL", '"' + store.url() + '"'));
        }
    }

    private static String workload(String name) {
        return switch (name) {
            case "registers" -> REGISTERS;
            case "sets" -> SETS;
            case "queue" -> QUEUE.replace("MODEL", "exactly-once-queue");
            case "ids" -> IDS;
            case "counter" -> COUNTER;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "registers, NONE, PASSED, ''",
        "registers, FAILS_AFTERWARDS, PASSED, ''",
        "registers, LOSES_WRITES, FAILED, not-linearizable",
        "registers, READS_STALE, FAILED, not-linearizable",
        "registers, IS_DOWN, FAILED, though no fault acted any more",
        "sets, NONE, PASSED, ''",
        "sets, FAILS_AFTERWARDS, PASSED, ''",
        "sets, LOSES_WRITES, FAILED, lost",
        "queue, NONE, PASSED, ''",
        "queue, LOSES_WRITES, FAILED, lost",
        "queue, DELIVERS_TWICE, FAILED, duplicated",
        "ids, NONE, PASSED, ''",
        "ids, REPEATS_IDS, FAILED, duplicate",
        "counter, NONE, PASSED, ''",
        "counter, LOSES_WRITES, FAILED, out-of-bounds"
    })
    void a_defect_is_found_and_nothing_else(String name, Defect defect, Outcome outcome, String reason)
            throws Exception {
        // A store that is down is waited for no longer than the plan says.
        Played played = play(workload(name) + "settle: 1s\n", defect);
        assertThat(played.result().outcome()).as(played.result().reason()).isEqualTo(outcome);
        assertThat(played.result().reason()).contains(reason);
        assertThat(played.journal().all(Event.HarnessFailed.class)).isEmpty();
    }

    @Test
    void each_operation_is_recorded_with_its_times_and_values_are_unique() throws Exception {
        Played played = play(REGISTERS, Defect.NONE);
        List<OperationEnded> operations = played.operations();
        assertThat(operations).hasSizeGreaterThan(100);
        assertThat(played.journal().all(Event.WorkloadEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.operations()).isEqualTo(operations.size()));
        assertThat(played.operations("write"))
                .extracting(OperationEnded::argument)
                .doesNotHaveDuplicates();
        assertThat(operations).extracting(OperationEnded::key).containsOnly("0", "1", "2");
        assertThat(played.operations("cas")).anyMatch(cas -> cas.outcome() == OperationOutcome.FAIL);
        assertThat(played.operations("cas")).anyMatch(cas -> cas.outcome() == OperationOutcome.OK);
        Map<Long, List<OperationEnded>> byProcess =
                operations.stream().collect(Collectors.groupingBy(OperationEnded::process));
        assertThat(byProcess.values()).allSatisfy(own -> {
            List<OperationEnded> sorted = own.stream()
                    .sorted(Comparator.comparing(OperationEnded::called))
                    .toList();
            for (int i = 1; i < sorted.size(); i++) {
                Duration before =
                        sorted.get(i - 1).called().plus(sorted.get(i - 1).took());
                assertThat(sorted.get(i).called()).isGreaterThan(before);
            }
        });
    }

    @Test
    void a_client_whose_operation_is_of_unknown_outcome_goes_on_as_a_new_process() throws Exception {
        Played played = play(REGISTERS, Defect.FAILS_AFTERWARDS);
        List<OperationEnded> unknown = played.operations().stream()
                .filter(operation -> operation.outcome() == OperationOutcome.UNKNOWN)
                .toList();
        assertThat(unknown)
                .isNotEmpty()
                .allMatch(operation -> operation.answer().equals("503"));
        for (OperationEnded last : unknown) {
            assertThat(played.operations())
                    .filteredOn(operation -> operation.process() == last.process())
                    .allMatch(operation -> operation.called().compareTo(last.called()) <= 0);
        }
    }

    @Test
    void the_rate_is_that_of_all_clients_together() throws Exception {
        Played played = play(SETS.replace("1000/s", "200/s").replace("600ms", "2s"), Defect.NONE);
        assertThat(played.operations()).hasSizeBetween(250, 410);
    }

    @Test
    void what_is_there_is_read_once_more_at_every_node_when_all_has_healed() throws Exception {
        try (Store store = new Store(Defect.NONE)) {
            Played played =
                    Played.of(folder, REGISTERS.replace("URL", "[\"" + store.url() + "\", \"" + store.url() + "/\"]"));
            List<OperationEnded> last = played.operations("read");
            assertThat(last.subList(last.size() - 6, last.size()))
                    .extracting(OperationEnded::key)
                    .containsExactlyInAnyOrder("0", "1", "2", "0", "1", "2");
        }
    }

    @Test
    void a_program_can_be_an_operation() throws Exception {
        Files.writeString(folder.resolve("value"), "0");
        Played played = Played.of(folder, """
                model: register
                clients: 1
                for: 400ms
                operations:
                  write: { command: [sh, -c, 'echo "$$0" > value', "${value}"] }
                  read: { command: [cat, value] }
                """);
        assertThat(played.result().outcome()).as(played.result().reason()).isEqualTo(Outcome.FAILED);
        assertThat(played.result().reason()).as("0 was never written").contains("0");
        Files.delete(folder.resolve("value"));
        Played empty = Played.of(folder, """
                model: register
                clients: 1
                for: 400ms
                operations:
                  write: { command: [sh, -c, 'echo "$$0" > value', "${value}"] }
                  read: { command: [sh, -c, "test -e value || exit 3; cat value"], empty: 3 }
                """);
        assertThat(empty.result().outcome()).as(empty.result().reason()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void a_statement_can_be_an_operation_on_a_file_in_the_plans_folder() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("t.db");
        String operations = """
                model: cas-register
                at: URL
                clients: 3
                for: 500ms
                keys: 2
                operations:
                  write: { sql: "insert into r values (${key}, ${value}) on conflict (k) do update set v = ${value}" }
                  cas: { sql: "update r set v = ${value} where k = ${key} and v = ${expected}", ok: 1, fail: 0 }
                  read: { sql: "select v from r where k = ${key}" }
                """;
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("create table r (k integer primary key, v integer)");
        }
        Played played = Played.of(folder, operations.replace("URL", "jdbc:sqlite:t.db"));
        assertThat(played.result().outcome()).as(played.result().reason()).isEqualTo(Outcome.PASSED);
        assertThat(played.operations("read")).anyMatch(read -> read.result().matches("[0-9]+"));
    }

    @Test
    void after_an_interrupt_no_client_asks_any_more() throws Exception {
        Thread.currentThread().interrupt();
        try (Store store = new Store(Defect.NONE)) {
            String workload = REGISTERS.replace("URL", '"' + store.url() + '"').replace("600ms", "30s");
            assertThatThrownBy(() -> Played.of(folder, workload)).isInstanceOf(InterruptedException.class);
            // One that was under way may still arrive.
            AtomicInteger asked = new AtomicInteger(store.requests());
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> {
                        int now = store.requests();
                        return asked.getAndSet(now) == now;
                    });
        }
    }

    @Test
    void nothing_that_was_acknowledged_proves_nothing() throws Exception {
        Played played = play(
                REGISTERS
                        .replace("body: \"${value}\"", "body: \"${value}\", ok: 201")
                        .replace("fail: 412", "ok: 201"),
                Defect.NONE);
        assertThat(played.result().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(played.result().reason()).contains("no operation that changes something was acknowledged");
    }
}
