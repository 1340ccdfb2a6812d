package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class HistoryFormatTest {
    @ParameterizedTest
    @EnumSource(Datatype.class)
    void ndjson_comes_back_as_it_was_written(Datatype datatype) throws IOException {
        History history = Generated.of(datatype, 7).withKeys(3).withUnknown(20).history();
        var out = new ByteArrayOutputStream();
        NdjsonHistory.write(history, out);
        History back = read(out.toString(StandardCharsets.UTF_8), false);
        assertThat(back.size()).isEqualTo(history.size());
        for (int i = 0; i < back.size(); i++) {
            Operation was = history.operation(i);
            Operation is = back.operation(i);
            assertThat(List.of(is.process(), is.function(), is.key(), is.argument(), is.result(), is.completion()))
                    .isEqualTo(List.of(
                            was.process(), was.function(), was.key(), was.argument(), was.result(), was.completion()));
            assertThat(is.callNanos()).isEqualTo(was.callNanos());
        }
        assertThat(answer(back, datatype)).isEqualTo(answer(history, datatype));
    }

    @Test
    void edn_maps_stand_alone_or_in_a_list() throws IOException {
        String maps = """
                {:process 0, :type :invoke, :f :cas, :value [1 2], :time 5} ; a comment
                {:process :nemesis, :type :info, :f :kill, :value {"n1" :killed}}
                #jepsen.history.Op{:index 3, :process 0, :type :fail, :f :cas, :value [1 2], :error "no\\n"}
                """;
        for (String text : List.of(maps, "[" + maps + "]", "(" + maps + ")")) {
            assertThat(read(text, false).operations()).singleElement().satisfies(operation -> {
                assertThat(operation.argument().toString()).isEqualTo("[1 2]");
                assertThat(operation.completion()).isEqualTo(Completion.FAIL);
                assertThat(operation.callNanos()).isEqualTo(5);
            });
        }
    }

    @Test
    void edn_keys_come_from_a_field_from_tagged_tuples_or_from_all_values() throws IOException {
        assertThat(keyOf(read("{:process 0 :type :invoke :f :put :key \"k\" :value \"x\"}", false)))
                .isEqualTo("\"k\"");
        String tuple = "{:process 0 :type :invoke :f :write :value %s[7 #{1 2}]}";
        assertThat(keyOf(read(tuple.formatted("#jepsen.independent.Tuple"), false)))
                .isEqualTo("7");
        assertThat(keyOf(read(tuple.formatted(""), true))).isEqualTo("7");
        assertThat(keyOf(read(tuple.formatted(""), false))).isEqualTo("nil");
    }

    @Test
    void a_log_says_that_a_comparison_failed() throws IOException {
        History history = read("""
                INFO  jepsen.util - 4	:invoke	:cas	[1 3]
                INFO  jepsen.util - 4	:fail	:cas	[1 3]
                INFO  jepsen.core - something else
                INFO  jepsen.util - 5	:invoke	:write	1
                INFO  jepsen.util - 5	:info	:write	:timed-out
                """, false);
        assertThat(history.operations().map(Operation::toString))
                .containsExactly("4: cas [1 3] → false ok", "5: write 1 unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"process\":0}                                      | line 1: the event has no f",
                "{\"process\":0,\"type\":\"call\",\"f\":\"read\"}     | line 1: 'call' is no type; it is invoke, ok, fail or info",
                "{\"process\":\"a\"}                                  | line 1: 'process' is a whole number",
                "{\"proces\":1}                                       | line 1: an event has no 'proces'; it has process, type, f, key, value and time",
                "{\"process\":0,\"type\":\"ok\",\"f\":\"read\"}       | line 1: process 0 returns from read without a call",
                "[{:process 0 :type :invoke :f :read :value nil}      | line 1: the history ends before its list does",
                "{:process 0 :type :invoke :f :read :value [1}        | line 1: '}' closes nothing",
                "{:process 0 :type :invoke :f :read :value \"abc      | line 1: a text has no end",
                "what is this                                         | line 1: this begins like no history; --format can say what it is: ndjson, edn or log",
            })
    void a_malformed_history_is_reported_with_its_line(String text, String message) {
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> read(text, false))
                .withMessage(message);
    }

    @Test
    void nesting_has_a_limit() {
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> read("{:value " + "[".repeat(100_000), false))
                .withMessageContaining("nested deeper");
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> read("{\"value\":" + "[".repeat(400) + "}", false))
                .withMessageContaining("nested deeper");
    }

    /// Checks a folder of other people's histories: `MODEL/good/…` must not be invalid, and
    /// `MODEL/bad/…` must not be valid.
    @Test
    @EnabledIfSystemProperty(named = "verdict.histories", matches = ".+")
    void agrees_with_known_verdicts() throws IOException {
        Path root = Path.of(System.getProperty("verdict.histories"));
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> histories = files.filter(Files::isRegularFile).toList();
            assertThat(histories).isNotEmpty();
            for (Path file : histories) {
                Path place = root.relativize(file);
                Checker checker = Models.checker(place.getName(0).toString()).orElseThrow();
                try (InputStream in = Files.newInputStream(file)) {
                    Answer answer = checker.check(
                            read(new String(in.readAllBytes(), StandardCharsets.UTF_8), false), Budget.unlimited());
                    assertThat(answer)
                            .as(place.toString())
                            .isInstanceOf(
                                    place.getName(1).toString().equals("bad")
                                            ? Answer.Invalid.class
                                            : Answer.Valid.class);
                }
            }
        }
    }

    private static String answer(History history, Datatype datatype) {
        return new Linearizability(datatype)
                .check(history, Budget.unlimited())
                .getClass()
                .getSimpleName();
    }

    private static String keyOf(History history) {
        return history.operation(0).key().toString();
    }

    private static History read(String text, boolean keyed) throws IOException {
        var in = new BufferedInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return HistoryFormat.of(in).read(in, keyed);
    }
}
