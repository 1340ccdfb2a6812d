package dev.verdict.workload;

import dev.verdict.plan.Workload.Redis;
import dev.verdict.redis.RedisClient.RedisError;
import dev.verdict.redis.RedisConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Sends commands to a Redis, over a connection of the client's own.
final class RedisAsker implements Asker<Redis> {
    private final RedisConnection connection;

    /// @param node `HOST:PORT`
    RedisAsker(String node, Duration timeout) {
        int colon = node.lastIndexOf(':');
        if (colon < 1 || !node.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("not the address of a Redis: " + node + "; expected HOST:PORT, as"
                    + " ${store.redis.address} has it");
        }
        this.connection =
                new RedisConnection(node.substring(0, colon), Integer.parseInt(node.substring(colon + 1)), timeout);
    }

    @Override
    public Reply ask(Redis redis, Function<String, String> inputs) throws Unanswered, InterruptedException {
        List<String> words = Script.with(redis.words(), inputs);
        connect();
        try {
            JsonNode answer = connection.send(words);
            String code = answer.isNull() ? "nil" : answer.isContainer() ? "list" : answer.asString();
            return new Reply(code, true, answer.isNull(), answer);
        } catch (RedisError e) {
            String message = String.valueOf(e.getMessage());
            return new Reply(message.split(" ", 2)[0], false, false, NullNode.getInstance());
        } catch (IOException e) {
            throw broken(e, true);
        }
    }

    private void connect() throws Unanswered, InterruptedException {
        try {
            connection.connect();
        } catch (IOException e) {
            throw broken(e, false);
        }
    }

    private static Unanswered broken(IOException e, boolean sent) throws InterruptedException {
        if (Thread.interrupted()) {
            throw (InterruptedException) new InterruptedException("waiting for a reply").initCause(e);
        }
        String what = e instanceof SocketTimeoutException ? "timed out" : sent ? "connection broken" : "refused";
        return new Unanswered(what, sent, e);
    }

    @Override
    public void close() {
        connection.close();
    }
}
