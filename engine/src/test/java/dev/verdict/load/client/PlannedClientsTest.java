package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.load.ErrorKind;
import dev.verdict.load.Interval;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.plan.Load;
import dev.verdict.plan.PlanReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sends loads of plans to a real redis-server, which must be installed.
@Tag("slow")
final class PlannedClientsTest {
    @TempDir
    private static Path folder;

    private static int port;
    private static Process redis;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        redis = new ProcessBuilder(
                        "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(PlannedClientsTest::listens);
        Files.writeString(folder.resolve("who.csv"), "who\nann\n");
    }

    @AfterAll
    static void end() throws InterruptedException {
        redis.destroy();
        if (!redis.waitFor(5, TimeUnit.SECONDS)) {
            redis.destroyForcibly().waitFor();
        }
    }

    private static boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Load load(String requests) {
        return PlanReader.fromCanonical(
                        """
                {"plan": "p", "seed": 1, "phases": [{"name": "one", "suites": [{"name": "s", "load":
                  [{"request": [%s], "rate": "200/s", "for": "1s", "connections": 8, "feed": "who.csv"}]}]}]}""".formatted(requests.replace("PORT", Integer.toString(port))), Path.of("verdict.yaml"))
                .suites()
                .getFirst()
                .loads()
                .getFirst();
    }

    private static LoadResult send(String requests) throws IOException, InterruptedException {
        try (var generator = new ClientGenerator(PlannedClients.of(
                load(requests),
                new PlannedClients.Setting(folder, "run", 7, ClassLoader.getSystemClassLoader()),
                Object::toString))) {
            return generator.run(LoadListener.NONE);
        }
    }

    @Test
    void commands_of_a_plan_are_sent_and_answered() throws Exception {
        LoadResult result = send("""
                {"name": "set", "redis": [SET, "k-${number}", "v"], "at": "127.0.0.1:PORT", "contains": "OK"},
                {"name": "ping", "redis": [PING], "at": "127.0.0.1:PORT", "contains": "PONG", "weight": 3}""");
        Interval all = result.all();
        assertThat(result.due()).isEqualTo(200);
        assertThat(all.counts().answered()).isEqualTo(200);
        assertThat(all.counts().errors()).isEmpty();
        assertThat(result.requests()).extracting(Interval::request).containsExactly("set", "ping");
        assertThat(result.requests().get(1).counts().answered()).isBetween(110L, 190L);
    }

    @Test
    void a_reply_is_saved_and_a_feed_read_as_over_http() throws Exception {
        LoadResult result = send("""
                {"name": "count", "redis": [INCR, "${unique}"], "at": "127.0.0.1:PORT", "save": {"n": ""}},
                {"name": "list", "redis": [MGET, "no", "no"], "at": "127.0.0.1:PORT", "save": {"none": "[0]"}, "contains": "["},
                {"name": "echo", "redis": [ECHO, "${feed.who}-${saved.n}"], "at": "127.0.0.1:PORT", "contains": "ann-1", "weight": 3}""");
        assertThat(result.requests().get(2).counts().answered()).isGreaterThan(50);
        assertThat(result.requests().get(2).counts().errors()).isEmpty();
        assertThat(result.all().counts().examples()).containsOnlyKeys(ErrorKind.CHECK);
        assertThat(result.requests().get(1).counts().errors()).containsOnlyKeys(ErrorKind.CHECK);
    }

    @Test
    void what_redis_refuses_and_what_is_not_said_are_errors() throws Exception {
        Map<ErrorKind, Long> errors = send("""
                {"name": "no", "redis": [NOSUCH, "x"], "at": "127.0.0.1:PORT"},
                {"name": "other", "redis": [PING], "at": "127.0.0.1:PORT", "contains": "PANG"}""").all().counts().errors();
        assertThat(errors).containsOnlyKeys(ErrorKind.STATUS, ErrorKind.CHECK);
        assertThat(errors.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(200);
    }

    @Test
    void an_address_that_is_none_is_refused() {
        assertThatThrownBy(() -> PlannedClients.of(
                        load("{\"line\": \"x\", \"at\": \"http://a\"}"),
                        new PlannedClients.Setting(folder, "run", 7, ClassLoader.getSystemClassLoader()),
                        Object::toString))
                .hasMessageContaining("expected HOST:PORT");
    }
}
