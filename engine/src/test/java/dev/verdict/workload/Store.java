package dev.verdict.workload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// Is a store over HTTP, as a system under test would be: registers, sets, a queue, ids and a
/// counter, with defects that can be switched on.
final class Store implements AutoCloseable {
    enum Defect {
        NONE,
        /// Acknowledges every 20th write without doing it.
        LOSES_WRITES,
        /// Answers every 20th read with what was there before the last write.
        READS_STALE,
        /// Gives out one id twice.
        REPEATS_IDS,
        /// Hands out every 20th element again.
        DELIVERS_TWICE,
        /// Answers 503 to everything.
        IS_DOWN,
        /// Does what it was asked and then answers 503 to every 20th write.
        FAILS_AFTERWARDS
    }

    private final HttpServer server;
    private final Defect defect;
    private final Map<String, String> registers = new HashMap<>();
    private final Map<String, String> before = new HashMap<>();
    private final Map<String, List<String>> sets = new HashMap<>();
    private final Deque<String> queue = new ArrayDeque<>();
    private long counter;
    private int requests;

    Store(Defect defect) throws IOException {
        this.defect = defect;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    /// Returns how many requests have come.
    synchronized int requests() {
        return requests;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
        byte[] content = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    private record Answer(int status, String body) {}

    private synchronized Answer answer(String method, URI uri, String body) {
        boolean odd = ++requests % 20 == 0;
        if (defect == Defect.IS_DOWN) {
            return new Answer(503, "down");
        }
        String[] path = uri.getPath().split("/", -1);
        Answer answer = switch (path[1]) {
            case "register" -> register(method, path[2], body, odd);
            case "set" -> set(method, path[2], body, odd);
            case "queue" -> queue(method, body, odd);
            case "counter" -> counter(method, body, odd);
            case "id" ->
                new Answer(200, "{\"id\": \"i-" + (odd && defect == Defect.REPEATS_IDS ? 1 : requests) + "\"}");
            default -> new Answer(404, "");
        };
        return odd && defect == Defect.FAILS_AFTERWARDS && !method.equals("GET") ? new Answer(503, "") : answer;
    }

    private Answer register(String method, String key, String body, boolean odd) {
        String there = registers.get(key);
        if (method.equals("GET")) {
            String seen = odd && defect == Defect.READS_STALE ? before.get(key) : there;
            return seen == null ? new Answer(404, "") : new Answer(200, "{\"node\": {\"value\": \"" + seen + "\"}}");
        }
        String[] pair = body.split("/", 2);
        if (pair.length == 2 && !pair[0].equals(there)) {
            return new Answer(412, "");
        }
        if (!(odd && defect == Defect.LOSES_WRITES)) {
            before.put(key, there);
            registers.put(key, pair[pair.length - 1]);
        }
        return new Answer(200, "");
    }

    private Answer set(String method, String key, String body, boolean odd) {
        List<String> set = sets.computeIfAbsent(key, _ -> new ArrayList<>());
        if (method.equals("GET")) {
            return new Answer(200, "[" + String.join(", ", set) + "]");
        }
        if (!(odd && defect == Defect.LOSES_WRITES)) {
            set.add(body);
        }
        return new Answer(201, "");
    }

    private Answer queue(String method, String body, boolean odd) {
        if (method.equals("POST")) {
            if (!(odd && defect == Defect.LOSES_WRITES)) {
                queue.addLast(body);
            }
            return new Answer(201, "");
        }
        String first = odd && defect == Defect.DELIVERS_TWICE ? queue.peekFirst() : queue.pollFirst();
        return first == null ? new Answer(204, "") : new Answer(200, first);
    }

    private Answer counter(String method, String body, boolean odd) {
        if (method.equals("GET")) {
            return new Answer(200, Long.toString(counter));
        }
        counter += odd && defect == Defect.LOSES_WRITES ? 0 : Long.parseLong(body);
        return new Answer(200, "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
