package dev.verdict.workload;

import dev.verdict.http.Headers;
import dev.verdict.http.HttpClient;
import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpLimits;
import dev.verdict.http.HttpRequest;
import dev.verdict.http.HttpResponse;
import dev.verdict.json.Json;
import dev.verdict.plan.Workload.Http;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Sends requests, over a connection of the client's own.
final class HttpAsker implements Asker<Http> {
    private static final Set<HttpFailure.Kind> BEFORE =
            Set.of(HttpFailure.Kind.REFUSED, HttpFailure.Kind.UNREACHABLE, HttpFailure.Kind.CERTIFICATE);

    private final String node;
    private final Duration timeout;
    private HttpClient client = new HttpClient(HttpLimits.DEFAULT);

    /// @param node the URL to which a path is appended
    HttpAsker(String node, Duration timeout) {
        this.node = node;
        this.timeout = timeout;
    }

    @Override
    public Reply ask(Http http, Function<String, String> inputs) throws Unanswered, InterruptedException {
        HttpRequest request = request(http, inputs);
        try {
            HttpResponse response = client.send(request, timeout);
            byte[] content = response.content(HttpLimits.DEFAULT.bodyBytes());
            int status = response.status();
            return new Reply(Integer.toString(status), status >= 200 && status < 300, false, json(content));
        } catch (HttpFailure e) {
            String kind = e.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            throw new Unanswered(kind, !BEFORE.contains(e.kind()), e);
        }
    }

    private HttpRequest request(Http http, Function<String, String> inputs) {
        String target = new Script(http.target()).with(inputs);
        String body = new Script(http.body()).with(inputs);
        Map<String, String> headers = new LinkedHashMap<>();
        http.headers().forEach((name, text) -> headers.put(name, new Script(text).with(inputs)));
        if (!body.isEmpty() && headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            boolean json = body.startsWith("{") || body.startsWith("[");
            headers.put("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
        }
        URI uri = URI.create(target.contains("://") ? target : node + (target.startsWith("/") ? "" : "/") + target);
        return new HttpRequest(http.method(), uri, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.isEmpty()
                ? NullNode.getInstance()
                : Json.parse(text).orElseGet(() -> StringNode.valueOf(text.strip()));
    }

    @Override
    public void close() {
        client.close();
        client = new HttpClient(HttpLimits.DEFAULT);
    }
}
