package dev.verdict.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;

/// A service that does on request what faults hinder, and answers 503 where it could not: a program
/// for tests, in a process of its own.
final class Victim {
    private static final int PATIENCE_MILLIS = 500;

    private Victim() {}

    /// Takes the port, the folder that it writes to, and the addresses of others as `NAME=HOST`.
    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[0])), 16);
        server.createContext("/", exchange -> answer(exchange, List.of(args)));
        server.start();
    }

    private static void answer(HttpExchange exchange, List<String> args) throws IOException {
        int status = 200;
        String said;
        try {
            said = act(exchange.getRequestURI(), args);
        } catch (IOException | OutOfMemoryError e) {
            status = 503;
            said = e.toString();
        }
        byte[] body = said.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String act(URI uri, List<String> args) throws IOException {
        switch (uri.getPath()) {
            case "/eat" -> eat(uri.getQuery());
            case "/fork" -> new ProcessBuilder("true").start();
            case "/write" -> Files.write(Path.of(args.get(1), "written-" + System.nanoTime()), new byte[100_000]);
            case "/year" -> {
                return Year.now(ZoneOffset.UTC).toString();
            }
            case "/reach" -> reach(uri.getQuery(), args);
            default -> {
                return "here";
            }
        }
        return "done";
    }

    private static void reach(String name, List<String> args) throws IOException {
        String host = args.stream()
                .filter(each -> each.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, 80), PATIENCE_MILLIS);
        }
    }

    /// Has a child keep so many megabytes, which the kernel kills rather than this process.
    private static void eat(String megabytes) throws IOException {
        String bytes = Long.toString(Long.parseLong(megabytes) << 20);
        String keep = "echo 1000 >/proc/self/oom_score_adj; head -c $1 /dev/zero | tail -c $1 | wc -c";
        Process child = new ProcessBuilder("sh", "-c", keep, "eat", bytes).start();
        String kept = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (!kept.equals(bytes)) {
            throw new IOException("kept " + kept);
        }
    }
}
