package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Feed;
import dev.verdict.load.wire.Trust;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Speaks with a real server of WebSockets over TLS, whose certificate is for `localhost`.
@Timeout(60)
final class MessageUserTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static Echo echo;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("keys.p12");
        keytool("-genkeypair", "-keyalg", "RSA", "-dname", "CN=shop", "-ext", "SAN=dns:localhost", store);
        keytool("-exportcert", "-rfc", "-file", folder.resolve("certificate.pem"), store);
        echo = new Echo(context(store));
        echo.start();
        assertThat(echo.ready.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void keytool(Object... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        for (int i = 0; i < words.length - 1; i++) {
            command.add(words[i].toString());
        }
        command.addAll(List.of("-alias", "own", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", words[words.length - 1].toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("keytool.log")))
                .isZero();
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    @AfterAll
    static void stop() throws InterruptedException {
        echo.stop(1000);
    }

    @Test
    void messages_go_over_tls_to_whom_ones_own_authority_vouches_for() throws Exception {
        LoadResult result = send("localhost", Trust.authority(folder.resolve("certificate.pem")));
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(50);
        assertThat(result.all().counts().connects()).isEqualTo(2);
    }

    @Test
    void any_certificate_will_do_if_somebody_says_so() throws Exception {
        assertThat(send("127.0.0.1", Trust.ANYBODY).all().counts().answered()).isEqualTo(50);
    }

    @Test
    void the_certificate_and_its_host_are_checked() throws Exception {
        for (LoadResult result : List.of(
                send("localhost", Trust.USUAL),
                send("127.0.0.1", Trust.authority(folder.resolve("certificate.pem"))))) {
            assertThat(result.all().counts().answered()).isZero();
            assertThat(result.all().counts().errors()).containsKey(ErrorKind.CERTIFICATE);
        }
    }

    private static LoadResult send(String host, Trust trust) throws InterruptedException {
        ClientRequest request = new ClientRequest(
                "it",
                1,
                new Protocol.Messages("wss://" + host + ":" + echo.getPort() + "/", trust),
                List.of("hi ${number}"),
                Optional.of("hi "),
                List.of());
        ClientLoad load = new ClientLoad(
                List.of(request),
                Feed.usual("run"),
                new Pace.Open(Profile.constant(100, Duration.ofMillis(500)), Pace.Arrival.EVEN, 1),
                Slice.WHOLE,
                1,
                2,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Long.MAX_VALUE);
        try (ClientGenerator generator = new ClientGenerator(load)) {
            return generator.run(LoadListener.NONE);
        }
    }

    /// Sends each message back.
    private static final class Echo extends WebSocketServer {
        private final CountDownLatch ready = new CountDownLatch(1);

        Echo(SSLContext context) {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            setWebSocketFactory(new DefaultSSLWebSocketServerFactory(context));
        }

        @Override
        public void onStart() {
            ready.countDown();
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {
            // The client speaks first.
        }

        @Override
        public void onMessage(WebSocket socket, String message) {
            socket.send(message);
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {
            // The load is over.
        }

        @Override
        public void onError(WebSocket socket, Exception failure) {
            // A client that trusts nobody has gone.
        }
    }
}
