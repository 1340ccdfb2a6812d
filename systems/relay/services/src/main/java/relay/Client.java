package relay;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Watches the folder `INBOX` and brings each complete file to the server at `SERVER_URL`, over
/// `CONNECTIONS` connections. On `PORT` it tells how it stands: `/status`, `/metrics`, `/health`.
public final class Client {
    private static final int LOOK_MILLIS = 100;

    private final Inbox inbox;
    private final Metrics metrics;
    private final List<Remote> connections = new ArrayList<>();
    private final ExecutorService threads;
    private final Map<String, Transfer> transfers = new ConcurrentSkipListMap<>();
    private final int chunk = Settings.number("CHUNK", 1 << 20);

    Client(Inbox inbox, URI server, int connections, Metrics metrics) {
        this.inbox = inbox;
        this.metrics = metrics;
        for (int i = 0; i < connections; i++) {
            this.connections.add(new Remote(server, metrics));
        }
        this.threads = Executors.newFixedThreadPool(connections);
    }

    /// Starts the client.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Metrics metrics = new Metrics()
                .counters(
                        "relay_client_requests_total",
                        "relay_client_retries_total",
                        "relay_client_bytes_sent_total",
                        "relay_client_chunks_resumed_total",
                        "relay_client_files_sent_total",
                        "relay_client_files_failed_total");
        metrics.gauge(
                "relay_client_retry_ratio",
                () -> (double) metrics.sum("relay_client_retries_total")
                        / Math.max(1, metrics.sum("relay_client_requests_total")));
        Inbox inbox = new Inbox(Path.of(Settings.required("INBOX")), Path.of(Settings.required("STATE")));
        Client client = new Client(
                inbox, URI.create(Settings.required("SERVER_URL")), Settings.number("CONNECTIONS", 4), metrics);
        HttpServer side = Http.listen(Settings.number("PORT", 8081), exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/health" -> Http.send(exchange, 200, "text/plain", "ok\n");
                case "/status" -> Http.json(exchange, 200, client.status());
                case "/metrics" -> Http.send(exchange, 200, Metrics.TYPE, metrics.text());
                default -> throw new Http.Refused(404, "there are /health, /status and /metrics");
            }
        });
        System.out.println("client listens on port " + side.getAddress().getPort());
        client.watch();
    }

    private String status() {
        return transfers.values().stream()
                .map(transfer -> "{\"name\":%s,\"size\":%d,\"sent\":%d,\"stored\":%b}"
                        .formatted(
                                Http.quoted(transfer.blueprint().name()),
                                transfer.blueprint().size(),
                                transfer.sent(),
                                transfer.stored()))
                .collect(Collectors.joining(",", "{\"files\":[", "]}"));
    }

    private void watch() throws IOException, InterruptedException {
        while (true) {
            for (Path file : inbox.look()) {
                send(file);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void send(Path file) throws InterruptedException {
        try {
            Transfer transfer = new Transfer(file, chunk);
            transfers.put(transfer.blueprint().name(), transfer);
            transfer.run(connections, threads, metrics);
            inbox.sent(file);
        } catch (IOException e) {
            metrics.add("relay_client_files_failed_total", 1);
            System.err.println(file.getFileName() + " was not sent, and is tried again: " + e.getMessage());
        }
    }
}
