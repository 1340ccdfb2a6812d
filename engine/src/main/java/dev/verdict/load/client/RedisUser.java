package dev.verdict.load.client;

import dev.verdict.load.ErrorKind;
import dev.verdict.redis.RedisClient;
import dev.verdict.redis.RedisClient.RedisError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Sends commands to a Redis. Of bytes it counts those of the words and of the values in replies.
final class RedisUser implements Client {
    private final Address address;
    private final Duration timeout;
    private @Nullable RedisClient client;

    RedisUser(Address address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    @Override
    public boolean connect() throws IOException {
        boolean made = client == null;
        connected();
        return made;
    }

    @Override
    public Answered ask(List<String> words, Watch watch) throws IOException, WrongAnswer {
        try {
            JsonNode reply = connected().send(words);
            String text = reply.isContainer() ? reply.toString() : reply.isNull() ? "" : reply.asString();
            return new Answered(
                    text, size(text), words.stream().mapToLong(RedisUser::size).sum());
        } catch (RedisError e) {
            throw new WrongAnswer(ErrorKind.STATUS, String.valueOf(e.getMessage()));
        }
    }

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

    private RedisClient connected() throws IOException {
        RedisClient connected = client;
        if (connected == null) {
            connected = new RedisClient(address.host(), address.port(), timeout);
            client = connected;
        }
        return connected;
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
