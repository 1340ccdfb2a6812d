package dev.verdict.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SumTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void lines_of_text_and_binary_mode_of_tags_and_with_escapes_are_read() {
        List<String> lines = List.of(
                ABC + "  a b",
                ABC.toUpperCase(java.util.Locale.ROOT) + " *c",
                "",
                "# a comment",
                "SHA256 (d) = " + ABC,
                "\\" + ABC + "  e\\nf\\\\g");
        assertThat(Sum.read("sums", lines))
                .containsExactly(new Sum(ABC, "a b"), new Sum(ABC, "c"), new Sum(ABC, "d"), new Sum(ABC, "e\nf\\g"));
    }

    @Test
    void what_is_written_is_read_again() {
        Sum sum = new Sum(ABC, "e\nf\\g\rh");
        assertThat(Sum.read("sums", List.of(sum.toString()))).containsExactly(sum);
    }

    @Test
    void a_line_that_is_none_is_named() {
        assertThatThrownBy(() -> Sum.read("sums", List.of(ABC + "  a", ABC.substring(1) + "  b")))
                .isInstanceOf(IntegrityException.class)
                .hasMessageStartingWith("sums:2: ");
    }
}
