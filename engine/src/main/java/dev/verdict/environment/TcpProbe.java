package dev.verdict.environment;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// Connects to each of several ports.
record TcpProbe(List<Endpoint> endpoints) implements Probe {
    TcpProbe {
        endpoints = List.copyOf(endpoints);
    }

    @Override
    public String name() {
        return "connect to " + endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(", "));
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException {
        for (Endpoint endpoint : endpoints) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(endpoint.host(), endpoint.port()), (int) Math.max(1, limit.toMillis()));
            } catch (IOException e) {
                throwIfInterrupted();
                return new Answer(false, endpoint + ": " + describe(e));
            }
        }
        return new Answer(true, "connected");
    }

    static String describe(IOException e) {
        return switch (e) {
            case ConnectException refused -> "connection refused";
            case SocketTimeoutException late -> "no answer in time";
            default -> String.valueOf(e.getMessage());
        };
    }

    /// Turns the closed socket of an interrupted virtual thread back into an interrupt.
    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for readiness");
        }
    }
}
