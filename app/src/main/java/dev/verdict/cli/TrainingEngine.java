package dev.verdict.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers as a Docker engine in which one container starts, is healthy, and stops when told to:
/// for [Training] alone, where there may be no engine, and nothing must be started in one that is
/// there.
final class TrainingEngine implements AutoCloseable {
    private static final Pattern MARK = Pattern.compile("dev\\.verdict\\.mark=([^\"]+)");
    private static final String NO_MORE = "";

    private final ServerSocketChannel server;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile String labels = "";
    private volatile boolean removed;

    /// Listens at a path.
    TrainingEngine(String socket) throws IOException {
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            var in = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(client), StandardCharsets.ISO_8859_1));
            OutputStream out = Channels.newOutputStream(client);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int length = 0;
                for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                    if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(header.substring(15).strip());
                    }
                }
                in.skip(length);
                answer(URLDecoder.decode(line, StandardCharsets.UTF_8), out);
            }
        } catch (IOException e) {
            return; // the client hung up, as it does on the events
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(String request, OutputStream out) throws IOException, InterruptedException {
        if (request.contains("/events")) {
            happen(request, out);
        } else if (request.contains("/logs")) {
            begin(out);
            chunk(out, "\1\0\0\0\0\0\0\6hello\n");
            chunk(out, "");
        } else if (request.startsWith("POST") || request.startsWith("DELETE")) {
            end(request);
            send(out, "204 No Content", "");
        } else if (request.contains("/containers/c1/json")) {
            send(out, removed ? "404 Not Found" : "200 OK", removed ? "{}" : container());
        } else if (request.contains("/containers/json")) {
            String listed =
                    "[{\"Id\":\"c1\",\"Names\":[\"/web\"],\"State\":\"running\",\"Labels\":{%s}}]".formatted(labels);
            send(out, "200 OK", labels.isEmpty() || removed ? "[]" : listed);
        } else if (request.contains("/networks") || request.contains("/images/json")) {
            send(out, "200 OK", "[]");
        } else {
            send(out, "200 OK", "{\"ApiVersion\":\"1.41\",\"Version\":\"20.10.24\",\"ID\":\"one\",\"Volumes\":[]}");
        }
    }

    /// Starts the container of the run that asks, and then tells what happens to it.
    private void happen(String request, OutputStream out) throws IOException, InterruptedException {
        begin(out);
        Matcher mark = MARK.matcher(request);
        if (!mark.find()) {
            chunk(out, "");
            return;
        }
        labels = """
                "dev.verdict.mark":"%s","dev.verdict.service":"web","com.docker.compose.project":"p"\
                """.formatted(mark.group(1));
        for (String action : new String[] {"create", "start", "health_status: healthy"}) {
            events.add(action);
        }
        for (String action = events.take(); !action.equals(NO_MORE); action = events.take()) {
            chunk(out, """
                    {"Type":"container","Action":"%s","Actor":{"ID":"c1","Attributes":{%s,"name":"web","exitCode":"0"}},"timeNano":%d}
                    """.formatted(action, labels, System.currentTimeMillis() * 1_000_000));
        }
        chunk(out, "");
    }

    private void end(String request) {
        if (request.contains("/stop")) {
            events.add("kill");
            events.add("die");
        } else if (request.startsWith("DELETE")) {
            removed = true;
            events.add("destroy");
        }
    }

    private String container() {
        return """
                {"Id":"c1","Name":"/web","Config":{"Image":"none","Labels":{%s},
                "Healthcheck":{"Test":["CMD","true"]}},"HostConfig":{"LogConfig":{"Type":"json-file"}},"Mounts":[],
                "NetworkSettings":{"Networks":{"p_default":{"IPAddress":"10.0.0.2"}},"SandboxKey":"/nowhere",
                "Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"1"}]}},
                "State":{"Status":"running","Pid":0,"StartedAt":"2026-01-01T00:00:00Z","Health":{"Status":"healthy","Log":[]}}}
                """.formatted(labels);
    }

    private static void begin(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        write(out, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static void send(OutputStream out, String status, String body) throws IOException {
        write(out, "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        events.add(NO_MORE);
        server.close();
    }
}
