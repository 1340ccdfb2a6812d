package dev.verdict.http;

import static dev.verdict.http.HttpClientTest.failure;
import static dev.verdict.http.HttpClientTest.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpStreamTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HttpClient client = new HttpClient(new HttpLimits(4_096, 10));

    @AfterEach
    void nothing_is_left_open() {
        client.close();
        assertThat(client.connections()).isZero();
    }

    @Test
    void a_body_is_read_as_it_comes_and_may_be_longer_than_any_limit() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (RawServer server = new RawServer(talk -> {
                    talk.request();
                    talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
                    read.await(20, TimeUnit.SECONDS);
                    talk.say("15\r\n and second and third\r\n0\r\n\r\n");
                    talk.silence();
                });
                HttpStream stream = client.open(request("GET", server.url("/"), ""), LONG)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.headers().first("transfer-encoding")).contains("chunked");
            assertThat(new String(stream.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
            read.countDown();
            assertThat(stream.read()).isEqualTo(' ');
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("and second and third");
            assertThat(stream.read()).isEqualTo(-1);
        }
    }

    @Test
    void only_the_head_must_come_in_time() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\n");
            talk.silence();
        })) {
            HttpFailure failure =
                    failure(() -> client.open(request("GET", server.url("/"), ""), Duration.ofMillis(100)));
            assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
            assertThat(client.connections()).isZero();
        }
    }

    @Test
    void closing_ends_whoever_reads() throws Exception {
        try (RawServer server = new RawServer(talk -> {
            talk.request();
            talk.say("HTTP/1.1 200 OK\r\n\r\nx");
            assertThat(talk.socket.getInputStream().read()).isNegative();
        })) {
            HttpStream stream = client.open(request("GET", server.url("/"), ""), LONG);
            assertThat(stream.read()).isEqualTo('x');
            FutureTask<HttpFailure> reading = new FutureTask<>(() -> failure(stream::read));
            Thread.ofPlatform().start(reading);
            stream.close();
            assertThat(reading.get(10, TimeUnit.SECONDS).kind()).isEqualTo(HttpFailure.Kind.RESET);
            server.awaitEnded(1);
        }
    }

    @Test
    void a_stream_that_is_cut_off_does_not_just_end() throws Exception {
        try (RawServer server = new RawServer(talk -> {
                    talk.request();
                    talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfir");
                });
                HttpStream stream = client.open(request("GET", server.url("/"), ""), LONG)) {
            assertThat(stream.readNBytes(3)).hasSize(3);
            assertThat(failure(stream::read).kind()).isEqualTo(HttpFailure.Kind.CUT_OFF);
        }
    }
}
