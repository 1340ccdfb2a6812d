package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HistoryTest {
    private final History.Builder builder = new History.Builder();
    private final Values values = builder.values();

    @Test
    void an_operation_is_as_it_was_called_and_as_it_returned() {
        builder.call(1, 7, "write", values.text("x"), values.integer(3), 10);
        builder.call(2, 8, "read", values.text("x"), Values.NIL, 11);
        builder.complete(3, 8, Completion.OK, "read", values.integer(-5), 12);
        builder.complete(4, 7, Completion.INFO, "write", Values.NIL, 13);
        History history = builder.build();
        assertThat(history.operations())
                .containsExactly(
                        new Operation(
                                0,
                                7,
                                "write",
                                new Value.Text("x"),
                                new Value.Int(3),
                                Value.NIL,
                                Completion.INFO,
                                0,
                                History.NEVER,
                                10,
                                13),
                        new Operation(
                                1,
                                8,
                                "read",
                                new Value.Text("x"),
                                Value.NIL,
                                new Value.Int(-5),
                                Completion.OK,
                                1,
                                2,
                                11,
                                12));
        assertThat(history.events()).isEqualTo(4);
    }

    @Test
    void a_call_without_return_is_unknown() {
        builder.call(1, 0, "read", Values.NIL, Values.NIL, 0);
        assertThat(builder.build().operation(0).completion()).isEqualTo(Completion.INFO);
    }

    @Test
    void what_cannot_have_happened_is_reported_with_its_line() {
        builder.call(1, 0, "read", Values.NIL, Values.NIL, 0);
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> builder.call(2, 0, "read", Values.NIL, Values.NIL, 0))
                .withMessage("line 2: process 0 calls read before its last call returned");
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> builder.complete(3, 0, Completion.OK, "write", Values.NIL, 0))
                .withMessage("line 3: process 0 returns from write, but it called read");
        builder.complete(4, 0, Completion.OK, "read", Values.NIL, 0);
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> builder.complete(5, 0, Completion.OK, "read", Values.NIL, 0))
                .withMessage("line 5: process 0 returns from read without a call");
        builder.call(6, 0, "read", Values.NIL, Values.NIL, 0);
        builder.complete(7, 0, Completion.INFO, "read", Values.NIL, 0);
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> builder.call(8, 0, "read", Values.NIL, Values.NIL, 0))
                .withMessageStartingWith("line 8: process 0 calls read, but its last operation ended in info");
    }

    @Test
    void equal_values_have_equal_cells_and_come_back_as_they_were() {
        List<Value> all = List.of(
                Value.NIL,
                new Value.Bool(true),
                new Value.Bool(false),
                new Value.Int(0),
                new Value.Int(Integer.MAX_VALUE),
                new Value.Int(Integer.MAX_VALUE + 1L),
                new Value.Int(-1),
                new Value.Text(""),
                new Value.Many(List.of()),
                new Value.Many(List.of(new Value.Int(1), new Value.Many(List.of(new Value.Text("a"))))),
                new Value.Members(List.of(new Value.Int(1))),
                new Value.Fields(List.of(new Value.Field(new Value.Text("a"), new Value.Int(1)))));
        assertThat(all.stream().map(values::cell)).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(value -> {
            assertThat(values.value(values.cell(value))).isEqualTo(value);
            assertThat(values.cell(value)).isEqualTo(values.cell(value));
        });
    }
}
