package dev.verdict.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdict.journal.Event.HarnessFailed;
import dev.verdict.journal.Event.TrafficCounted;
import dev.verdict.journal.MemoryJournal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayTest {
    private final MemoryJournal journal = new MemoryJournal();
    private final Gateway gateway = new Gateway(journal);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ServerSocket> servers = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        gateway.close();
        for (ServerSocket server : servers) {
            server.close();
        }
        threads.shutdownNow();
    }

    @Test
    void bytes_arrive_unchanged_in_both_directions_whatever_their_number() throws Exception {
        Link link = linkTo(this::echo);
        for (int size : new int[] {0, 1, 100, Buffers.SIZE - 1, Buffers.SIZE, Buffers.SIZE + 1, 40_000_000}) {
            assertThat(sendAndReadAll(link, randomBytes(size))).isEqualTo(randomBytes(size));
        }
        await().untilAsserted(() -> assertThat(link.counts().connections()).isEqualTo(7));
        assertThat(link.counts().sent()).isEqualTo(40_000_101 + 3L * Buffers.SIZE);
        assertThat(link.counts().received()).isEqualTo(link.counts().sent());
        assertThat(link.counts().requests()).isZero();
    }

    @Test
    void many_connections_side_by_side_do_not_mix() throws Exception {
        Link link = linkTo(this::echo);
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[50_000];
            Arrays.fill(bytes, (byte) i);
            clients.add(() -> {
                assertThat(sendAndReadAll(link, bytes)).isEqualTo(bytes);
                return null;
            });
        }
        for (Future<Void> client : threads.invokeAll(clients)) {
            client.get();
        }
        assertThat(link.counts()).isEqualTo(new Counts(200, 0, 10_000_000, 10_000_000, 0));
    }

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
    void a_client_that_has_said_everything_still_hears_the_answer() throws Exception {
        Link link = linkTo(socket -> {
            byte[] question = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(("you said " + question.length).getBytes(ISO_8859_1));
        });
        assertThat(sendAndReadAll(link, randomBytes(5_000)))
                .asString(ISO_8859_1)
                .isEqualTo("you said 5000");
    }

    @Test
    void a_server_that_has_said_everything_still_hears_the_client() throws Exception {
        var heard = new CompletableFuture<Integer>();
        Link link = linkTo(socket -> {
            socket.getOutputStream().write("hello".getBytes(ISO_8859_1));
            socket.shutdownOutput();
            heard.complete(socket.getInputStream().readAllBytes().length);
        });
        try (Socket client = connect(link)) {
            assertThat(client.getInputStream().readAllBytes())
                    .asString(ISO_8859_1)
                    .isEqualTo("hello");
            client.getOutputStream().write(randomBytes(300_000));
        }
        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(300_000);
    }

    @Test
    void a_refused_connection_is_reset_promptly_and_counted() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0)) {
            port = gone.getLocalPort();
        }
        Link link = gateway.open("scenario", "dead.http", "127.0.0.1", port);
        long start = System.nanoTime();
        try (Socket client = connect(link)) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(link.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
    }

    @Test
    void a_reset_by_the_server_reaches_the_client_as_a_reset() throws Exception {
        Link link = linkTo(socket -> {
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
            socket.close();
        });
        try (Socket client = connect(link)) {
            client.getOutputStream().write(1);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void a_reset_by_the_client_reaches_the_server_as_a_reset() throws Exception {
        var end = new CompletableFuture<String>();
        Link link = linkTo(socket -> {
            try {
                end.complete("read " + socket.getInputStream().readAllBytes().length);
            } catch (SocketException e) {
                end.complete("reset");
            }
        });
        Socket client = connect(link);
        client.getOutputStream().write(1);
        await().until(() -> link.counts().sent() == 1);
        client.setSoLinger(true, 0);
        client.close();
        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("reset");
    }

    @Test
    void a_receiver_that_does_not_read_slows_the_sender_and_takes_one_buffer() throws Exception {
        var go = new CountDownLatch(1);
        var heard = new CompletableFuture<byte[]>();
        Link link = linkTo(socket -> {
            go.await();
            heard.complete(socket.getInputStream().readAllBytes());
        });
        byte[] bytes = randomBytes(60_000_000);
        Future<?> sender = threads.submit(() -> {
            try (Socket client = connect(link)) {
                client.getOutputStream().write(bytes);
            }
            return null;
        });
        long stuck = settled(link);
        assertThat(stuck).isPositive().isLessThan(30_000_000);
        assertThat(sender.isDone()).isFalse();
        assertThat(gateway.buffers()).isLessThanOrEqualTo(2);
        go.countDown();
        assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo(bytes);
        sender.get();
    }

    @Test
    void a_slow_receiver_does_not_hold_up_others() throws Exception {
        var go = new CountDownLatch(1);
        Link slow = linkTo(socket -> go.await());
        Future<?> stuck = threads.submit(() -> {
            try (Socket client = connect(slow)) {
                client.getOutputStream().write(new byte[60_000_000]);
            }
            return null;
        });
        settled(slow);
        Link quick = linkTo(this::echo);
        assertThat(sendAndReadAll(quick, randomBytes(1_000_000))).isEqualTo(randomBytes(1_000_000));
        assertThat(stuck.isDone()).isFalse();
        go.countDown();
    }

    @Test
    void requests_are_counted_exactly_with_bytes_as_they_come() throws Exception {
        Link link = linkTo(this::echo);
        String head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunks = "3\r\nabc\r\n0\r\n\r\n";
        byte[] request = (head + chunks + "GET / HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1);
        try (Socket client = connect(link)) {
            for (byte each : request) {
                client.getOutputStream().write(each);
                assertThat(client.getInputStream().read()).isEqualTo(each);
            }
            Future<?> sender = threads.submit(() -> {
                for (int i = 0; i < 1_000; i++) {
                    client.getOutputStream().write(request);
                }
                return null;
            });
            assertThat(client.getInputStream().readNBytes(1_000 * request.length))
                    .hasSize(1_000 * request.length);
            sender.get();
        }
        assertThat(link.counts().requests()).isEqualTo(2_002);
        assertThat(link.counts().sent()).isEqualTo(1_001L * request.length);
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
        assertThat(gateway.links()).isEqualTo(1);
    }

    private interface Talk {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    private Link linkTo(Talk talk) throws IOException {
        return gateway.open("scenario", "server.tcp", "127.0.0.1", serve(talk).getLocalPort());
    }

    private ServerSocket serve(Talk talk) throws IOException {
        ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        servers.add(server);
        threads.execute(() -> {
            try {
                while (true) {
                    Socket socket = bounded(server.accept());
                    threads.execute(() -> talk(socket, talk));
                }
            } catch (IOException e) {
                // The test is over and has closed it.
            }
        });
        return server;
    }

    private static void talk(Socket socket, Talk talk) {
        try (socket) {
            talk.with(socket);
        } catch (IOException | InterruptedException e) {
            // The client went first, or the test is over; what matters is asserted elsewhere.
        }
    }

    private void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    private static Socket connect(Link link) throws IOException {
        return bounded(new Socket(link.host(), link.port()));
    }

    /// Has reads give up: what never comes fails a test and does not hang it.
    private static Socket bounded(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        return socket;
    }

    private byte[] sendAndReadAll(Link link, byte[] bytes) throws Exception {
        try (Socket client = connect(link)) {
            Future<?> sender = threads.submit(() -> {
                OutputStream out = client.getOutputStream();
                out.write(bytes);
                client.shutdownOutput();
                return null;
            });
            InputStream in = client.getInputStream();
            byte[] answer = in.readAllBytes();
            sender.get();
            return answer;
        }
    }

    /// Waits until nothing moves for a while; returns how much was sent until then.
    private static long settled(Link link) {
        long[] last = {0};
        await().pollInterval(Duration.ofMillis(300))
                .timeout(Duration.ofSeconds(30))
                .until(() -> {
                    long now = link.counts().sent();
                    boolean same = now > 0 && now == last[0];
                    last[0] = now;
                    return same;
                });
        return last[0];
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static long openFiles() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
