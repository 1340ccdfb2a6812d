package dev.verdict.scenario.steps;

import dev.verdict.http.Headers;
import dev.verdict.http.HttpClient;
import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpLimits;
import dev.verdict.http.HttpRequest;
import dev.verdict.http.HttpResponse;
import dev.verdict.http.HttpStream;
import java.net.URI;
import java.time.Duration;

/// Sends the requests of one scenario over connections of its own.
final class HttpConnections implements AutoCloseable {
    private static final HttpLimits LIMITS = new HttpLimits(HttpLimits.DEFAULT.headBytes(), Content.MAX_BYTES);

    private final HttpClient client = new HttpClient(LIMITS);

    /// Sends the request and waits for the whole response.
    ///
    /// @param url where the service listens for this scenario, as `http://127.0.0.1:4711`
    Response send(Request request, String url, Duration timeout) throws NoAnswer, InterruptedException {
        HttpRequest http = http(request, url);
        long start = System.nanoTime();
        try {
            HttpResponse response =
                    request.redirects() ? client.sendFollowing(http, timeout) : client.send(http, timeout);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            byte[] content = response.content(LIMITS.bodyBytes());
            return new Response(request, response.status(), response.headers(), content, took);
        } catch (HttpFailure e) {
            throw noAnswer(request.toString(), request.address(), timeout, e);
        }
    }

    /// Sends the request over a connection of its own and waits for the head of the response.
    HttpStream open(Request request, String url, String what) throws NoAnswer, InterruptedException {
        try {
            return client.open(http(request, url), request.timeout());
        } catch (HttpFailure e) {
            throw noAnswer(what, request.address(), request.timeout(), e);
        }
    }

    /// Closes every connection, also those on which somebody waits.
    @Override
    public void close() {
        client.close();
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

    private static HttpRequest http(Request request, String url) {
        return new HttpRequest(
                request.method(), uri(url, request.path()), Headers.of(request.headers()), request.body());
    }

    private static NoAnswer noAnswer(String what, Address address, Duration timeout, HttpFailure failure) {
        String reason = failure.kind() == HttpFailure.Kind.TIMED_OUT
                ? "no answer within " + Durations.show(timeout)
                : String.valueOf(failure.getMessage());
        return new NoAnswer(what + " at " + address + ": " + reason, failure);
    }
}
