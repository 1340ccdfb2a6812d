package dev.verdict.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Follows redirects beside Java's own client: both must ask the services the same.
final class RedirectTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = server();
    private final HttpServer other = server();
    private final HttpClient client = new HttpClient(HttpLimits.DEFAULT);

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Answers `/STATUS/to?LOCATION` with that status, and all else with 200.
    @BeforeEach
    void start() {
        for (HttpServer each : List.of(server, other)) {
            each.createContext("/", exchange -> {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                asked.add("%s %s%s auth=%s x=%s body=%s"
                        .formatted(
                                exchange.getRequestMethod(),
                                each.equals(other) ? "other" : "",
                                exchange.getRequestURI(),
                                exchange.getRequestHeaders().getFirst("Authorization"),
                                exchange.getRequestHeaders().getFirst("X"),
                                body));
                String path = exchange.getRequestURI().getPath();
                int status = path.matches("/\\d+/(to|\\d|again)") ? Integer.parseInt(path.substring(1, 4)) : 200;
                if (exchange.getRequestURI().getQuery() != null) {
                    exchange.getResponseHeaders()
                            .add("Location", exchange.getRequestURI().getQuery());
                }
                exchange.sendResponseHeaders(status, -1);
                exchange.close();
            });
            each.start();
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        other.stop(0);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /301/to?/end",
        "GET, /302/to?./end",
        "PUT, /301/to?/end",
        "POST, /301/to?/end",
        "POST, /302/to?/end",
        "POST, /303/to?/end",
        "PUT, /303/to?/end",
        "HEAD, /303/to?/end",
        "POST, /307/to?/end",
        "DELETE, /308/to?/end",
        "GET, /300/to?/end",
        "GET, /304/to?/end",
        "GET, /305/to?/end",
        "GET, /302/to?/302/again?/end",
        "GET, /302/to?http://127.0.0.1:OTHER/end",
        "POST, /307/to?http://127.0.0.1:OTHER/end",
        "GET, /302/to?../up",
        "GET, /302/to?//127.0.0.1:OTHER/end",
    })
    void redirects_are_followed_as_java_does(String method, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort()
                + path.replace("OTHER", Integer.toString(other.getAddress().getPort())));
        String body = method.equals("GET") || method.equals("HEAD") ? "" : "b";

        int java = statusByJava(method, uri, body);
        List<String> byJava = List.copyOf(asked);
        asked.clear();
        HttpRequest request = new HttpRequest(
                method,
                uri,
                Headers.of(Map.of("Authorization", "Bearer t", "X", "1")),
                body.getBytes(StandardCharsets.UTF_8));
        int ours = client.sendFollowing(request, Duration.ofSeconds(10)).status();

        assertThat(asked).isEqualTo(byJava);
        assertThat(ours).isEqualTo(java);
    }

    @Test
    void a_chain_ends_with_the_last_redirect_that_is_not_followed() throws Exception {
        StringBuilder chain = new StringBuilder("/end");
        for (int i = 0; i < 8; i++) {
            chain.insert(0, "/302/" + i + "?");
        }
        redirects_are_followed_as_java_does("GET", chain.toString());
        assertThat(asked).hasSize(1 + Redirect.MAX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "/302/to~a redirect without a Location",
                "/302/to?http://%5B~a redirect to no URL: http://[",
            })
    void a_redirect_to_nowhere_is_a_failure(String path, String message) {
        HttpRequest request = HttpClientTest.request(
                "GET", "http://127.0.0.1:" + server.getAddress().getPort() + path, "");
        HttpFailure failure = HttpClientTest.failure(() -> client.sendFollowing(request, Duration.ofSeconds(10)));
        assertThat(failure).hasMessage(message);
        assertThat(failure.kind()).isEqualTo(HttpFailure.Kind.MALFORMED);
    }

    private static int statusByJava(String method, URI uri, String body) throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer t")
                .header("X", "1")
                .method(
                        method,
                        body.isEmpty()
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var jdk = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NORMAL)
                .build()) {
            return jdk.send(request, BodyHandlers.discarding()).statusCode();
        }
    }
}
