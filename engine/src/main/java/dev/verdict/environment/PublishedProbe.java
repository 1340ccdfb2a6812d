package dev.verdict.environment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Connects to published ports. The engine's own proxy accepts every connection and closes it at
/// once where nobody listens in the container: ready is only what leaves it open.
///
/// @param endpoints where they are now: a container that its engine starts again may listen
///     elsewhere
record PublishedProbe(List<Supplier<Endpoint>> endpoints) implements Probe {
    /// Is how long a proxy may take to find nobody.
    private static final int OPEN_MILLIS = 30;

    PublishedProbe {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public String name() {
        return "connect to "
                + endpoints.stream().map(each -> each.get().toString()).collect(Collectors.joining(", "));
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException {
        for (Supplier<Endpoint> endpoint : endpoints) {
            Answer answer = ask(endpoint.get(), limit);
            if (!answer.ready()) {
                return answer;
            }
        }
        return new Answer(true, "connected");
    }

    private static Answer ask(Endpoint endpoint, Duration limit) throws InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(endpoint.host(), endpoint.port()), (int) Math.max(1, limit.toMillis()));
            socket.setSoTimeout(OPEN_MILLIS);
            return socket.getInputStream().read() < 0
                    ? new Answer(false, endpoint + ": nobody listens in the container")
                    : new Answer(true, "connected");
        } catch (SocketTimeoutException e) {
            // Connected, and the other side waits for what we say; or not even connected.
            return connected(e)
                    ? new Answer(true, "connected")
                    : new Answer(false, endpoint + ": " + TcpProbe.describe(e));
        } catch (IOException e) {
            TcpProbe.throwIfInterrupted();
            return new Answer(false, endpoint + ": " + TcpProbe.describe(e));
        }
    }

    private static boolean connected(SocketTimeoutException e) {
        return String.valueOf(e.getMessage()).startsWith("Read");
    }
}
