package dev.verdict.redis;

import dev.verdict.redis.RedisClient.RedisError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Keeps a connection to a Redis: made when it is needed, and anew after it broke.
public final class RedisConnection implements AutoCloseable {
    private final String host;
    private final int port;
    private final Duration timeout;
    private @Nullable RedisClient client;

    /// Does not connect yet.
    ///
    /// @param timeout for a connection, and then for each part of a reply
    public RedisConnection(String host, int port, Duration timeout) {
        this.host = host;
        this.port = port;
        this.timeout = timeout;
    }

    /// Connects unless it is; tells whether it did.
    public boolean connect() throws IOException {
        boolean made = client == null;
        connected();
        return made;
    }

    /// Sends a command and returns its reply, as [RedisClient#send].
    ///
    /// @throws IOException if it cannot connect, or the connection breaks; the next command has a
    ///     new one
    public JsonNode send(List<String> words) throws IOException, RedisError {
        try {
            return connected().send(words);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private RedisClient connected() throws IOException {
        RedisClient connected = client;
        if (connected == null) {
            connected = new RedisClient(host, port, timeout);
            client = connected;
        }
        return connected;
    }

    /// Ends the connection, if there is one.
    @Override
    public void close() {
        RedisClient connected = client;
        client = null;
        if (connected != null) {
            try {
                connected.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket cannot be closed", e);
            }
        }
    }
}
