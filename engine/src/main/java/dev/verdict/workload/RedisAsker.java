package dev.verdict.workload;

import dev.verdict.plan.Workload.Redis;
import dev.verdict.redis.RedisClient;
import dev.verdict.redis.RedisClient.RedisError;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// Sends commands to a Redis, over a connection of the client's own.
final class RedisAsker implements Asker<Redis> {
    private final String host;
    private final int port;
    private final Duration timeout;
    private @Nullable RedisClient client;

    /// @param node `HOST:PORT`
    RedisAsker(String node, Duration timeout) {
        int colon = node.lastIndexOf(':');
        if (colon < 1 || !node.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("not the address of a Redis: " + node + "; expected HOST:PORT, as"
                    + " ${store.redis.address} has it");
        }
        this.host = node.substring(0, colon);
        this.port = Integer.parseInt(node.substring(colon + 1));
        this.timeout = timeout;
    }

    @Override
    public Reply ask(Redis redis, Function<String, String> inputs) throws Unanswered, InterruptedException {
        List<String> words = Script.with(redis.words(), inputs);
        RedisClient connected = connected();
        try {
            JsonNode answer = connected.send(words);
            String code = answer.isNull() ? "nil" : answer.isContainer() ? "list" : answer.asString();
            return new Reply(code, true, answer.isNull(), answer);
        } catch (RedisError e) {
            String message = String.valueOf(e.getMessage());
            return new Reply(message.split(" ", 2)[0], false, false, NullNode.getInstance());
        } catch (IOException e) {
            throw broken(e, true);
        }
    }

    private RedisClient connected() throws Unanswered, InterruptedException {
        RedisClient connected = client;
        if (connected == null) {
            try {
                connected = new RedisClient(host, port, timeout);
                client = connected;
            } catch (IOException e) {
                throw broken(e, false);
            }
        }
        return connected;
    }

    private Unanswered broken(IOException e, boolean sent) throws InterruptedException {
        close();
        if (Thread.interrupted()) {
            throw (InterruptedException) new InterruptedException("waiting for a reply").initCause(e);
        }
        String what = e instanceof SocketTimeoutException ? "timed out" : sent ? "connection broken" : "refused";
        return new Unanswered(what, sent, e);
    }

    @Override
    public void close() {
        RedisClient connected = client;
        client = null;
        if (connected != null) {
            try {
                connected.close();
            } catch (IOException e) {
                throw new IllegalStateException("a socket cannot be closed", e);
            }
        }
    }
}
