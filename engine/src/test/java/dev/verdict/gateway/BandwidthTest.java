package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.LinkFault.Bandwidth;
import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.Per;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BandwidthTest extends OnTheWire {
    @Test
    void never_more_arrives_than_the_rate_allows_and_hardly_less() throws Exception {
        Link link = linkTo(socket -> socket.getOutputStream().write(new byte[400_000]));
        gateway.apply("*", "*", new Bandwidth(800_000, Per.LINK).only(Direction.BACK), 1);
        long start = System.nanoTime();
        try (Socket client = connect(link)) {
            InputStream in = client.getInputStream();
            byte[] buffer = new byte[65_536];
            long total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                total += count;
                assertThat(total).isLessThanOrEqualTo(since(start).toNanos() * 800_000 / 1_000_000_000);
            }
            assertThat(total).isEqualTo(400_000);
        }
        assertThat(since(start)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
    }

    @Test
    void a_links_connections_share_it_evenly() throws Exception {
        List<Duration> times = fetchFourTimes(Per.LINK);
        assertThat(times.getLast()).isGreaterThanOrEqualTo(Duration.ofMillis(800));
        // All were served in turn: none was finished while others had half of it to come.
        assertThat(times.getFirst()).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void each_connection_has_its_own_where_the_plan_says_so() throws Exception {
        List<Duration> times = fetchFourTimes(Per.CONNECTION);
        assertThat(times.getFirst()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(times.getLast()).isLessThan(Duration.ofMillis(700));
    }

    @Test
    void what_waits_when_it_ends_goes_on_at_once() throws Exception {
        Link link = linkTo(this::echo);
        Applied fault = gateway.apply("*", "*", new Bandwidth(100, Per.LINK), 1);
        byte[] bytes = randomBytes(1_000_000);
        Future<byte[]> answer = threads.submit(() -> sendAndReadAll(link, bytes));
        settled(link);
        fault.change(new Bandwidth(1_000_000_000, Per.CONNECTION));
        assertThat(answer.get()).isEqualTo(bytes);
    }

    /// Has four connections fetch 100 kB each at 500 kB/s; returns when each was ready, in order.
    private List<Duration> fetchFourTimes(Per per) throws Exception {
        Link link = linkTo(socket -> socket.getOutputStream().write(new byte[100_000]));
        gateway.apply("*", "*", new Bandwidth(500_000, per), 1);
        long start = System.nanoTime();
        List<Callable<Duration>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(() -> {
                try (Socket client = connect(link)) {
                    assertThat(client.getInputStream().readAllBytes()).hasSize(100_000);
                }
                return since(start);
            });
        }
        List<Duration> times = new ArrayList<>();
        for (Future<Duration> each : threads.invokeAll(clients)) {
            times.add(each.get());
        }
        times.sort(null);
        return times;
    }
}
