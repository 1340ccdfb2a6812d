package dev.verdict.load.client;

import dev.verdict.load.ErrorKind;
import dev.verdict.redis.RedisClient.RedisError;
import dev.verdict.redis.RedisConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Sends commands to a Redis. Of bytes it counts those of the words and of the values in replies.
final class RedisUser implements Client {
    private final RedisConnection connection;

    RedisUser(Address address, Duration timeout) {
        this.connection = new RedisConnection(address.host(), address.port(), timeout);
    }

    @Override
    public boolean connect() throws IOException {
        return connection.connect();
    }

    @Override
    public Answered ask(List<String> words, Watch watch) throws IOException, WrongAnswer {
        try {
            JsonNode reply = connection.send(words);
            String text = reply.isContainer() ? reply.toString() : reply.isNull() ? "" : reply.asString();
            return new Answered(
                    text, size(text), words.stream().mapToLong(RedisUser::size).sum());
        } catch (RedisError e) {
            throw new WrongAnswer(ErrorKind.STATUS, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
