package dev.verdict.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdict.journal.Event.HarnessFailed;
import dev.verdict.journal.Event.TrafficCounted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GatewayTest extends OnTheWire {
    @Test
    void each_link_counts_its_own_traffic_only() throws Exception {
        ServerSocket server = serve(this::echo);
        List<Link> links = new ArrayList<>();
        List<Callable<byte[]>> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Link link = gateway.open("scenario-" + i, "echo.tcp", "127.0.0.1", server.getLocalPort());
            links.add(link);
            byte[] bytes = randomBytes(1_000 * i);
            for (int j = 0; j <= i; j++) {
                clients.add(() -> sendAndReadAll(link, bytes));
            }
        }
        for (Future<byte[]> client : threads.invokeAll(clients)) {
            client.get();
        }
        links.forEach(Link::close);
        List<TrafficCounted> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long bytes = 1_000L * i * (i + 1);
            expected.add(new TrafficCounted("scenario-" + i, "echo.tcp", i + 1, bytes, bytes, 0));
        }
        assertThat(journal.all(TrafficCounted.class)).containsExactlyElementsOf(expected);
    }

    @Test
    void closing_a_link_in_mid_transfer_ends_its_connections_and_no_others() throws Exception {
        ServerSocket server = serve(this::echo);
        Link link = gateway.open("cut", "echo.tcp", "127.0.0.1", server.getLocalPort());
        Link other = gateway.open("kept", "echo.tcp", "127.0.0.1", server.getLocalPort());
        try (Socket kept = connect(other);
                Socket cut = connect(link)) {
            Future<?> sender = threads.submit(() -> {
                try {
                    while (true) {
                        cut.getOutputStream().write(new byte[10_000]);
                    }
                } catch (IOException e) {
                    return null;
                }
            });
            await().until(() -> link.counts().sent() > 100_000);
            link.close();
            sender.get(10, TimeUnit.SECONDS);
            kept.getOutputStream().write(7);
            assertThat(kept.getInputStream().read()).isEqualTo(7);
        }
        assertThatThrownBy(() -> connect(link)).isInstanceOf(SocketException.class);
        assertThat(gateway.connections()).isLessThanOrEqualTo(1);
    }

    @Test
    void what_arrived_before_the_close_is_counted_though_nobody_took_it() throws Exception {
        for (int i = 0; i < 50; i++) {
            Link link = linkTo(this::echo);
            try (Socket client = connect(link)) {
                client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1));
                link.close();
            }
            assertThat(link.counts().connections()).isEqualTo(1);
            assertThat(link.counts().sent()).isEqualTo(18);
            assertThat(link.counts().requests()).isEqualTo(1);
        }
    }

    @Test
    void a_cut_answer_does_not_look_like_a_whole_one() throws Exception {
        Link link = linkTo(socket -> socket.getOutputStream().write(new byte[60_000_000]));
        try (Socket client = connect(link)) {
            await().until(() -> link.counts().received() > 0);
            link.close();
            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void an_interrupted_scenario_still_opens_and_closes_its_links() throws Exception {
        ServerSocket server = serve(this::echo);
        Thread.currentThread().interrupt();
        Link link = gateway.open("scenario", "echo.tcp", "127.0.0.1", server.getLocalPort());
        link.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(journal.all(TrafficCounted.class)).hasSize(1);
        assertThatThrownBy(() -> connect(link)).isInstanceOf(SocketException.class);
    }

    @Test
    void a_link_is_journaled_once_however_often_it_is_closed() {
        Link link = gateway.open("scenario", "stock.http", "127.0.0.1", 1);
        link.close();
        link.close();
        gateway.close();
        assertThat(journal.all(TrafficCounted.class))
                .containsExactly(new TrafficCounted("scenario", "stock.http", 0, 0, 0, 0));
        assertThat(journal.all(HarnessFailed.class)).isEmpty();
    }

    @Test
    void closing_the_gateway_closes_every_link_and_no_more_can_be_opened() throws Exception {
        Link link = linkTo(this::echo);
        try (Socket client = connect(link)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            gateway.close();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(journal.all(TrafficCounted.class))
                .containsExactly(new TrafficCounted("scenario", "server.tcp", 1, 1, 1, 0));
        assertThatThrownBy(() -> gateway.open("late", "server.tcp", "127.0.0.1", 1))
                .isInstanceOf(GatewayException.class)
                .hasMessage("no link from late to server.tcp: the gateway is closed");
    }

    @Test
    void a_full_gateway_says_so() throws Exception {
        ServerSocket server = serve(this::echo);
        try (Gateway small = new Gateway(journal, new Gateway.Limits(1, 1))) {
            Link link = small.open("first", "echo.tcp", "127.0.0.1", server.getLocalPort());
            assertThatThrownBy(() -> small.open("second", "echo.tcp", "127.0.0.1", server.getLocalPort()))
                    .hasMessage("no link from second to echo.tcp: 1 links are open already, the most there may be");
            try (Socket one = connect(link)) {
                one.getOutputStream().write(1);
                assertThat(one.getInputStream().read()).isEqualTo(1);
                try (Socket two = connect(link)) {
                    assertThatThrownBy(() -> two.getInputStream().read()).isInstanceOf(SocketException.class);
                }
            }
            assertThat(link.counts().refused()).isEqualTo(1);
            await().until(() -> small.connections() == 0);
            assertThat(sendAndReadAll(link, randomBytes(10))).isEqualTo(randomBytes(10));
        }
        assertThat(journal.all(HarnessFailed.class))
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure.message())
                                .isEqualTo(
                                        "a connection from first to echo.tcp was refused: 1 are open already, the most there may be"));
    }

    @Test
    void an_unknown_host_is_refused_when_the_link_is_opened() {
        assertThatThrownBy(() -> gateway.open("a", "b.c", "no-such-host.invalid", 1))
                .hasMessage("no link from a to b.c: host no-such-host.invalid is unknown");
    }

    @Test
    void a_thousand_links_leave_no_descriptor_behind() throws Exception {
        ServerSocket server = serve(this::echo);
        sendAndReadAll(gateway.open("warm", "echo.tcp", "127.0.0.1", server.getLocalPort()), randomBytes(10));
        long before = openFiles();
        for (int i = 0; i < 1_000; i++) {
            try (Link link = gateway.open("s" + i, "echo.tcp", "127.0.0.1", server.getLocalPort())) {
                if (i % 10 == 0) {
                    sendAndReadAll(link, randomBytes(10));
                }
            }
        }
        await().untilAsserted(() -> assertThat(openFiles()).isLessThanOrEqualTo(before + 3));
        assertThat(gateway.connections()).isZero();
        assertThat(gateway.links()).hasSize(1);
    }

    private static long openFiles() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
