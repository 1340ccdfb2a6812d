package dev.verdict.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.load.Counts;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AloneTest {
    private static boolean answer(OutputStream out, String body) throws IOException {
        RudeServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        return true;
    }

    private static HttpLoad load(String url) {
        Pace pace = new Pace.Closed(Profile.constant(2, Duration.ofMillis(300)), Duration.ZERO);
        Tuning usual = Tuning.DEFAULT;
        Tuning tuning = new Tuning(
                2,
                2,
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ZERO,
                1,
                true,
                Trust.USUAL,
                usual.limits(),
                Long.MAX_VALUE);
        return new HttpLoad(List.of(LoadRequest.get("total", url)), List.of(), pace, Slice.WHOLE, 1, tuning);
    }

    private static Counts send(HttpLoad load) throws InterruptedException {
        try (var generator = new WireGenerator(load)) {
            return generator.run(LoadListener.NONE).all().counts();
        }
    }

    private static void meet(CyclicBarrier others) {
        try {
            others.await(1, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            others.reset(); // the load has ended, and nobody else asks any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Is a service that counts in a place that all requests share: right for who asks alone.
    @Test
    void what_goes_wrong_only_when_others_ask_is_counted_by_where_it_shows() throws Exception {
        AtomicBoolean crowded = new AtomicBoolean();
        AtomicInteger shared = new AtomicInteger();
        CyclicBarrier both = new CyclicBarrier(2);
        try (RudeServer server = new RudeServer((_, out, _) -> {
            shared.incrementAndGet();
            if (crowded.get()) {
                meet(both);
            }
            int seen = shared.get();
            if (crowded.get()) {
                meet(both);
            }
            shared.decrementAndGet();
            return answer(out, "{\"shop\": \"a\", \"items\": [{\"n\": 0}, {\"n\": " + seen + "}]}");
        })) {
            HttpLoad compared = Alone.asked(load(server.url()), Set.of("total"));
            crowded.set(true);

            Counts counts = send(compared);

            long differing = counts.errors().getOrDefault(ErrorKind.DIFFERS, 0L);
            assertThat(differing).isGreaterThanOrEqualTo(2);
            assertThat(counts.differences())
                    .containsExactly(
                            java.util.Map.entry("$.items[*].n", new Counts.Difference(differing, "2, alone 1")));
        }
    }

    @Test
    void answers_that_are_the_same_in_a_crowd_are_no_errors() throws Exception {
        try (RudeServer server = new RudeServer((_, out, _) -> answer(out, "the same\n"))) {
            Counts counts = send(Alone.asked(load(server.url()), Set.of("total")));

            assertThat(counts.answered()).isPositive();
            assertThat(counts.errors()).isEmpty();
            assertThat(counts.differences()).isEmpty();
        }
    }

    @Test
    void there_is_nothing_to_compare_with_if_the_answer_is_another_one_each_time_or_an_error() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (RudeServer clock = new RudeServer((_, out, _) -> answer(out, "now\n" + asked.incrementAndGet()))) {
            assertThatThrownBy(() -> Alone.asked(load(clock.url()), Set.of("total")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not answered twice in the same way")
                    .hasMessageContaining("line 2, column 1 '2', before '1'");
        }
        try (RudeServer broken = RudeServer.saying("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")) {
            assertThatThrownBy(() -> Alone.asked(load(broken.url()), Set.of("total")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("status 503, even alone");
        }
    }
}
