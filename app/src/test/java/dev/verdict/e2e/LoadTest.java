package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs `verdict load` as users do. The server counts what really came.
@Tag("slow")
@Isolated
final class LoadTest {
    private static final int INCONCLUSIVE = 4;

    private final AtomicInteger served = new AtomicInteger();
    private final Set<String> lines = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private String url;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                served.incrementAndGet();
                exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/none") ? 404 : 200, 2);
                exchange.getResponseBody().write(new byte[] {'o', 'k'});
            }
        });
        server.start();
        url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private VerdictProcess.Ended load(String... arguments) throws IOException, InterruptedException {
        var words = new java.util.ArrayList<>(java.util.List.of("load"));
        words.addAll(java.util.List.of(arguments));
        return VerdictProcess.run(folder, words.toArray(String[]::new));
    }

    /// Loads again where the machine stole so much time that the load was invalid, and says so.
    private VerdictProcess.Ended validLoad(String... arguments) throws IOException, InterruptedException {
        VerdictProcess.Ended ended = load(arguments);
        for (int again = 0; again < 3 && ended.exitCode() == INCONCLUSIVE; again++) {
            ended = load(arguments);
        }
        return ended;
    }

    @Test
    void a_rate_sends_just_so_many_and_says_what_was_measured() throws Exception {
        var ended = load(
                url, "--rate", "100/s", "--for", "2s", "-c", "4", "--json", "--hlog", "load.hlog", "--csv", "load.csv");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(served).hasValue(200);
        JsonNode json = JsonMapper.shared().readTree(ended.out());
        assertThat(json.toString()).contains("200").contains("p99");
        assertThat(folder.resolve("load.hlog")).content().contains("HISTFAAA");
        assertThat(folder.resolve("load.csv")).content().hasLineCount(3);
    }

    @Test
    void wrong_answers_fail_it_unless_they_are_allowed_or_expected() throws Exception {
        String[] few = {url + "none", "--rate", "50/s", "--for", "1s", "-c", "2"};
        assertThat(validLoad(few)).satisfies(failed -> {
            assertThat(failed.exitCode()).as(failed.out() + failed.err()).isEqualTo(1);
            assertThat(failed.out()).contains("status");
        });
        assertThat(validLoad(few[0], few[1], few[2], few[3], few[4], "-c", "2", "--expect", "404")
                        .exitCode())
                .isZero();
        assertThat(validLoad(few[0], few[1], few[2], few[3], few[4], "-c", "2", "--errors", "100%")
                        .exitCode())
                .isZero();
    }

    @Test
    void streams_tell_their_gaps_and_events_a_second() throws Exception {
        server.createContext("/stream", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody()
                        .write("data: a\n\ndata: b\n\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        String[] words = {
            url + "stream", "--events", "--until", "[DONE]", "--rate", "50/s", "--for", "1s", "-c", "4", "--json"
        };
        var ended = load(words);
        JsonNode json = JsonMapper.shared().readTree(ended.out());
        assertThat(json.at("/answered").asInt()).isEqualTo(50);
        assertThat(json.at("/events").asInt()).isEqualTo(150);
        assertThat(json.at("/eventsPerSecond").asDouble()).isEqualTo(150);
        assertThat(json.at("/milliseconds/gap/count").asInt()).isEqualTo(100);
    }

    @Test
    void lines_are_sent_over_tcp() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(socket));
            String to = "tcp://127.0.0.1:" + socket.getLocalPort();
            var ended = load(to, "-d", "ping ${number}", "--rate", "50/s", "--for", "1s", "-c", "2", "--json");
            JsonNode json = JsonMapper.shared().readTree(ended.out());
            assertThat(json.at("/answered").asInt())
                    .as(ended.out() + ended.err())
                    .isEqualTo(50);
            assertThat(json.at("/connections").asInt()).isEqualTo(2);
            assertThat(lines).hasSize(50).contains("ping 0", "ping 49");
        }
    }

    private void answer(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket;
                            BufferedReader in = new BufferedReader(
                                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                        for (String line = in.readLine(); line != null; line = in.readLine()) {
                            lines.add(line);
                            socket.getOutputStream().write("pong\n".getBytes(StandardCharsets.UTF_8));
                        }
                    } catch (IOException e) {
                        // The load is over.
                    }
                });
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void nobody_there_is_no_success() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(load("http://127.0.0.1:%d/".formatted(free), "--rate", "20/s", "--for", "1s", "-c", "2"))
                .satisfies(ended -> {
                    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(1);
                    assertThat(ended.out()).contains("refused");
                });
    }

    @Test
    void mistakes_are_told_in_a_line() throws Exception {
        assertThat(load(url, "--rate", "many")).satisfies(ended -> {
            assertThat(ended.exitCode()).isEqualTo(2);
            assertThat(ended.err()).contains("'many' is no rate").hasLineCount(1);
        });
        assertThat(load(url, "--rate", "1/s", "--users", "3").err()).contains("either --rate or --users");
        assertThat(load("ftp://127.0.0.1/").exitCode()).isEqualTo(2);
        assertThat(served).hasValue(0);
    }

    @Test
    void users_of_a_starved_generator_are_invalid() throws Exception {
        VerdictProcess process =
                VerdictProcess.start(folder, "load", url, "--users", "20", "--think", "20ms", "--for", "2s", "--json");
        org.awaitility.Awaitility.await().until(() -> served.get() > 20);
        String starve = "for i in 1 2 3; do kill -STOP $0; sleep 0.3; kill -CONT $0; sleep 0.1; done";
        int starved = new ProcessBuilder("sh", "-c", starve, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(starved).isZero();
        assertThat(process.await()).satisfies(ended -> {
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(4);
            assertThat(ended.out()).contains("the users waited for the generator for", "the generator sent late");
        });
    }

    @Test
    void ctrl_c_ends_it_with_what_was_measured() throws Exception {
        VerdictProcess process = VerdictProcess.start(folder, "load", url, "--rate", "50/s", "--for", "60s", "-c", "2");
        org.awaitility.Awaitility.await().until(() -> served.get() > 20);
        process.interrupt();
        assertThat(process.await()).satisfies(ended -> {
            assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(130);
            assertThat(ended.out()).contains("p99", "ended early: interrupted");
        });
    }
}
