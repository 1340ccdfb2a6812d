package relay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes, keeps and serves artifacts. Its API is on `PORT`, its metrics on `METRICS_PORT`.
///
/// ```
/// POST   /uploads?name=&size=&chunk=&sha256=   begins an upload, or takes it up
/// GET    /uploads/ID                           which chunks are missing
/// PUT    /uploads/ID/chunks/N                  stores one; X-Chunk-Sha256 has its digest
/// POST   /uploads/ID/complete                  makes it an artifact
/// DELETE /uploads/ID                           gives it up
/// GET    /artifacts[?name=]                    lists
/// GET    /artifacts/NAME                       serves, also ranges
/// DELETE /artifacts/NAME                       forgets
/// ```
public final class Server {
    private static final int SLOW_MILLIS = 500;

    private final Store store;
    private final Metrics metrics;
    private final Defect defect;

    Server(Store store, Metrics metrics, Defect defect) {
        this.store = store;
        this.metrics = metrics;
        this.defect = defect;
    }

    /// Starts the server.
    public static void main(String[] arguments) throws IOException {
        Defect defect = Defect.chosen();
        Store store = new Store(Path.of(Settings.required("DATA")), defect);
        Metrics metrics = new Metrics()
                .counters(
                        "relay_chunks_stored_total",
                        "relay_chunks_refused_total",
                        "relay_chunks_recovered_total",
                        "relay_bytes_stored_total",
                        "relay_bytes_served_total",
                        "relay_artifacts_stored_total",
                        "relay_damaged_reads_total",
                        "relay_disk_full_total")
                .gauge("relay_artifacts", () -> store.list().size())
                .gauge("relay_uploads_open", store::openUploads)
                .gauge("relay_last_upload_connections", store::lastConnections);
        metrics.add("relay_chunks_recovered_total", store.recover());
        if (defect == Defect.ORPHAN_PROCESS) {
            startIndexer();
        }
        HttpServer side = Http.listen(Settings.number("METRICS_PORT", 9090), exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> Http.send(exchange, 200, Metrics.TYPE, metrics.text());
                default -> throw new Http.Refused(404, "there is /metrics");
            }
        });
        HttpServer api = Http.listen(Settings.number("PORT", 8080), new Server(store, metrics, defect)::answer);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            api.stop(0);
            side.stop(0);
            System.out.println("server ended");
        }));
        System.out.println("server listens on port " + api.getAddress().getPort() + "; "
                + metrics.sum("relay_chunks_recovered_total") + " chunks of unfinished uploads recovered");
    }

    void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        String what = exchange.getRequestMethod() + " " + path[0] + "/" + path.length;
        switch (what) {
            case "GET health/1" -> Http.send(exchange, 200, "text/plain", "ok\n");
            case "POST uploads/1" -> begin(exchange);
            case "GET uploads/2" -> Http.json(exchange, 200, state(store.upload(path[1])));
            case "DELETE uploads/2" -> {
                store.abandon(store.upload(path[1]));
                Http.empty(exchange, 204);
            }
            case "PUT uploads/4" -> chunk(exchange, store.upload(path[1]), Integer.parseInt(path[3]));
            case "POST uploads/3" -> complete(exchange, path[1]);
            case "GET artifacts/1" -> list(exchange);
            case "GET artifacts/2", "HEAD artifacts/2" -> download(exchange, find(path[1]));
            case "DELETE artifacts/2" -> Http.empty(exchange, store.delete(path[1]) ? 204 : 404);
            default -> throw new Http.Refused(404, "there is nothing at " + what);
        }
    }

    private void begin(HttpExchange exchange) throws IOException {
        Blueprint asked = Blueprint.of(Http.query(exchange));
        if (store.stored(asked).isPresent() && defect != Defect.PARTIAL_FILE_VISIBLE) {
            Http.json(exchange, 200, "{\"id\":\"%s\",\"state\":\"stored\",\"missing\":[]}".formatted(asked.id()));
        } else {
            Http.json(exchange, 201, state(store.begin(asked)));
        }
    }

    private static String state(Upload upload) {
        return "{\"id\":\"%s\",\"state\":\"open\",\"missing\":%s}"
                .formatted(upload.blueprint().id(), upload.missing());
    }

    private void chunk(HttpExchange exchange, Upload upload, int index) throws IOException {
        Blueprint asked = upload.blueprint();
        if (index < 0 || index >= asked.chunks()) {
            throw new Http.Refused(404, "there are the chunks 0 to " + (asked.chunks() - 1));
        }
        byte[] bytes = exchange.getRequestBody().readNBytes(asked.length(index) + 1);
        if (bytes.length != asked.length(index)) {
            throw new Http.Refused(400, "chunk %d has %d bytes".formatted(index, asked.length(index)));
        }
        String expected = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Chunk-Sha256"))
                .orElse("");
        String sha256 = Disk.sha256(bytes);
        if (!sha256.equals(expected) && defect != Defect.WRONG_CHECKSUM_ACCEPTED) {
            metrics.add("relay_chunks_refused_total", 1);
            throw new Http.Refused(422, "chunk %d does not have the SHA-256 '%s'".formatted(index, expected));
        }
        if (defect == Defect.SLOW_PATH) {
            dawdle();
        }
        store(upload, index, bytes, sha256, exchange.getRemoteAddress().getPort());
        Http.empty(exchange, 204);
    }

    private void store(Upload upload, int index, byte[] bytes, String sha256, int connection) throws IOException {
        try {
            upload.store(index, bytes, sha256, connection);
        } catch (IOException e) {
            if (!Disk.isFull(e)) {
                throw e;
            }
            metrics.add("relay_disk_full_total", 1);
            if (defect != Defect.SILENT_DISK_FULL) {
                throw e;
            }
            upload.pretend(index);
        }
        metrics.add("relay_chunks_stored_total", 1);
        metrics.add("relay_bytes_stored_total", bytes.length);
    }

    private void complete(HttpExchange exchange, String id) throws IOException {
        Optional<Artifact> stored = store.stored(id);
        if (stored.isPresent()) {
            if (defect == Defect.RETRY_DUPLICATES) {
                store.duplicate(stored.get());
            }
            Http.json(exchange, 200, stored.get().json());
            return;
        }
        Artifact artifact = store.complete(store.upload(id));
        metrics.add("relay_artifacts_stored_total", 1);
        Http.json(exchange, 201, artifact.json());
    }

    private void list(HttpExchange exchange) throws IOException {
        String name = Http.query(exchange).getOrDefault("name", "");
        List<String> entries = new ArrayList<>();
        for (Artifact artifact : store.list()) {
            if (artifact.name().startsWith(name)) {
                entries.add(artifact.json());
            }
        }
        Http.json(exchange, 200, "{\"artifacts\":[" + String.join(",", entries) + "]}");
    }

    private Artifact find(String name) throws IOException {
        return store.find(name).orElseThrow(() -> new Http.Refused(404, "there is no artifact " + name));
    }

    private void download(HttpExchange exchange, Artifact artifact) throws IOException {
        long size = artifact.size();
        String header = exchange.getRequestHeaders().getFirst("Range");
        Range range = header == null ? new Range(0, size) : Range.of(header, size);
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        exchange.getResponseHeaders().set("ETag", "\"" + artifact.blueprint().sha256() + "\"");
        if (header != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(range.from(), range.to() - 1, size));
        }
        int status = header == null ? 200 : 206;
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(range.to() - range.from()));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, range.to() - range.from());
        OutputStream out = exchange.getResponseBody();
        try {
            artifact.write(range.from(), range.to(), out);
            metrics.add("relay_bytes_served_total", range.to() - range.from());
        } catch (IOException e) {
            // The answer ends early, so whoever asked knows.
            if (String.valueOf(e.getMessage()).contains("damaged")) {
                metrics.add("relay_damaged_reads_total", 1);
                System.err.println(e.getMessage());
            }
            throw e;
        }
    }

    private static void dawdle() {
        try {
            Thread.sleep(SLOW_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts a process that outlives this one, as a daemon that was never meant to be one does.
    private static void startIndexer() throws IOException {
        new ProcessBuilder("sh", "-c", "setsid sleep 300 &")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
