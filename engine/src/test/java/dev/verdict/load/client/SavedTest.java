package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Feed;
import dev.verdict.load.wire.Save;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Fills texts from feeds and from earlier answers, as loads over HTTP do.
@Timeout(30)
final class SavedTest {
    private final Queue<String> came = new ConcurrentLinkedQueue<>();

    @Test
    void what_an_answer_gave_goes_into_later_requests_of_the_same_user() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server));
            Protocol lines = new Protocol.Lines(new Address("127.0.0.1", server.getLocalPort()));
            LoadResult result = send(
                    new ClientRequest(
                            "use",
                            3,
                            lines,
                            List.of("use ${saved.id} ${feed.who} ${saved.all}"),
                            Optional.of("use"),
                            saves()),
                    new ClientRequest(
                            "make",
                            1,
                            lines,
                            List.of("{\"id\": \"${unique}\"}"),
                            Optional.empty(),
                            saves(new Save.FromBody("saved.id", "$.id"), new Save.FromBody("saved.all", "$"))));

            assertThat(result.all().counts().errors()).isEmpty();
            assertThat(result.all().counts().answered()).isEqualTo(40);
            List<String> uses =
                    came.stream().filter(line -> line.startsWith("use")).toList();
            assertThat(uses)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(line -> assertThat(line).matches("use (run-[0-9]+) (ann|bob) \\{\"id\": \"\\1\"}"));
            assertThat(came.stream().filter(line -> line.startsWith("{"))).doesNotHaveDuplicates();
        }
    }

    @Test
    void an_answer_without_what_should_be_saved_and_a_value_that_no_line_can_hold_are_errors() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server));
            Protocol lines = new Protocol.Lines(new Address("127.0.0.1", server.getLocalPort()));
            LoadResult result = send(
                    new ClientRequest(
                            "make",
                            1,
                            lines,
                            List.of("no JSON"),
                            Optional.empty(),
                            saves(new Save.FromBody("id", "$.id"))),
                    new ClientRequest("two", 1, lines, List.of("a\n${number}"), Optional.empty(), saves()));

            assertThat(result.all().counts().errors()).containsOnlyKeys(ErrorKind.CHECK, ErrorKind.MALFORMED);
            assertThat(result.all().counts().examples())
                    .containsEntry(ErrorKind.CHECK, "nothing to save as id")
                    .containsEntry(ErrorKind.MALFORMED, "a value cannot be sent: a line cannot hold the end of one");
            assertThat(came).containsOnly("no JSON");
        }
    }

    @Test
    void urls_and_headers_of_streams_are_filled_and_the_last_event_but_the_end_is_the_answer() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                came.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("X-Who"));
                exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
                byte[] events =
                        "data: one\n\ndata: {\"id\": \"a/b\"}\n\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, events.length);
                exchange.getResponseBody().write(events);
            }
        });
        server.start();
        try {
            String url = "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
            Protocol events = new Protocol.Events(List.of("X-Who"), "[DONE]", 10);
            LoadResult result = send(
                    new ClientRequest(
                            "first",
                            1,
                            events,
                            List.of(url, "${feed.who}"),
                            Optional.empty(),
                            saves(new Save.FromBody("saved.id", "$.id"))),
                    new ClientRequest(
                            "then", 1, events, List.of(url + "${saved.id}", "x"), Optional.of("a/b"), saves()));
            assertThat(result.all().counts().errors()).isEmpty();
            assertThat(came).containsOnly("/ ann", "/ bob", "/a%2Fb x");
        } finally {
            server.stop(0);
        }
    }

    private static List<Save.FromBody> saves(Save.FromBody... saves) {
        return List.of(saves);
    }

    private static LoadResult send(ClientRequest... requests) throws InterruptedException {
        List<Feed> feeds = new ArrayList<>(Feed.usual("run"));
        feeds.add(new Feed.Rows(List.of("feed.who"), List.of(List.of("ann"), List.of("bob"))));
        ClientLoad load = new ClientLoad(
                List.of(requests),
                feeds,
                new Pace.Open(Profile.constant(100, Duration.ofMillis(400)), Pace.Arrival.EVEN, 1),
                Slice.WHOLE,
                1,
                3,
                Duration.ZERO,
                Duration.ofSeconds(2),
                Long.MAX_VALUE);
        try (ClientGenerator generator = new ClientGenerator(load)) {
            return generator.run(LoadListener.NONE);
        }
    }

    private void answer(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> echo(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void echo(Socket socket) {
        try (socket;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                came.add(line);
                socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The generator has gone.
        }
    }
}
