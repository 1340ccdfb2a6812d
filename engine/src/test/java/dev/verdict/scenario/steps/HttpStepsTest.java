package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.verdict.journal.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpStepsTest {
    private static final String ORDER =
            "{\"id\":\"o-1\",\"state\":\"paid\",\"total\":12.50,\"n\":3,\"items\":[{\"name\":\"book\"},{\"name\":\"pen\"}],\"tags\":[\"new\"],\"gift\":null}";

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;
    private Script script;

    HttpStepsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    }

    @BeforeEach
    void start() throws IOException {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, 404, "no"));
        server.createContext("/order", exchange -> answer(exchange, 200, ORDER));
        server.createContext(
                "/soon",
                exchange -> answer(exchange, asked.incrementAndGet() < 4 ? 503 : 200, "{\"n\":" + asked + "}"));
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/order");
            answer(exchange, 302, "");
        });
        server.createContext("/once", exchange -> answer(exchange, asked.incrementAndGet() == 1 ? 201 : 409, ""));
        server.createContext("/never", this::neverAnswer);
        server.createContext("/echo", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("X-Test") + " " + body);
            answer(exchange, 200, body);
        });
        server.start();
        script = new Script(folder).with("orders", server);
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
    }

    private void neverAnswer(HttpExchange exchange) throws IOException {
        try {
            never.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void a_response_is_observed_and_checked() throws Exception {
        Script.Told told = script.run(
                        "When GET \"/order\" is sent to \"orders\"",
                        "Then the status is 200",
                        "And the header \"content-type\" is \"application/json\"",
                        "And the header \"X-None\" is absent",
                        "And the body at \"$.state\" is \"paid\"",
                        "And the body at \"$.total\" is 12.5",
                        "And the body at \"$.total\" is at least 12",
                        "And the body at \"$.gift\" is null",
                        "And the body at \"$.items\" has 2 elements",
                        "And the body at \"$.items[*].name\" contains \"pen\"",
                        "And the body at \"$.id\" matches \"^o-[0-9]+$\"",
                        "And the body at \"$.password\" is absent",
                        "And the body contains \"book\"",
                        "And the response time is under 20 seconds",
                        "And the body has",
                        "  | $.state         | paid |",
                        "  | $.items[1].name | pen  |",
                        "And the body contains",
                        "  \"\"\"",
                        "  { \"items\": [ { \"name\": \"pen\" } ], \"n\": 3.0 }",
                        "  \"\"\"",
                        "When the body at \"$.id\" is saved as \"id\"",
                        "Then the body at \"$.id\" is \"${id}\"")
                .passed();
        Event.Observed seen = told.observed().getFirst();
        assertThat(seen.kind()).isEqualTo("http");
        assertThat(seen.summary()).isEqualTo("GET /order → 200");
        assertThat(seen.source()).startsWith("orders.http at 127.0.0.1:");
        assertThat(seen.size()).isEqualTo(ORDER.length());
        assertThat(told.observed()).hasSize(1);
        assertThat(told.checks()).allMatch(check -> check.weakness().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "the status is 201 or 204~status of GET /order at orders.http: expected 201 or 204, but was 200",
                "the body at \"$.state\" is \"new\"~$.state in the body of GET /order at orders.http: expected \"new\", but was \"paid\"",
                "the body at \"$.n\" is \"3\"~expected \"3\", but was 3 (no string)",
                "the body at \"$.state\" is not \"paid\"~expected not \"paid\"",
                "the body at \"$.none\" is not \"paid\"~but was absent in {",
                "the body at \"$.none\" exists~expected exists, but was absent in {",
                "the body at \"$.items[?(@.name=='cup')]\" exists~expected exists, but was []",
                "the body at \"$.id\" is absent~expected absent, but was \"o-1\"",
                "the body at \"$.total\" is more than 12.5~expected more than 12.5, but was 12.50",
                "the body at \"$.state\" is at least 1~expected at least 1, but was \"paid\"",
                "the body at \"$.items\" has at most 1 element~expected at most 1 elements, but was 2: [",
                "the body at \"$.items\" is empty~expected empty, but was [",
                "the body at \"$.tags\" contains \"old\"~expected contains \"old\", but was [\"new\"]",
                "the body does not contain \"paid\"~expected does not contain \"paid\"",
                "the body at \"$.id\" matches \"^x\"~expected matches ^x, but was \"o-1\"",
                "the body has 3 lines~expected 3 lines, but was 1: {",
                "the header \"X-None\" exists~expected exists, but was absent; there are ",
                "the body has the SHA-256 \"00\"~expected SHA-256 00, but was ",
                "the response time is under 0 ms~response time of GET /order: expected under 0 ms",
            })
    void a_check_that_does_not_hold_says_what_was_there(String step, String message) throws Exception {
        script.run("When GET \"/order\" is sent to \"orders\"", "Then " + step).failed(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "the status is 200 or 500~success and server errors",
                "the status is 2xx, 404 or 302~3 classes",
                "the body contains \"\"~contains",
                "the body matches \".*\"~every text",
                "the body matches \".\"~every text",
                "the body matches \"x|\"~every text",
                "the body exists~always exists",
                "the body at \"$.items\" has at least 0 elements~every count",
                "the body at \"$.n\" is at least 0~every count",
                "the response time is under 1 hour~times out",
                "the body fits the schema \"any.json\"~everything fits",
            })
    void a_check_that_nearly_everything_passes_is_weak(String step, String weakness) throws Exception {
        script.file("any.json", "{\"description\":\"anything\"}")
                .run("When GET \"/order\" is sent to \"orders\"", "Then " + step)
                .passed()
                .weak(weakness);
    }

    @Test
    void schemas_are_held_and_their_errors_named() throws Exception {
        script.file(
                "schema.json",
                "{\"type\":\"object\",\"required\":[\"id\",\"owner\"],\"properties\":{\"total\":{\"type\":\"string\"}}}");
        script.run(
                        "When GET \"/order\" is sent to \"orders\"",
                        "Then the body at \"$.items[0]\" fits the schema \"item.json\"")
                .broke("there is no schema item.json");
        script.run("When GET \"/order\" is sent to \"orders\"", "Then the body fits the schema \"schema.json\"")
                .failed("/total", "owner")
                .strong();
        script.file("schema.json", "{\"type\":\"object\",\"required\":[\"id\"]}")
                .run("When GET \"/order\" is sent to \"orders\"", "Then the body fits the schema \"schema.json\"")
                .passed()
                .strong();
    }

    @Test
    void json_differences_are_named_by_their_path() throws Exception {
        script.run(
                        "When GET \"/order\" is sent to \"orders\"",
                        "Then the body at \"$.items\" is",
                        "  \"\"\"",
                        "  [ { \"name\": \"book\" }, { \"name\": \"cup\" } ]",
                        "  \"\"\"")
                .failed("$[1].name: expected \"cup\", was \"pen\"");
        script.run(
                        "When GET \"/order\" is sent to \"orders\"",
                        "Then the body has",
                        "  | $.state | new  |",
                        "  | $.n     | \"3\" |")
                .failed("$.state: expected \"new\", was \"paid\"", "$.n: expected \"3\", was 3");
    }

    @Test
    void requests_carry_what_was_set() throws Exception {
        script.file("data.json", "{}")
                .run(
                        "Given the value \"name\" is set to \"a b\"",
                        "And the request header \"X-Test\" is set to \"yes\"",
                        "And requests are authenticated with the token \"t0\"",
                        "When POST \"/echo\" is sent to \"orders\" with the body",
                        "  \"\"\"",
                        "  {\"name\": \"${name}\"}",
                        "  \"\"\"",
                        "Then the body at \"$.name\" is \"a b\"",
                        "Given requests are authenticated as \"ann\" with the password \"pw\"",
                        "When GET \"/echo?x=1\" is sent to \"orders\" with the query",
                        "  | q | ${name} & c |",
                        "When PUT \"/echo\" is sent to \"orders.http\" with the file \"data.json\"",
                        "Given the request header \"X-Test\" is set to \"\"",
                        "When POST \"/echo\" is sent to \"orders\" with the form",
                        "  | u | ${name} |",
                        "  | v | 1       |")
                .passed();
        assertThat(requests)
                .containsExactly(
                        "POST /echo application/json Bearer t0 yes {\"name\": \"a b\"}",
                        "GET /echo?x=1&q=a+b+%26+c null Basic YW5uOnB3 yes ",
                        "PUT /echo application/json Basic YW5uOnB3 yes {}",
                        "POST /echo application/x-www-form-urlencoded Basic YW5uOnB3 null u=a+b&v=1");
    }

    @Test
    void a_redirect_is_the_response_unless_it_is_to_be_followed() throws Exception {
        script.run(
                        "When GET \"/moved\" is sent to \"orders\"",
                        "Then the status is 302",
                        "And the header \"Location\" is \"/order\"",
                        "Given redirects are followed",
                        "When GET \"/moved\" is sent to \"orders\"",
                        "Then the status is 200")
                .passed();
    }

    @Test
    void waiting_asks_again_until_it_holds() throws Exception {
        Script.Told told = script.run(
                        "When GET \"/soon\" is sent to \"orders\"",
                        "Then within 10 seconds the status is 200",
                        "And within 10 seconds the body at \"$.n\" is at least 6",
                        "And for 300 ms the status is 200")
                .passed();
        assertThat(asked.get()).isGreaterThanOrEqualTo(7);
        assertThat(told.checks()).hasSize(3);
        assertThat(told.observed()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void waiting_in_vain_tells_the_last_thing_seen_and_how_often() throws Exception {
        script.run(
                        "When GET \"/order\" is sent to \"orders\"",
                        "Then within 200 ms the body at \"$.state\" is \"sent\"")
                .failed("expected \"sent\", but was \"paid\" (looked ", " times in ");
        Script.Told told =
                script.run("When GET \"/order\" is sent to \"orders\"", "Then for 200 ms the body at \"$.n\" is 3");
        assertThat(told.passed().observed()).as("unchanged looks are told once").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void what_must_hold_for_a_time_fails_when_it_stops_to_hold() throws Exception {
        script.run("When GET \"/soon\" is sent to \"orders\"", "Then for 10 seconds the status is 503")
                .failed("expected 503, but was 200 (after ", "look 4)");
    }

    @Test
    void a_request_that_changes_something_is_not_repeated() throws Exception {
        script.run("When POST \"/once\" is sent to \"orders\"", "Then within 5 seconds the status is 200")
                .broke("a POST is not sent again");
        assertThat(asked).hasValue(1);
    }

    @Test
    void requests_at_once_are_counted_by_status() throws Exception {
        String send = "When POST \"/once\" is sent to \"orders\" 20 times at once";
        script.run(send, "Then the statuses are", "  | 201 | 1 |", "  | 409 | 19 |")
                .passed()
                .strong();
        asked.set(0);
        script.run(send, "Then the statuses are", "  | 201 | 2 |", "  | 4xx | 18 |")
                .failed("expected 2 × 201, 18 × 4xx, but was 1 × 201, 19 × 409");
        script.run(
                        send,
                        "Then the statuses are",
                        "  | 4xx | at least 1 |",
                        "  | 201 | at least 0 |",
                        "  | 5xx | at least 0 |")
                .passed()
                .weak("alike");
        asked.set(0);
        script.run(send, "Then the statuses are", "  | 409 | 19 |").failed("but was 1 × 201, 19 × 409");
        script.run(send, "Then the status is 201").broke("check \"the statuses are\"");
    }

    @Test
    void a_service_that_does_not_answer_fails_the_step() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        script.with("gone", free);
        script.run("When GET \"/x\" is sent to \"gone\"", "Then the status is 200")
                .broke("GET /x at gone.http: connection refused");
        script.run(
                        "Given requests time out after 200 ms",
                        "When GET \"/never\" is sent to \"orders\"",
                        "Then the status is 200")
                .broke("GET /never at orders.http: no answer within 200 ms");
        script.run("Then GET \"/never\" sent to \"orders\" is not answered within 200 ms")
                .passed()
                .strong();
        script.run("Then GET \"/order\" sent to \"orders\" is not answered within 5 seconds")
                .failed("but was answered 200");
    }

    @Test
    void a_response_that_is_none_fails_the_step_at_once() throws Exception {
        try (ServerSocket odd = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerOddly(odd));
            script.with("odd", odd.getLocalPort());
            script.run("When GET \"/mail\" is sent to \"odd\"")
                    .broke("GET /mail at odd.http: no HTTP/1 response, but \"220 mail ready\"");
            script.run("When GET \"/cut\" is sent to \"odd\"")
                    .broke("GET /cut at odd.http: the connection ended after 1 of 9 bytes of the body");
            script.run("When GET \"/large\" is sent to \"odd\"")
                    .broke("GET /large at odd.http: the body has more than 67108864 bytes");
        }
    }

    private void answerOddly(ServerSocket odd) {
        for (String answer : new String[] {
            "220 mail ready",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
        }) {
            try (Socket socket = odd.accept()) {
                assertThat(socket.getInputStream().read()).isEqualTo('G');
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_body_that_came_compressed_is_looked_at_as_what_it_says() throws Exception {
        server.createContext("/packed", exchange -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(ORDER.getBytes(StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bytes.size());
            exchange.getResponseBody().write(bytes.toByteArray());
            exchange.close();
        });
        Script.Told told = script.run(
                        "Given the request header \"Accept-Encoding\" is set to \"gzip\"",
                        "When GET \"/packed\" is sent to \"orders\"",
                        "Then the body at \"$.state\" is \"paid\"",
                        "And the header \"Content-Encoding\" is \"gzip\"")
                .passed();
        assertThat(told.observed().getFirst().size()).isEqualTo(ORDER.length());
    }

    @Test
    void steps_without_what_they_need_say_so() throws Exception {
        script.run("Then the status is 200").broke("no request was answered before this step");
        script.run("When GET \"/x\" is sent to \"oders\"").broke("unknown service: oders", "orders");
        script.run("When GET \"x\" is sent to \"orders\"").broke("a path starts with /: x");
        script.run("When GET \"/order\" is sent to \"orders\"", "Then the body at \"$[\" is 1")
                .broke("not a JSON path: $[");
    }
}
