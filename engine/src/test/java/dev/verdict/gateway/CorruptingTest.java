package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.LinkFault.Corrupt;
import dev.verdict.plan.LinkFault.Direction;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CorruptingTest extends OnTheWire {
    private static final byte[] BYTES = randomBytes(1_000_000);

    @Test
    void a_share_of_the_bytes_changes_and_no_byte_is_lost() throws Exception {
        byte[] answer = through(0.01, 1);
        // Five standard deviations of the binomial distribution.
        assertThat(changed(answer)).isBetween(10_000L - 500, 10_000L + 500);
    }

    @Test
    void every_byte_changes_where_the_share_is_one() throws Exception {
        assertThat(changed(through(1, 1))).isEqualTo(BYTES.length);
    }

    @Test
    void the_same_seed_changes_the_same_bytes_however_they_come_and_another_others() throws Exception {
        byte[] first = through(0.001, 5);
        assertThat(through(0.001, 5)).isEqualTo(first);
        assertThat(through(0.001, 6)).isNotEqualTo(first);
    }

    private byte[] through(double share, long seed) throws Exception {
        try (Link link = linkTo(this::echo)) {
            Applied fault = gateway.apply("*", "*", new Corrupt(share).only(Direction.BACK), seed);
            byte[] answer = sendAndReadAll(link, BYTES);
            fault.remove();
            assertThat(answer).hasSameSizeAs(BYTES);
            return answer;
        }
    }

    private static long changed(byte[] answer) {
        assertThat(Arrays.equals(answer, BYTES)).isFalse();
        return IntStream.range(0, BYTES.length)
                .filter(i -> answer[i] != BYTES[i])
                .count();
    }
}
