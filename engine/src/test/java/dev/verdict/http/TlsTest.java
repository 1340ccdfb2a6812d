package dev.verdict.http;

import static dev.verdict.http.HttpClientTest.failure;
import static dev.verdict.http.HttpClientTest.request;
import static dev.verdict.http.HttpClientTest.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Talks to a real TLS server whose certificate `keytool` has made for 127.0.0.1 alone.
final class TlsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private static SSLContext context;
    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "k",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("k", keys.getCertificate("k"));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = (exchange.getProtocol() + " "
                            + exchange.getRequestBody().readAllBytes().length + " "
                            + exchange.getRemoteAddress().getPort())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void requests_go_over_tls_and_share_a_connection() throws Exception {
        try (HttpClient client = new HttpClient(HttpLimits.DEFAULT, () -> context)) {
            String first = text(client.send(request("GET", url("127.0.0.1"), ""), LONG));
            String second = text(client.send(request("POST", url("127.0.0.1"), "x".repeat(300_000)), LONG));
            assertThat(first).startsWith("HTTP/1.1 0 ");
            assertThat(second).isEqualTo("HTTP/1.1 300000 " + first.substring("HTTP/1.1 0 ".length()));
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() {
        try (HttpClient client = new HttpClient(HttpLimits.DEFAULT)) {
            HttpFailure failure = failure(() -> client.send(request("GET", url("127.0.0.1"), ""), LONG));
            assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.CERTIFICATE);
            assertThat(failure).hasMessageContaining("unable to find valid certification path");
            assertThat(client.connections()).isZero();
        }
    }

    @Test
    void a_certificate_of_another_host_is_refused() {
        try (HttpClient client = new HttpClient(HttpLimits.DEFAULT, () -> context)) {
            HttpFailure failure = failure(() -> client.send(request("GET", url("localhost"), ""), LONG));
            assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.CERTIFICATE);
            assertThat(failure).hasMessageContaining("localhost");
            assertThat(client.connections()).isZero();
        }
    }

    @Test
    void a_service_without_tls_is_told_apart_from_a_wrong_certificate() throws Exception {
        try (HttpClient client = new HttpClient(HttpLimits.DEFAULT, () -> context);
                RawServer plain = new RawServer(talk -> {
                    talk.say("HTTP/1.1 400 Bad Request\r\n\r\n");
                    talk.silence();
                })) {
            String url = "https://127.0.0.1:" + plain.port() + "/";
            assertThat(failure(() -> client.send(request("GET", url, ""), LONG)).kind())
                    .isEqualTo(HttpFailure.Kind.TLS);
        }
    }

    @Test
    void a_handshake_that_nobody_answers_ends_with_the_time() throws Exception {
        try (HttpClient client = new HttpClient(HttpLimits.DEFAULT, () -> context);
                RawServer silent = new RawServer(RawServer.Talk::silence)) {
            String url = "https://127.0.0.1:" + silent.port() + "/";
            HttpFailure failure = failure(() -> client.send(request("GET", url, ""), Duration.ofMillis(200)));
            assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.TIMED_OUT);
            assertThat(client.connections()).isZero();
        }
    }

    @Test
    void a_service_that_ignores_the_farewell_holds_nobody_up() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ServerSocket deaf = context.getServerSocketFactory().createServerSocket(0);
                HttpClient client = new HttpClient(HttpLimits.DEFAULT, () -> context)) {
            Thread.ofVirtual().start(() -> answerTwoAndGoDeaf(deaf, over));
            String url = "https://127.0.0.1:" + deaf.getLocalPort() + "/";
            client.send(request("GET", url, ""), LONG);
            HttpStream stream = client.open(request("GET", url, ""), LONG);
            FutureTask<HttpFailure> reading = new FutureTask<>(() -> failure(stream::read));
            Thread.ofPlatform().daemon().start(reading);

            FutureTask<Void> closing = new FutureTask<>(client::close, null);
            Thread.ofPlatform().daemon().start(closing);
            closing.get(10, TimeUnit.SECONDS);
            assertThat(reading.get(10, TimeUnit.SECONDS).kind())
                    .isIn(HttpFailure.Kind.RESET, HttpFailure.Kind.TLS, HttpFailure.Kind.CUT_OFF);
            assertThat(client.connections()).isZero();
        } finally {
            over.countDown();
        }
    }

    /// Answers two connections, the second one without an end, and then neither reads nor closes.
    private static void answerTwoAndGoDeaf(ServerSocket listener, CountDownLatch over) {
        try (Socket first = listener.accept()) {
            answer(first, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            try (Socket second = listener.accept()) {
                answer(second, "HTTP/1.1 200 OK\r\n\r\n");
                over.await();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(Socket socket, String response) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo('G');
        socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
    }

    private static String url(String host) {
        return "https://" + host + ":" + server.getAddress().getPort() + "/";
    }
}
