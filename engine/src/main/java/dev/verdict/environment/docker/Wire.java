package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.verdict.environment.docker.EngineException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Sends requests to a Docker engine: each bounded in time, each failure a sentence.
final class Wire implements AutoCloseable {
    /// Is how long the engine may take over what it does at once.
    static final Duration SOON = Duration.ofSeconds(60);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER = 64 << 20;
    private static final int MAX_KEPT = 50;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DockerHttpClient http;
    private final String host;
    private final URI uri;
    private volatile String prefix = "";

    Wire(EngineAddress address) {
        host = address.host();
        uri = address.uri();
        var builder = new ZerodepDockerHttpClient.Builder().dockerHost(uri).connectionTimeout(CONNECT);
        if ("unix".equals(uri.getScheme())) {
            // Never used: left alone, the client reads all certificates of the machine.
            builder.sslConfig(Wire::noCertificates);
        } else {
            address.certificates().ifPresent(folder -> {
                // Read here: the client would wrap the sentence that says why they cannot be used.
                SSLContext own = new Certificates(folder).getSSLContext();
                builder.sslConfig(() -> own);
            });
        }
        http = builder.build();
    }

    private static SSLContext noCertificates() {
        try {
            SSLContext none = SSLContext.getInstance("TLS");
            none.init(new KeyManager[0], new TrustManager[0], null);
            return none;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java knows no TLS", e);
        }
    }

    String host() {
        return host;
    }

    /// Tells whether the engine takes new connections: one that is shutting down refuses them,
    /// while those that are open go on until its last container has ended.
    boolean open() {
        boolean unix = "unix".equals(uri.getScheme());
        try (SocketChannel channel = unix
                ? SocketChannel.open(UnixDomainSocketAddress.of(uri.getPath()))
                : SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Speaks this version of the engine's interface from now on.
    void speak(String version) {
        prefix = "/v" + version;
    }

    /// Is what is asked of the engine.
    ///
    /// @param what the deed, for messages, as `start container db`
    /// @param query by name, not yet encoded
    /// @param json the body; null for none
    record Call(
            String method,
            String path,
            String what,
            Map<String, String> query,
            @Nullable Object json) {
        static Call get(String path, String what) {
            return new Call("GET", path, what, Map.of(), null);
        }

        static Call post(String path, String what) {
            return new Call("POST", path, what, Map.of(), null);
        }

        static Call delete(String path, String what) {
            return new Call("DELETE", path, what, Map.of(), null);
        }

        Call with(Map<String, String> parameters) {
            return new Call(method, path, what, parameters, json);
        }

        Call sending(Object body) {
            return new Call(method, path, what, query, body);
        }
    }

    /// Returns the answer's JSON; missing if the answer is empty.
    JsonNode send(Call call) throws InterruptedException {
        return send(call, SOON);
    }

    /// Returns the answer's JSON; missing if the answer is empty.
    ///
    /// @param limit for the whole exchange
    JsonNode send(Call call, Duration limit) throws InterruptedException {
        return within(limit, call.what(), () -> {
            try (Response response = execute(call)) {
                check(call, response);
                byte[] answer = response.getBody().readNBytes(MAX_ANSWER);
                return answer.length == 0 ? MissingNode.getInstance() : JSON.readTree(answer);
            }
        });
    }

    /// Returns the answer's JSON, missing if the answer is empty; nothing if what is asked about is
    /// not there.
    Optional<JsonNode> find(Call call) throws InterruptedException {
        try {
            return Optional.of(send(call));
        } catch (EngineException e) {
            if (e.kind() == Kind.GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Returns an answer that goes on; closing it, from whatever thread, ends it.
    ///
    /// @param limit until the answer begins
    Response open(Call call, Duration limit) throws InterruptedException {
        return within(limit, call.what(), () -> checked(call, execute(call)));
    }

    /// Sends a body of unknown length, and returns the answer, which may go on.
    ///
    /// @param limit until the answer begins
    Response upload(Call call, InputStream body, Duration limit) throws InterruptedException {
        return within(limit, call.what(), () -> checked(call, http.execute(request(call, body))));
    }

    /// Sends a call again when the connection that was kept for it turns out to have been closed by
    /// an engine that was restarted: nobody has seen such a call.
    private Response execute(Call call) throws IOException {
        for (int kept = 0; ; kept++) {
            try {
                return http.execute(request(call, null));
            } catch (RuntimeException e) {
                if (kept == MAX_KEPT || !deepest(e).toString().contains("Broken pipe")) {
                    throw e;
                }
            }
        }
    }

    private static Response checked(Call call, Response response) throws IOException {
        try {
            check(call, response);
            return response;
        } catch (IOException | RuntimeException e) {
            response.close();
            throw e;
        }
    }

    private Request request(Call call, @Nullable InputStream body) {
        var builder = Request.builder().method(call.method()).path(prefix + call.path() + query(call.query()));
        if (body != null) {
            return builder.putHeader("Content-Type", "application/x-tar")
                    .body(body)
                    .build();
        }
        if (call.json() != null) {
            builder.putHeader("Content-Type", "application/json").bodyBytes(JSON.writeValueAsBytes(call.json()));
        }
        return builder.build();
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /// Returns a name as a part of a path.
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void check(Call call, Response response) throws IOException {
        int status = response.getStatusCode();
        // 304 says that it was so already: a container that is started runs.
        if (status < 400) {
            return;
        }
        Kind kind = switch (status) {
            case 404 -> Kind.GONE;
            case 409 -> Kind.CONFLICT;
            default -> Kind.REFUSED;
        };
        String said = message(response.getBody().readNBytes(1 << 16));
        throw new EngineException(kind, "the Docker engine did not %s: %s".formatted(call.what(), said));
    }

    private static String message(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8).strip();
        try {
            return JSON.readTree(text).path("message").asString(text);
        } catch (JacksonException e) {
            return text;
        }
    }

    <T> T within(Duration limit, String what, Exchange<T> exchange) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(exchange::run);
        Thread thread = Thread.ofVirtual().name("docker-" + what).start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new EngineException(
                    Kind.UNREACHABLE,
                    "the Docker engine at %s did not %s within %d s".formatted(host, what, limit.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw explained(what, e.getCause() == null ? e : e.getCause());
        } finally {
            // Closes the connection of an exchange that goes on; one that has ended does not mind.
            thread.interrupt();
        }
    }

    private RuntimeException explained(String what, Throwable cause) {
        return switch (cause) {
            case EngineException e -> e;
            case IOException e -> unreachable(what, e);
            case UncheckedIOException e -> unreachable(what, e);
            case RuntimeException e when e.getCause() instanceof IOException io -> unreachable(what, io);
            case RuntimeException e -> e;
            default -> new IllegalStateException("cannot " + what, cause);
        };
    }

    /// Makes the sentence of a connection that cannot be had, or broke.
    EngineException unreachable(String what, Exception cause) {
        return new EngineException(Kind.UNREACHABLE, reason(what, cause), cause);
    }

    private String reason(String what, Exception cause) {
        String text = deepest(cause).toString();
        if (text.contains("Permission denied") || text.contains("AccessDenied")) {
            return "user %s may not use the Docker engine at %s: add them to its socket's group, or set DOCKER_HOST"
                    .formatted(System.getProperty("user.name"), host);
        }
        if (deepest(cause) instanceof NoSuchFileException
                || text.contains("No such file")
                || text.contains("Connection refused")) {
            return "no Docker engine listens at %s: start it, or set DOCKER_HOST".formatted(host);
        }
        if (text.contains("Premature end") || text.contains("NoHttpResponse")) {
            return "the Docker engine at %s ended before it could %s".formatted(host, what);
        }
        return "the connection to the Docker engine at %s broke (%s): %s".formatted(host, what, text);
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable deepest = thrown;
        for (int depth = 0; depth < 20 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    interface Exchange<T> {
        T run() throws IOException;
    }

    @Override
    public void close() {
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException("connections to the Docker engine cannot be closed", e);
        }
    }
}
