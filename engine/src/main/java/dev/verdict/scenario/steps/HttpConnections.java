package dev.verdict.scenario.steps;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends requests over connections that all scenarios of a run share; since each scenario has
/// addresses of its own, none gets another's connection.
final class HttpConnections {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    // Closes idle connections soon: hundreds of scenarios would each keep theirs for half a minute.
    // Both properties are read once, when the client's classes are loaded.
    static {
        System.setProperty("jdk.httpclient.keepalive.timeout", "3");
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    private static final HttpClient PLAIN = client(HttpClient.Redirect.NEVER);
    private static final HttpClient FOLLOWING = client(HttpClient.Redirect.NORMAL);

    private HttpConnections() {}

    /// Returns the client itself, for streams and sockets.
    static HttpClient client() {
        return PLAIN;
    }

    private static HttpClient client(HttpClient.Redirect redirect) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(redirect)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// Sends the request and waits for the whole response.
    ///
    /// @param url where the service listens for this scenario, as `http://127.0.0.1:4711`
    static Response send(Request request, String url, Duration timeout) throws NoAnswer, InterruptedException {
        HttpRequest http = http(request, url, timeout);
        HttpClient client = request.redirects() ? FOLLOWING : PLAIN;
        long start = System.nanoTime();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(http, BodyHandlers.limiting(BodyHandlers.ofByteArray(), Content.MAX_BYTES));
        HttpResponse<byte[]> response = await(answer, request.toString(), request.address(), timeout);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Response(request, response.statusCode(), response.headers(), response.body(), took);
    }

    /// Waits for an answer, and gives up on it after the time or an interrupt.
    static <T> T await(CompletableFuture<T> answer, String what, Address address, Duration timeout)
            throws NoAnswer, InterruptedException {
        String subject = what + " at " + address + ": ";
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswer(subject + "no answer within " + Durations.show(timeout), e);
        } catch (ExecutionException e) {
            throw new NoAnswer(subject + reason(Objects.requireNonNullElse(e.getCause(), e), timeout), e);
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpRequest http(Request request, String url, Duration timeout) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri(url, request.path()))
                .timeout(timeout)
                .method(
                        request.method(),
                        request.body().length == 0
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach(builder::header);
        return builder.build();
    }

    /// Returns the address of a path.
    ///
    /// @throws IllegalArgumentException if it is no path, or has characters that must be escaped
    static URI uri(String url, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with /: " + path);
        }
        return URI.create(url + path);
    }

    private static String reason(Throwable cause, Duration timeout) {
        return switch (cause) {
            case HttpTimeoutException _ -> "no answer within " + Durations.show(timeout);
            case ConnectException _ -> "connection refused";
            case IOException e -> "the connection broke: " + e.getMessage();
            case RuntimeException e -> throw e;
            default -> String.valueOf(cause);
        };
    }
}
