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
import dev.verdict.load.wire.Nginx;
import dev.verdict.load.wire.Trust;
import dev.verdict.plan.Load;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Speaks HTTP/2 with a real nginx, which must be installed, and with servers that do not speak it.
@Tag("slow")
@Timeout(60)
final class Http2UserTest {
    private static final String SERVERS = """
            server {
                listen 127.0.0.1:PLAIN http2;
                listen 127.0.0.1:SECURE ssl http2;
                location / { proxy_pass http://127.0.0.1:INNER; proxy_set_header X-Protocol $server_protocol; }
                location = /lost { return 404; }
            }
            server { listen 127.0.0.1:SHORT http2; keepalive_requests 10; location / { return 200 "hello"; } }
            server { listen 127.0.0.1:OLD ssl; location / { return 200 "hello"; } }
            server {
                listen 127.0.0.1:INNER;
                location / { return 200 "$http_x_protocol $request_method $http_x_a $content_length $uri"; }
            }
            """;

    @TempDir
    static Path folder;

    private static int plain;
    private static int secure;
    private static int old;
    private static Nginx nginx;

    @BeforeAll
    static void start() throws Exception {
        nginx = Nginx.start(folder, SERVERS, List.of("PLAIN", "SECURE", "OLD", "SHORT", "INNER"));
        plain = nginx.port("PLAIN");
        secure = nginx.port("SECURE");
        old = nginx.port("OLD");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nginx.stop();
    }

    @Test
    void a_rate_is_sent_over_http_2_by_prior_knowledge() throws Exception {
        LoadResult result = send("http://127.0.0.1:" + plain + "/n${number}", "HTTP/2.0 POST b 5 /n", Trust.ANYBODY);
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(100);
        assertThat(result.all().latencies().firstByte().getTotalCount()).isEqualTo(100);
    }

    @Test
    void alpn_chooses_http_2_over_tls() throws Exception {
        LoadResult result = send("https://localhost:" + secure + "/", "HTTP/2.0 POST b 5 /", Trust.ANYBODY);
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(100);
    }

    @Test
    void a_server_that_wants_no_more_of_a_connection_is_asked_over_another() throws Exception {
        LoadResult result = send("http://127.0.0.1:" + nginx.port("SHORT") + "/", "hello", Trust.USUAL);
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(100);
        assertThat(result.all().counts().connects()).isBetween(10L, 20L);
    }

    @Test
    void what_an_answer_should_say_is_checked() throws Exception {
        assertThat(errors(send("http://127.0.0.1:" + plain + "/", "HTTP/1.1", Trust.ANYBODY)))
                .containsOnly(ErrorKind.CHECK);
        assertThat(errors(send("http://127.0.0.1:" + plain + "/lost", "", Trust.ANYBODY)))
                .containsOnly(ErrorKind.STATUS);
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
        LoadResult refused = send("https://localhost:" + secure + "/", "", Trust.USUAL);
        assertThat(refused.all().counts().answered()).isZero();
        // Who asks just as the handshake fails finds the connection closed, no more.
        assertThat(errors(refused))
                .contains(ErrorKind.CERTIFICATE)
                .isSubsetOf(ErrorKind.CERTIFICATE, ErrorKind.CUT_OFF);
    }

    @Test
    void who_speaks_http_1_alone_is_no_server_of_http_2() throws Exception {
        LoadResult unchosen = send("https://localhost:" + old + "/", "", Trust.ANYBODY);
        assertThat(unchosen.all().counts().answered()).isZero();
        assertThat(errors(unchosen)).contains(ErrorKind.TLS).isSubsetOf(ErrorKind.TLS, ErrorKind.CUT_OFF);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        try {
            int port = server.getAddress().getPort();
            LoadResult ended = send("http://127.0.0.1:" + port + "/", "", Trust.ANYBODY);
            assertThat(ended.all().counts().answered()).isZero();
            assertThat(ended.all().counts().examples().get(ErrorKind.CUT_OFF)).contains("HTTP/1.1 alone");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobody_there_is_refused_and_silence_times_out() throws Exception {
        assertThat(errors(send("http://127.0.0.1:" + Nginx.free() + "/", "", Trust.ANYBODY)))
                .containsOnly(ErrorKind.REFUSED);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            assertThat(errors(send(url, "", Trust.ANYBODY))).contains(ErrorKind.TIMED_OUT);
        }
    }

    private static Iterable<ErrorKind> errors(LoadResult result) {
        assertThat(result.all().counts().errors()).isNotEmpty();
        return result.all().counts().errors().keySet().stream()
                .filter(kind -> kind != ErrorKind.UNSENT)
                .toList();
    }

    /// Sends for half a second.
    private static LoadResult send(String url, String contains, Trust trust) throws InterruptedException {
        Protocol protocol = new Protocol.Http2(
                Protocol.Http2.origin(url), "POST", List.of("X-A"), List.of(new Load.Range(200, 299)), trust);
        ClientRequest request =
                new ClientRequest("it", 1, protocol, List.of(url, "hello", "b"), Optional.of(contains), List.of());
        Pace pace = new Pace.Open(Profile.constant(200, Duration.ofMillis(500)), Pace.Arrival.EVEN, 1);
        ClientLoad load = new ClientLoad(
                List.of(request),
                Feed.usual("u"),
                pace,
                Slice.WHOLE,
                1,
                4,
                Duration.ZERO,
                Duration.ofMillis(400),
                Long.MAX_VALUE);
        try (ClientGenerator generator = new ClientGenerator(load)) {
            return generator.run(LoadListener.NONE);
        }
    }
}
