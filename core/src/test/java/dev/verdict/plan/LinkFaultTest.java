package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.LinkFault.Delay;
import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.Partly;
import dev.verdict.plan.LinkFault.Per;
import dev.verdict.plan.LinkFault.Shape;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LinkFaultTest {
    private static final LinkFault DELAY = new Delay(Duration.ofMillis(200));

    @Test
    void a_fault_says_in_a_line_what_it_does() {
        assertThat(DELAY.summary()).isEqualTo("is delayed by 200ms");
        assertThat(new Delay(Duration.ofSeconds(1), Duration.ofMillis(5), Shape.PARETO).summary())
                .isEqualTo("is delayed by 1s with a Pareto jitter of 5ms");
        assertThat(new LinkFault.Bandwidth(20_000, Per.LINK).summary()).isEqualTo("is limited to 20kB/s per link");
        assertThat(new LinkFault.ResetAfterBytes(0).summary()).isEqualTo("is reset after 0B");
        assertThat(new LinkFault.Slice(1, Duration.ZERO).summary()).isEqualTo("is cut into segments of 1B, 0ms apart");
        assertThat(new HttpFault.HttpStatus(503).first(3).summary())
                .isEqualTo("answers with status 503, the first 3 only");
        assertThat(DELAY.only(Direction.BACK).sometimes(0.1).summary())
                .isEqualTo("is delayed by 200ms, answers only, with probability 0.1");
    }

    @Test
    void its_kind_is_one_word_and_survives_narrowing() {
        assertThat(new LinkFault.ResetAfterBytes(1).kind()).isEqualTo("resetAfterBytes");
        assertThat(DELAY.sometimes(0.5).kind()).isEqualTo("delay");
    }

    @Test
    void narrowing_adds_up_and_leaves_the_rest_as_usual() {
        assertThat(DELAY.sometimes(0.5).first(2)).isEqualTo(new Partly(DELAY, Direction.THERE, 0.5, 2));
        assertThat(DELAY.only(Direction.BOTH).proper()).isEqualTo(DELAY);
        assertThat(DELAY.probability()).isEqualTo(1);
        assertThat(DELAY.first()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void values_out_of_range_are_refused_with_what_is_allowed() {
        refused(() -> new Delay(Duration.ofMillis(-1)), "a delay is 0ms to 1h, not -1ms");
        refused(() -> DELAY.sometimes(1.5), "a probability is 0 to 1, not 1.5");
        refused(() -> DELAY.sometimes(Double.NaN), "a probability is 0 to 1, not NaN");
        refused(() -> DELAY.first(0), "a fault acts on the first 1 or more, not 0");
        refused(() -> new LinkFault.Reset().only(Direction.BACK), "a fault of kind reset has no choice of direction");
        refused(() -> new LinkFault.Bandwidth(0, Per.LINK), "a bandwidth is 1B to 1TB a second, not 0");
        refused(() -> new LinkFault.Corrupt(0), "the share of corrupted bytes is above 0 and at most 1, not 0.0");
        refused(() -> new LinkFault.Slice(0, Duration.ZERO), "a segment has 1B to 1MiB, not 0");
        refused(() -> new HttpFault.HttpStatus(101), "an HTTP status is 200 to 599, not 101");
        refused(() -> new HttpFault.HttpHeader("a b", Optional.empty()), "'a b' is no name of an HTTP header");
        refused(
                () -> new HttpFault.HttpHeader("Content-Length", Optional.of("1")),
                "the header Content-Length cannot be changed: it frames messages");
        refused(
                () -> new HttpFault.HttpHeader("X", Optional.of("a\r\nB: c")),
                "the value of the header X is not one line of text");
        refused(() -> new HttpFault.HttpEdit("", "a"), "the text to replace is empty");
        refused(() -> new LinkFault.ResetAfter(Duration.ofDays(2)), "the time to a reset is 0ms to 24h, not 48h");
    }

    private static void refused(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
