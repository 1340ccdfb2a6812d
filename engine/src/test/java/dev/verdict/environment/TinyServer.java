package dev.verdict.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Answers HTTP on the port that PORT names: a service for tests, run as a process of its own.
final class TinyServer {
    private TinyServer() {}

    /// Answers 503 until `WARM_UP_MILLIS` have passed since it listens, then 200.
    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        String bind = System.getenv().getOrDefault("BIND", "127.0.0.1");
        long warmUp = Long.parseLong(System.getenv().getOrDefault("WARM_UP_MILLIS", "0"));
        try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getByName(bind))) {
            long listening = System.currentTimeMillis();
            System.out.println("warm at " + Instant.ofEpochMilli(listening + warmUp));
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[2048]);
                    boolean warm = System.currentTimeMillis() >= listening + warmUp;
                    String answer = warm ? "200 OK" : "503 Service Unavailable";
                    String body = warm ? "fine" : "warming up";
                    socket.getOutputStream()
                            .write("HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(answer, body.length(), body)
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    /// Returns the command that starts it.
    static String[] command() {
        return new String[] {
            Path.java(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            Path.classes(),
            TinyServer.class.getName()
        };
    }

    /// Finds what a Java process of a test needs.
    static final class Path {
        private Path() {}

        static String java() {
            return java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java")
                    .toString();
        }

        static String classes() {
            return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        }
    }
}
