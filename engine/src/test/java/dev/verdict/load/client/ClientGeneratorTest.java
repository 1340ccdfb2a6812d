package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.Interval;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Feed;
import dev.verdict.load.wire.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ClientGeneratorTest {
    @Test
    void a_rate_calls_java_as_often_as_it_says_with_each_number_once() throws Exception {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        LoadResult result = send(rate(200, 500), 2_000, request(new Protocol.Calls(number -> {
            if (!numbers.add(number)) {
                throw new AssertionError("twice: " + number);
            }
        })));

        assertThat(result.due()).isEqualTo(100);
        assertThat(numbers).hasSize(100);
        Interval all = result.all();
        assertThat(all.counts().errors()).isEmpty();
        assertThat(all.latencies().late().getTotalCount()).isEqualTo(100);
        assertThat(result.lost()).isZero();
    }

    @Test
    void users_think_and_each_waits_for_its_answer() throws Exception {
        Pace pace = new Pace.Closed(Profile.constant(5, Duration.ofSeconds(1)), Duration.ofMillis(100));
        LoadResult result = send(pace, 2_000, request(new Protocol.Calls(_ -> {})));
        assertThat((double) result.all().counts().answered()).isCloseTo(50, within(15.0));
        assertThat(result.due()).isZero();
    }

    /// The first call keeps the only user for half of the time: all others were due, and waited.
    @Test
    void who_waits_for_a_stalled_service_counts_from_when_due() throws Exception {
        Semaphore stall = new Semaphore(0);
        LoadResult result = send(rate(100, 600), 2_000, 1, request(new Protocol.Calls(number -> {
            if (number == 0) {
                boolean _ = stall.tryAcquire(300, TimeUnit.MILLISECONDS);
            }
        })));
        var latencies = result.all().latencies();
        assertThat(result.all().counts().answered()).isEqualTo(60);
        assertThat(latencies.response().getValueAtPercentile(75)).isGreaterThan(50_000_000);
        assertThat(latencies.service().getValueAtPercentile(90)).isLessThan(50_000_000);
        assertThat(latencies.late().getValueAtPercentile(50)).isLessThan(20_000_000);
    }

    @Test
    void what_nobody_was_free_for_is_unsent_and_what_takes_too_long_is_timed_out() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        LoadResult result = send(rate(100, 300), 500, 2, request(new Protocol.Calls(_ -> never.await())));
        assertThat(result.all().counts().errors())
                .containsEntry(ErrorKind.TIMED_OUT, 2L)
                .containsEntry(ErrorKind.UNSENT, 28L);
        assertThat(result.due()).isEqualTo(30);
    }

    @Test
    void what_is_unsent_counts_for_the_kind_that_was_due() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Protocol stuck = new Protocol.Calls(_ -> never.await());
        ClientLoad load = new ClientLoad(
                List.of(
                        new ClientRequest("rare", 1, stuck, List.of(), Optional.empty(), List.of()),
                        new ClientRequest("often", 3, stuck, List.of(), Optional.empty(), List.of())),
                List.of(),
                rate(400, 500),
                Slice.WHOLE,
                1,
                1,
                Duration.ZERO,
                Duration.ofMillis(600),
                Long.MAX_VALUE);
        try (ClientGenerator generator = new ClientGenerator(load)) {
            List<Interval> kinds = generator.run(LoadListener.NONE).requests();
            long rare = kinds.getFirst().counts().errors().getOrDefault(ErrorKind.UNSENT, 0L);
            assertThat(rare).isBetween(25L, 75L);
            assertThat(kinds.getLast().counts().errors()).containsEntry(ErrorKind.UNSENT, 199 - rare);
        }
    }

    @Test
    void failed_checks_are_errors_and_enough_of_them_end_it() throws Exception {
        ClientLoad load = new ClientLoad(
                List.of(request(new Protocol.Calls(number -> {
                    throw new IllegalStateException("no " + number);
                }))),
                List.of(),
                rate(100, 20_000),
                Slice.WHOLE,
                1,
                2,
                Duration.ZERO,
                Duration.ofSeconds(1),
                5);
        try (ClientGenerator generator = new ClientGenerator(load)) {
            LoadResult result = generator.run(LoadListener.NONE);
            assertThat(result.stopped()).contains("5 errors");
            assertThat(result.all().counts().errors().get(ErrorKind.CHECK)).isBetween(5L, 7L);
            assertThat(result.all().counts().examples().get(ErrorKind.CHECK)).contains("no ");
        }
    }

    @Test
    void lines_are_answered_by_lines() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> echo(server));
            Protocol lines = new Protocol.Lines(new Address("127.0.0.1", server.getLocalPort()));
            LoadResult result = send(
                    rate(100, 300),
                    2_000,
                    new ClientRequest("ping", 1, lines, List.of("ping ${number}"), Optional.of("ping"), List.of()));
            assertThat(result.all().counts().errors()).isEmpty();
            assertThat(result.all().counts().answered()).isEqualTo(30);
            assertThat(result.all().counts().connects()).isEqualTo(4);
            LoadResult wrong = send(
                    rate(100, 100),
                    2_000,
                    new ClientRequest("ping", 1, lines, List.of("x"), Optional.of("pong"), List.of()));
            assertThat(wrong.all().counts().errors()).containsEntry(ErrorKind.CHECK, 10L);
        }
    }

    @Test
    void nobody_there_is_refused() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        LoadResult result = send(
                rate(100, 100),
                2_000,
                new ClientRequest(
                        "nobody",
                        1,
                        new Protocol.Redis(new Address("127.0.0.1", free)),
                        List.of("PING"),
                        Optional.empty(),
                        List.of()));
        assertThat(result.all().counts().errors().get(ErrorKind.REFUSED)).isPositive();
        assertThat(result.all().counts().answered()).isZero();
    }

    @Test
    void a_stream_is_measured_by_its_first_event_and_the_gaps_between() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Semaphore never = new Semaphore(0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (exchange;
                    var out = exchange.getResponseBody()) {
                for (String token : List.of("one", "two", "three", "[DONE]")) {
                    boolean _ = never.tryAcquire(20, TimeUnit.MILLISECONDS);
                    out.write(("data: " + token + "\n\n").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
            LoadResult result = send(rate(20, 500), 2_000, stream(url, "[DONE]"));
            assertThat(result.all().counts().errors()).isEmpty();
            assertThat(result.all().counts().answered()).isEqualTo(10);
            var latencies = result.all().latencies();
            assertThat(latencies.firstByte().getTotalCount()).isEqualTo(10);
            assertThat(latencies.firstByte().getMinValue()).isGreaterThan(19_000_000);
            assertThat(latencies.gap().getTotalCount()).isEqualTo(30);
            assertThat(latencies.gap().getMean()).isBetween(15e6, 200e6);
            assertThat(send(rate(20, 250), 2_000, stream(url, "[OVER]"))
                            .all()
                            .counts()
                            .errors())
                    .containsEntry(ErrorKind.CHECK, 5L);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void messages_are_answered_over_a_websocket() throws Exception {
        Echo echo = new Echo();
        echo.start();
        assertThat(echo.started.await(10, TimeUnit.SECONDS)).isTrue();
        try {
            LoadResult result = send(
                    rate(100, 300),
                    10_000,
                    new ClientRequest(
                            "echo",
                            1,
                            new Protocol.Messages("ws://127.0.0.1:%d/".formatted(echo.getPort()), Trust.USUAL),
                            List.of("hello ${number}"),
                            Optional.of("hello"),
                            List.of()));
            assertThat(result.all().counts().errors()).isEmpty();
            assertThat(result.all().counts().answered()).isEqualTo(30);
        } finally {
            echo.stop(1000);
        }
    }

    @Test
    void an_unknown_variable_is_refused() {
        ClientRequest asks = new ClientRequest(
                "x",
                1,
                new Protocol.Messages("ws://a/", Trust.USUAL),
                List.of("${numbr}"),
                Optional.empty(),
                List.of());
        assertThatThrownBy(() -> send(rate(100, 100), 2_000, asks))
                .hasMessage("the request x needs ${numbr}, which nothing feeds or saves; did you mean 'number'?");
    }

    private static ClientRequest stream(String url, String until) {
        return new ClientRequest(
                "stream",
                1,
                new Protocol.Events(List.of(), until, Long.MAX_VALUE),
                List.of(url),
                Optional.empty(),
                List.of());
    }

    private static ClientRequest request(Protocol protocol) {
        return new ClientRequest("call", 1, protocol, List.of(), Optional.empty(), List.of());
    }

    private static Pace rate(double rate, long millis) {
        return new Pace.Open(Profile.constant(rate, Duration.ofMillis(millis)), Pace.Arrival.EVEN, 1);
    }

    private static LoadResult send(Pace pace, long timeout, ClientRequest request) throws InterruptedException {
        return send(pace, timeout, 4, request);
    }

    private static LoadResult send(Pace pace, long timeout, int connections, ClientRequest request)
            throws InterruptedException {
        ClientLoad load = new ClientLoad(
                List.of(request),
                Feed.usual("u"),
                pace,
                Slice.WHOLE,
                1,
                connections,
                Duration.ZERO,
                Duration.ofMillis(timeout),
                Long.MAX_VALUE);
        try (ClientGenerator generator = new ClientGenerator(load)) {
            return generator.run(LoadListener.NONE);
        }
    }

    private static void echo(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket;
                            BufferedReader in = new BufferedReader(
                                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                        for (String line = in.readLine(); line != null; line = in.readLine()) {
                            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
                        }
                    } catch (IOException e) {
                        // The other side has gone.
                    }
                });
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static final class Echo extends WebSocketServer {
        private final CountDownLatch started = new CountDownLatch(1);

        Echo() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {}

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(WebSocket socket, String message) {
            socket.send(message);
        }

        @Override
        public void onError(WebSocket socket, Exception error) {}

        @Override
        public void onStart() {
            started.countDown();
        }
    }
}
