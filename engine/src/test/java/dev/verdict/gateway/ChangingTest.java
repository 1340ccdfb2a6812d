package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.LinkFault.Bandwidth;
import dev.verdict.plan.LinkFault.Delay;
import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.Per;
import dev.verdict.plan.LinkFault.Refuse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One fault takes another's place and nothing slips through between them; and chance decides as
/// often as it is told to.
@Timeout(60)
final class ChangingTest extends OnTheWire {
    @Test
    void no_byte_is_faster_than_both_delays() throws Exception {
        Link link = linkTo(this::echo);
        Applied delay = gateway.apply("*", "*", new Delay(Duration.ofMillis(20)), 1);
        AtomicBoolean over = new AtomicBoolean();
        Future<Duration> fastest = threads.submit(() -> {
            Duration least = Duration.ofDays(1);
            try (Socket client = connect(link)) {
                while (!over.get()) {
                    long start = System.nanoTime();
                    assertEchoes(client);
                    Duration time = since(start);
                    least = time.compareTo(least) < 0 ? time : least;
                }
            }
            return least;
        });
        for (long until = System.nanoTime() + Duration.ofMillis(800).toNanos(); System.nanoTime() < until; ) {
            delay = delay.change(new Delay(Duration.ofMillis(30)));
            delay = delay.change(new Delay(Duration.ofMillis(20)));
            LockSupport.parkNanos(33_000_000);
        }
        over.set(true);
        assertThat(fastest.get()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(5));
    }

    @Test
    void what_waits_for_one_bandwidth_goes_on_at_the_next() throws Exception {
        Link link = linkTo(socket -> socket.getOutputStream().write(new byte[400_000]));
        Applied fault = gateway.apply("*", "*", new Bandwidth(400_000, Per.CONNECTION).only(Direction.BACK), 1);
        try (Socket client = connect(link)) {
            InputStream in = client.getInputStream();
            assertThat(in.readNBytes(100_000)).hasSize(100_000);
            fault.change(new Bandwidth(100_000, Per.CONNECTION).only(Direction.BACK));
            long start = System.nanoTime();
            // What was on its way to this reader, and a piece.
            assertThat(in.readNBytes(50_000)).hasSize(50_000);
            assertThat(since(start)).isGreaterThan(Duration.ofMillis(400));
        }
    }

    @Test
    void whoever_is_refused_stays_refused() throws Exception {
        Link link = linkTo(this::echo);
        Applied fault = gateway.apply("*", "*", new Refuse(), 1);
        AtomicBoolean over = new AtomicBoolean();
        Future<Integer> refused = threads.submit(() -> {
            int count = 0;
            for (; !over.get(); count++) {
                assertThatThrownBy(() -> connect(link)).isInstanceOf(IOException.class);
            }
            return count;
        });
        for (int i = 0; i < 300; i++) {
            fault = fault.change(new Refuse());
        }
        over.set(true);
        assertThat(refused.get()).isPositive();
    }

    @Test
    void probability_1_is_always_and_a_share_is_the_same_for_the_same_seed() throws Exception {
        assertThat(struck(1, 1, 40).cardinality()).isEqualTo(40);
        BitSet some = struck(0.3, 5, 200);
        // 60 are expected; five standard deviations are 32.
        assertThat(some.cardinality()).isBetween(28, 92);
        assertThat(struck(0.3, 5, 200)).isEqualTo(some);
        assertThat(struck(0.3, 6, 200)).isNotEqualTo(some);
    }

    /// Returns which of so many connections, one after another, were refused.
    private BitSet struck(double probability, long seed, int connections) throws IOException {
        BitSet struck = new BitSet();
        try (Link link = linkTo(this::echo);
                Applied _ = gateway.apply("*", "*", new Refuse().sometimes(probability), seed)) {
            for (int i = 0; i < connections; i++) {
                struck.set(i, !echoes(link));
            }
        }
        return struck;
    }

    private static boolean echoes(Link link) {
        try (Socket client = connect(link)) {
            client.getOutputStream().write(7);
            return client.getInputStream().read() == 7;
        } catch (IOException e) {
            return false;
        }
    }
}
