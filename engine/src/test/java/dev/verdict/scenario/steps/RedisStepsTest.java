package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Talks to a real redis-server, which must be installed.
@Tag("slow")
final class RedisStepsTest {
    @TempDir
    Path folder;

    private int port;
    private Process redis;
    private Script script = new Script(Path.of("."));

    RedisStepsTest() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        redis = new ProcessBuilder(
                        "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
    }

    @BeforeEach
    void await() {
        script = new Script(folder).with("redis", port);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(this::listens);
    }

    @AfterEach
    void end() throws InterruptedException {
        redis.destroy();
        if (!redis.waitFor(5, TimeUnit.SECONDS)) {
            redis.destroyForcibly().waitFor();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void commands_are_sent_and_replies_checked() throws Exception {
        Script.Told told = script.run(
                        "Given the value \"v\" is set to \"two words\"",
                        "When the Redis command \"PING\" is sent to \"redis\"",
                        "Then the reply is \"PONG\"",
                        "When the Redis command \"RPUSH jobs ${v} '' 3\" is sent to \"redis\"",
                        "Then the reply is 3",
                        "When the Redis command \"LRANGE jobs 0 -1\" is sent to \"redis\"",
                        "Then the reply has 3 elements",
                        "And the reply at \"$[0]\" is \"two words\"",
                        "And the reply at \"$[1]\" is empty",
                        "And the reply contains \"3\"",
                        "When the Redis command \"GET none\" is sent to \"redis\"",
                        "Then the reply is null",
                        "When the Redis command \"SELECT 1\" is sent to \"redis\"",
                        "And the Redis command \"EXISTS jobs\" is sent to \"redis\"",
                        "Then the reply is 0",
                        "When the Redis command \"INCR n\" is sent to \"redis\"",
                        "Then within 5 seconds the reply is at least 4")
                .passed();
        assertThat(told.observed()).allMatch(seen -> seen.kind().equals("redis"));
        assertThat(told.observed().getFirst().summary()).isEqualTo("PING → \"PONG\"");
    }

    @Test
    void a_reply_that_is_not_as_expected_is_told() throws Exception {
        script.run("When the Redis command \"PING\" is sent to \"redis\"", "Then within 100 ms the reply is \"PANG\"")
                .failed("reply to PING at redis.http: expected \"PANG\", but was \"PONG\" (looked ");
        script.run("When the Redis command \"GET none\" is sent to \"redis\"", "Then the reply is \"x\"")
                .failed("expected \"x\", but was null");
        script.run("When the Redis command \"NOSUCH\" is sent to \"redis\"")
                .broke("Redis answered an error: ERR unknown command");
        redis.destroyForcibly().waitFor();
        script.run("When the Redis command \"PING\" is sent to \"redis\"")
                .broke("PING at redis.http: Connection refused");
    }
}
