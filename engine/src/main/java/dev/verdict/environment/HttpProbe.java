package dev.verdict.environment;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends a GET and looks at the status. Written on a plain socket: loading the JDK's client takes
/// longer than many a service needs to start.
final class HttpProbe implements Probe {
    private static final int MAX_ANSWER = 4096;

    private final Supplier<Endpoint> where;
    private final String path;
    private final int status;
    private volatile @Nullable Socket asking;

    /// @param where answers where it listens now: a container that its engine starts again may
    ///     listen elsewhere
    HttpProbe(Supplier<Endpoint> where, String path, int status) {
        this.where = where;
        this.path = path;
        this.status = status;
    }

    @Override
    public String name() {
        return "GET http://%s%s".formatted(where.get(), path);
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException {
        Endpoint endpoint = where.get();
        try (Socket socket = new Socket()) {
            asking = socket;
            int millis = (int) Math.max(1, limit.toMillis());
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: verdict\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                                    .formatted(path, endpoint)
                                    .getBytes(StandardCharsets.US_ASCII));
            return judge(read(socket.getInputStream()));
        } catch (IOException e) {
            TcpProbe.throwIfInterrupted();
            return new Answer(false, TcpProbe.describe(e), e instanceof SocketTimeoutException);
        }
    }

    private Answer judge(String answer) {
        String[] words = answer.lines().findFirst().orElse("").split(" ");
        if (words.length < 2 || !words[0].startsWith("HTTP/")) {
            return new Answer(
                    false, answer.isEmpty() ? "connection closed without an answer" : "not HTTP: " + shortened(answer));
        }
        int end = answer.indexOf("\r\n\r\n");
        String body = end < 0 ? "" : answer.substring(end + 4);
        return new Answer(words[1].equals(Integer.toString(status)), shortened(words[1] + " " + body));
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    /// Reads until the status is the wanted one, the answer ends, or it is long enough for a
    /// message.
    private String read(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] buffer = new byte[1024];
        while (answer.size() < MAX_ANSWER) {
            int count;
            try {
                count = in.read(buffer);
            } catch (IOException e) {
                if (answer.size() == 0) {
                    throw e;
                }
                break;
            }
            if (count < 0) {
                break;
            }
            answer.write(buffer, 0, count);
            String soFar = answer.toString(StandardCharsets.UTF_8);
            if (soFar.contains("\r\n") && judge(soFar).ready()) {
                break;
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /// Closes the connection, which ends a wait for the answer: a child may hold its other end.
    @Override
    public void giveUp() {
        Socket socket = asking;
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // The thread that reads from it reports what matters.
            return;
        }
    }
}
