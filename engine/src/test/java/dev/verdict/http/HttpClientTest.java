package dev.verdict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.verdict.http.HttpFailure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpClientTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final HttpClient client = new HttpClient(new HttpLimits(4_096, 100_000));

    @AfterEach
    void nothing_is_left_open() {
        client.close();
        assertThat(client.connections()).isZero();
    }

    @Test
    void requests_follow_each_other_over_one_connection() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nSum: 2\r\n\r\n");
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
            talk.request();
            talk.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
            talk.request();
            talk.say("HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n");
            talk.answerAll("last");
        })) {
            HttpResponse first = get(server, "/a?b=%20#c");
            assertThat(text(first)).isEqualTo("hi");
            assertThat(first.trailers().first("sum")).contains("2");
            HttpResponse head = client.send(request("HEAD", server.url("/b"), ""), LONG);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().first("content-length")).contains("99");
            assertThat(get(server, "/c").status()).isEqualTo(204);
            assertThat(get(server, "/d").status()).isEqualTo(304);
            assertThat(text(client.send(request("POST", server.url(""), "x"), LONG)))
                    .isEqualTo("last");
            assertThat(server.connections()).isEqualTo(1);
            assertThat(client.connections()).isEqualTo(1);
            String host = "Host: 127.0.0.1:" + server.port() + "\r\nUser-Agent: verdict\r\n";
            assertThat(server.requests())
                    .startsWith("GET /a?b=%20 HTTP/1.1\r\n" + host + "\r\n")
                    .endsWith("POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi and more that nobody asked for",
            })
    void a_connection_that_cannot_be_used_again_is_closed(String response) throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say(response);
            assertThat(talk.request()).isEmpty();
        })) {
            assertThat(text(get(server, "/"))).isEqualTo("hi");
            assertThat(client.connections()).isZero();
            server.awaitEnded(1);
            assertThat(text(get(server, "/"))).isEqualTo("hi");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_body_may_last_until_the_connection_ends() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\n\r\nto the ");
            talk.say("end");
        })) {
            assertThat(text(get(server, "/"))).isEqualTo("to the end");
            assertThat(client.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void a_connection_that_the_service_closed_is_not_used_again(String method) throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        })) {
            for (int i = 1; i <= 3; i++) {
                assertThat(text(client.send(request(method, server.url("/"), ""), LONG)))
                        .isEqualTo("hi");
                server.awaitEnded(i);
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void a_get_that_meets_a_closing_connection_is_sent_once_more_and_a_post_is_not() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            if (talk.number == 2) {
                talk.answerAll("second");
                return;
            }
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
            talk.request();
        })) {
            assertThat(text(get(server, "/"))).isEqualTo("first");
            assertThat(text(get(server, "/"))).isEqualTo("second");
            assertThat(server.requests()).hasSize(3);
            client.close();
        }
        HttpClient other = new HttpClient(HttpLimits.DEFAULT);
        try (other;
                RawServer server = new RawServer(talk -> {
                    talk.request();
                    talk.say("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst");
                    talk.request();
                })) {
            other.send(request("POST", server.url("/"), ""), LONG);
            HttpFailure failure = failure(() -> other.send(request("POST", server.url("/"), ""), LONG));
            assertThat(failure.kind()).isEqualTo(Kind.CUT_OFF);
            assertThat(server.requests()).hasSize(2);
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void nobody_listening_is_a_refusal() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        HttpFailure failure = failure(() -> client.send(request("GET", "http://127.0.0.1:" + free + "/", ""), LONG));
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessage("connection refused");
        HttpFailure unknown = failure(() -> client.send(request("GET", "http://nowhere.invalid/", ""), LONG));
        assertThat(unknown.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void silence_ends_with_the_time() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.silence();
        })) {
            timesOut(server);
        }
    }

    @Test
    void a_response_that_drips_ends_with_the_time() throws Exception {
        CountDownLatch clientGone = new CountDownLatch(1);
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n");
            try {
                while (!clientGone.await(20, TimeUnit.MILLISECONDS)) {
                    talk.say("x");
                }
            } finally {
                clientGone.countDown();
            }
        })) {
            timesOut(server);
            clientGone.countDown();
        }
    }

    @Test
    void nobody_reading_ends_with_the_time() throws Exception {
        try (RawServer server = new RawServer(RawServer.Talk::silence)) {
            byte[] large = new byte[50 << 20];
            HttpRequest request = new HttpRequest("POST", URI.create(server.url("/")), Headers.NONE, large);
            assertThat(failure(() -> client.send(request, SHORT)).kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(client.connections()).isZero();
        }
    }

    @Test
    void a_service_that_only_ends_its_side_is_cut_off() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.socket.shutdownOutput();
            talk.silence();
        })) {
            assertFails(server, Kind.CUT_OFF, "the connection ended without a response");
        }
    }

    @Test
    void a_body_that_ends_early_is_cut_off() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        })) {
            assertFails(server, Kind.CUT_OFF, "the connection ended after 4 of 10 bytes of the body");
        }
    }

    @Test
    void a_reset_is_told_apart() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            talk.socket.setSoLinger(true, 0);
        })) {
            assertFails(server, Kind.RESET, "the connection broke: Connection reset");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2p1", "\u0000\u0001\u0002", "<html>", "HTTP/1.1 abc\r\n\r\n"})
    void garbage_fails_at_once_though_the_connection_stays_open(String garbage) throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.say(garbage);
            talk.silence();
        })) {
            HttpFailure failure = failure(() -> get(server, "/"));
            assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(client.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n~A: bbbbbbbbbbbbbbbbbbb\r\n",
                "HTTP/1.1 200 OK\r\n\r\n~bbbbbbbbbbbbbbbbbbbbb",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n~5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n~",
                "~HTTP/1.1 100 Continue\r\n\r\n",
            })
    void what_never_ends_is_too_large(String response) throws Exception {
        String[] parts = response.split("~", 2);
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say(parts[0]);
            while (!parts[1].isEmpty()) {
                talk.say(parts[1]);
            }
            talk.silence();
        })) {
            HttpFailure failure = failure(() -> get(server, "/"));
            assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
            assertThat(client.connections()).isZero();
        }
    }

    @Test
    void a_service_may_answer_and_go_before_it_has_taken_the_whole_request() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno");
        })) {
            byte[] large = new byte[50 << 20];
            HttpRequest request = new HttpRequest("POST", URI.create(server.url("/")), Headers.NONE, large);
            assertThat(client.send(request, LONG).status()).isEqualTo(413);
            assertThat(client.connections()).isZero();
        }
    }

    @Test
    void an_interrupt_ends_the_wait() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.silence();
        })) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    get(server, "/");
                } catch (Exception e) {
                    thrown.set(e);
                }
            });
            awaitBlocked(waiting);
            waiting.interrupt();
            assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            assertThat(client.connections()).isZero();
            server.awaitEnded(0);
        }
    }

    @Test
    void many_requests_at_once_have_connections_of_their_own() throws Exception {
        CountDownLatch all = new CountDownLatch(40);
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            all.countDown();
            all.await(20, TimeUnit.SECONDS);
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            talk.answerAll("again");
        })) {
            List<String> bodies = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    String body = unchecked(() -> text(get(server, "/")));
                    synchronized (bodies) {
                        bodies.add(body);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(bodies).hasSize(40).containsOnly("hi");
            assertThat(server.connections()).isEqualTo(40);
            assertThat(client.connections()).as("kept").isEqualTo(16);
        }
    }

    @Test
    void a_client_that_is_closed_ends_what_waits_and_refuses_more() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.silence();
        })) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread waiting =
                    Thread.ofPlatform().start(() -> thrown.set(unchecked(() -> failure(() -> get(server, "/")))));
            awaitBlocked(waiting);
            client.close();
            assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
            assertThat(thrown.get()).isInstanceOf(HttpFailure.class);
            assertThatThrownBy(() -> get(server, "/")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void what_frames_a_message_cannot_be_set_by_hand() {
        for (String name : new String[] {"connection", "Content-Length", "Transfer-Encoding", "Expect", "Upgrade"}) {
            assertThatThrownBy(() ->
                            new HttpRequest("GET", URI.create("http://x/"), Headers.of(Map.of(name, "1")), new byte[0]))
                    .hasMessage("the header " + name + " cannot be set by hand");
        }
        assertThatThrownBy(() -> Headers.of(Map.of("a b", ""))).hasMessage("not a header name: \"a b\"");
        assertThatThrownBy(() -> Headers.of(Map.of("a", "b\r\nEvil: 1")))
                .hasMessageContaining("not a value of the header a");
        assertThatThrownBy(() -> request("GE T", "http://x/", "")).hasMessage("not a method: GE T");
        assertThatThrownBy(() -> request("GET", "ftp://x/", "")).hasMessage("not the URL of an HTTP service: ftp://x/");
        assertThatThrownBy(() -> request("GET", "/x", "")).hasMessageContaining("not the URL of an HTTP service");
    }

    @Test
    void a_request_is_sent_as_it_is_written() {
        HttpRequest request = new HttpRequest(
                "PUT",
                URI.create("http://host:80/\u00fc?q=\u20ac"),
                Headers.of(Map.of("X", "gr\u00fc\u00df")),
                new byte[0]);
        assertThat(new String(request.encoded(), StandardCharsets.ISO_8859_1))
                .startsWith("PUT /%C3%BC?q=%E2%82%AC HTTP/1.1\r\n")
                .contains("\r\nX: gr\u00fc\u00df\r\n")
                .endsWith("Content-Length: 0\r\n\r\n");
    }

    private void timesOut(RawServer server) throws Exception {
        long start = System.nanoTime();
        HttpFailure failure = failure(() -> client.send(request("GET", server.url("/"), ""), SHORT));
        assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(failure).hasMessage("no response within 200 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, LONG);
        assertThat(client.connections()).isZero();
    }

    private void assertFails(RawServer server, Kind kind, String message) {
        HttpFailure failure = failure(() -> get(server, "/"));
        assertThat(failure).hasMessage(message);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(client.connections()).isZero();
    }

    private HttpResponse get(RawServer server, String path) throws HttpFailure, InterruptedException {
        return client.send(request("GET", server.url(path), ""), LONG);
    }

    static HttpRequest request(String method, String url, String body) {
        return new HttpRequest(method, URI.create(url), Headers.NONE, body.getBytes(StandardCharsets.UTF_8));
    }

    static String text(HttpResponse response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    static HttpFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        HttpFailure failure = catchThrowableOfType(HttpFailure.class, call);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    private static void awaitBlocked(Thread thread) throws IOException {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < deadline) {
            StackTraceElement[] stack = thread.getStackTrace();
            if (stack.length > 0
                    && stack[0].isNativeMethod()
                    && stack[0].getMethodName().contains("read")) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new IOException("the thread does not read: " + List.of(thread.getStackTrace()));
    }

    private static <T> T unchecked(java.util.concurrent.Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
