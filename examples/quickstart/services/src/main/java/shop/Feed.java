package shop;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Tells whoever listens what happens to orders, as server-sent events.
final class Feed {
    /// How far a listener may fall behind before it is let go.
    private static final int BACKLOG = 1000;

    private static final long HEARTBEAT_SECONDS = 5;

    private final Set<BlockingQueue<String>> listeners = ConcurrentHashMap.newKeySet();

    void publish(Order order) {
        String data = Json.write(order.json());
        String event = "event: %s\nid: %d\ndata: %s\n\n".formatted(order.status(), order.id(), data);
        listeners.removeIf(listener -> !listener.offer(event));
    }

    /// Serves one listener until it goes.
    void serve(HttpExchange exchange) throws IOException {
        BlockingQueue<String> events = new ArrayBlockingQueue<>(BACKLOG);
        listeners.add(events);
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            send(out, ": the feed of the shop's orders\n\n");
            while (listeners.contains(events)) {
                String event = events.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                send(out, event == null ? ": still here\n\n" : event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.remove(events);
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
