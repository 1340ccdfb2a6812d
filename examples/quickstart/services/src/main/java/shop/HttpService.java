package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/// Answers HTTP on the port that the environment variable `PORT` names, until SIGTERM.
final class HttpService {
    private final String name;
    private final Metrics metrics;
    private final List<Route> routes = new ArrayList<>();

    interface Handler {
        Reply answer(Request request) throws IOException;
    }

    /// Takes over an exchange and answers it in its own way.
    interface Stream {
        void serve(HttpExchange exchange) throws IOException;
    }

    /// Leads a method and a path, which may hold one `*`, to a handler.
    private record Route(String method, String before, String after, Stream stream) {
        Optional<String> match(HttpExchange exchange) {
            String path = exchange.getRequestURI().getPath();
            boolean fits = exchange.getRequestMethod().equals(method)
                    && path.length() >= before.length() + after.length()
                    && path.startsWith(before)
                    && path.endsWith(after);
            String part = fits ? path.substring(before.length(), path.length() - after.length()) : "/";
            boolean whole = before.endsWith("/") ? !part.isEmpty() : part.isEmpty();
            return whole && part.indexOf('/') < 0 ? Optional.of(part) : Optional.empty();
        }
    }

    HttpService(String name, Metrics metrics) {
        this.name = name;
        this.metrics = metrics;
        on("GET", "/health", request -> new Reply(200, "text/plain", "ok\n", Optional.empty()));
        on("GET", "/metrics", request -> new Reply(200, Metrics.TYPE, metrics.text(), Optional.empty()));
    }

    HttpService on(String method, String path, Handler handler) {
        int star = path.indexOf('*');
        String before = star < 0 ? path : path.substring(0, star);
        return stream(method, path, exchange -> {
            String full = exchange.getRequestURI().getPath();
            String after = star < 0 ? "" : path.substring(star + 1);
            String part = full.substring(before.length(), full.length() - after.length());
            send(exchange, answer(exchange, part, handler));
        });
    }

    HttpService stream(String method, String path, Stream stream) {
        int star = path.indexOf('*');
        String before = star < 0 ? path : path.substring(0, star);
        String after = star < 0 ? "" : path.substring(star + 1);
        routes.add(new Route(method, before, after, stream));
        return this;
    }

    /// Starts to listen and returns.
    ///
    /// @param atEnd what to do when the process is asked to end
    void start(Runnable atEnd) throws IOException {
        // Without it a small answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        int port = Integer.parseInt(Environment.required("PORT"));
        // In a container the loopback interface is reached from inside alone.
        String host = System.getenv()
                .getOrDefault("HOST", InetAddress.getLoopbackAddress().getHostAddress());
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 128);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::route);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(0);
            atEnd.run();
            System.out.println(name + " ended");
        }));
        server.start();
        System.out.println(name + " listens on port " + port);
    }

    private void route(HttpExchange exchange) throws IOException {
        try (exchange) {
            for (Route route : routes) {
                if (route.match(exchange).isPresent()) {
                    route.stream().serve(exchange);
                    return;
                }
            }
            send(exchange, Reply.error(404, "there is nothing at " + exchange.getRequestURI()));
        }
    }

    private Reply answer(HttpExchange exchange, String part, Handler handler) throws IOException {
        Optional<String> key = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return handler.answer(new Request(part, key, body));
        } catch (BadRequest e) {
            return Reply.error(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            e.printStackTrace();
            return Reply.error(500, e.toString());
        }
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        metrics.count("shop_http_responses_total", "status", Integer.toString(reply.status()));
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        reply.location().ifPresent(location -> exchange.getResponseHeaders().set("Location", location));
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
