package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.client.GrpcServer.Reflecting;
import dev.verdict.load.wire.Nginx;
import dev.verdict.plan.Load;
import dev.verdict.plan.PlanReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Calls a real server of gRPC by loads of plans, and servers that speak none.
@Timeout(60)
final class GrpcUserTest {
    @TempDir
    private static Path folder;

    private static GrpcServer plain;
    private static GrpcServer reflecting;

    @BeforeAll
    static void start() throws IOException {
        plain = new GrpcServer(folder.resolve("stock.proto"), Reflecting.NOT);
        reflecting = new GrpcServer(folder.resolve("stock.proto"), Reflecting.V1);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        plain.stop();
        reflecting.stop();
    }

    @Test
    void a_method_of_a_file_is_called_at_a_rate() throws Exception {
        LoadResult result = send(plain.port(), """
                {"grpc": "shop.Stock/Reserve", "at": "127.0.0.1:PORT", "proto": "stock.proto",
                 "body": "{\\"sku\\": \\"a-${number}\\", \\"count\\": ${number}}", "headers": {"shop": "ours"},
                 "contains": "{\\"sku\\":\\"a-", "save": {"count": "count"}}""");
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(100);
        assertThat(result.all().latencies().firstByte().getTotalCount()).isEqualTo(100);
        assertThat(result.all().latencies().gap().getTotalCount()).isZero();
    }

    @Test
    void what_was_saved_is_asked_with() throws Exception {
        LoadResult result = send(plain.port(), """
                {"name": "one", "grpc": "shop.Stock/Reserve", "at": "http://127.0.0.1:PORT", "proto": "stock.proto",
                 "body": "{\\"sku\\": \\"${unique}\\"}", "save": {"sku": "sku"}},
                {"name": "two", "grpc": "shop.Stock/Reserve", "at": "http://127.0.0.1:PORT", "proto": "stock.proto",
                 "body": "{\\"sku\\": \\"${saved.sku}\\"}", "contains": "run-"}""");
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.requests().get(1).counts().answered()).isPositive();
    }

    @Test
    void a_stream_is_measured_from_message_to_message() throws Exception {
        LoadResult result = send(plain.port(), watch("{\\\"count\\\": 5}", ", \"contains\": \"\\\"count\\\":5\""));
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().latencies().firstByte().getTotalCount()).isEqualTo(100);
        assertThat(result.all().latencies().gap().getTotalCount()).isEqualTo(400);
    }

    @Test
    void a_stream_of_messages_is_sent_and_one_or_a_stream_answers() throws Exception {
        String items = "[{\\\"count\\\": 2}, {\\\"count\\\": 3}, {\\\"sku\\\": \\\"a-${number}\\\", \\\"count\\\": 4}]";
        LoadResult filled = send(
                plain.port(),
                reserve(items, ", \"contains\": \"\\\"count\\\":9\"").replace("Reserve", "Fill"));
        assertThat(filled.all().counts().errors()).isEmpty();
        assertThat(filled.all().counts().answered()).isEqualTo(100);
        LoadResult chatted = send(reflecting.port(), reflected("shop.Stock/Chat", items.replace("${number}", "b")));
        assertThat(chatted.all().counts().errors()).isEmpty();
        assertThat(chatted.all().latencies().gap().getTotalCount()).isEqualTo(200);
        assertError(
                reserve("[]", "").replace("Reserve", "Fill"), ErrorKind.STATUS, "INVALID_ARGUMENT: nothing to fill");
        assertRefused(1, reserve("{}", "").replace("Reserve", "Fill"), "expected an array of them");
    }

    @Test
    void a_long_stream_is_read_to_its_end() throws Exception {
        String item = "{\\\"sku\\\": \\\"" + "x".repeat(1000) + "\\\", \\\"count\\\": 2000}";
        LoadResult result = send(plain.port(), watch(item, ""), 3);
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(3);
        assertThat(result.all().counts().bytesIn()).isGreaterThan(6_000_000);
        assertThat(result.all().latencies().gap().getTotalCount()).isEqualTo(3 * 1999);
    }

    @Test
    void a_stream_without_a_message_and_one_that_is_torn_are_errors() throws Exception {
        assertError(watch("{}", ""), ErrorKind.CHECK, "the answer ended without a message");
        assertError(watch("{\\\"sku\\\": \\\"torn\\\", \\\"count\\\": 2}", ""), ErrorKind.STATUS, "UNAVAILABLE");
    }

    @Test
    void a_status_is_told_by_its_name_and_words() throws Exception {
        assertError(reserve("{\\\"sku\\\": \\\"lost\\\"}", ""), ErrorKind.STATUS, "NOT_FOUND: no such sku: é +1");
        assertError(
                reserve("{}", ", \"headers\": {\"shop\": \"theirs\"}"),
                ErrorKind.STATUS,
                "PERMISSION_DENIED: not theirs");
        assertError(reserve("{}", ", \"contains\": \"no\""), ErrorKind.CHECK, "does not contain");
    }

    @Test
    void who_does_not_answer_in_time_times_out() throws Exception {
        LoadResult result = send(plain.port(), reserve("{\\\"sku\\\": \\\"slow\\\"}", ""));
        assertThat(result.all().counts().answered()).isZero();
        assertThat(result.all().counts().errors().keySet())
                .contains(ErrorKind.TIMED_OUT)
                .isSubsetOf(ErrorKind.TIMED_OUT, ErrorKind.UNSENT);
    }

    @Test
    void a_server_is_asked_what_its_methods_take() throws Exception {
        LoadResult result = send(reflecting.port(), reflected("shop.Stock/Reserve", "{\\\"sku\\\": \\\"a\\\"}"));
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(100);
        GrpcServer old = new GrpcServer(folder.resolve("stock.proto"), Reflecting.V1_ALPHA);
        try {
            LoadResult same = send(old.port(), reflected("shop.Stock/Reserve", "{\\\"sku\\\": \\\"a\\\"}"));
            assertThat(same.all().counts().answered()).isEqualTo(100);
        } finally {
            old.stop();
        }
    }

    @Test
    void what_a_server_does_not_know_is_told_before_anything_is_sent() {
        assertRefused(
                reflecting.port(),
                reflected("shop.Stok/Reserve", "{}"),
                "no service 'shop.Stok'; did you mean 'shop.Stock'?");
        assertRefused(reflecting.port(), reflected("shop.Stock/Reserv", "{}"), "did you mean 'shop.Stock/Reserve'?");
        assertRefused(
                reflecting.port(),
                reflected("shop.Stock/Reserve", "{\\\"skuu\\\": 1}"),
                "$.skuu: shop.Item has no such field");
        assertRefused(
                plain.port(), reflected("shop.Stock/Reserve", "{}"), "it has no reflection; name its .proto files");
    }

    @Test
    void what_a_file_does_not_know_is_told_before_anything_is_sent() throws Exception {
        Files.writeString(folder.resolve("broken.proto"), "message A {\n  string = 1;\n}");
        assertRefused(1, reserve("{\\\"count\\\": \\\"x\\\"}", ""), "$.count: expected a value of type int32");
        assertRefused(1, reserve("{\\\"count\\\": ${number}, \\\"a\\\": 1}", ""), "$.a: shop.Item has no such field");
        assertRefused(
                1,
                "{\"grpc\": \"shop.Stock/Reserv\", \"at\": \"127.0.0.1:1\", \"proto\": \"stock.proto\"}",
                "did you mean 'shop.Stock/Reserve'?");
        assertRefused(
                1,
                "{\"grpc\": \"shop.Stock/Reserve\", \"at\": \"127.0.0.1:1\", \"proto\": \"broken.proto\"}",
                "broken.proto:2:10: expected the field's name");
    }

    @Test
    void servers_that_speak_no_grpc_are_told_apart() throws Exception {
        assertError(Nginx.free(), reserve("{}", ""), ErrorKind.REFUSED, "");
        HttpServer old = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        old.start();
        try {
            assertError(old.getAddress().getPort(), reserve("{}", ""), ErrorKind.CUT_OFF, "");
        } finally {
            old.stop(0);
        }
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Http2StandIn web = new Http2StandIn()) {
            assertRefused(silent.getLocalPort(), reflected("shop.Stock/Reserve", "{}"), "no answer within 1000 ms");
            int port = Integer.parseInt(web.url().replaceFirst(".*:", ""));
            assertRefused(port, reflected("shop.Stock/Reserve", "{}"), "does not say what shop.Stock/Reserve takes");
        }
    }

    private static String reserve(String body, String more) {
        return "{\"grpc\": \"shop.Stock/Reserve\", \"at\": \"127.0.0.1:PORT\", \"proto\": [\"stock.proto\"], \"body\": \""
                + body + "\"" + more + "}";
    }

    private static String watch(String body, String more) {
        return reserve(body, more).replace("Reserve", "Watch");
    }

    private static String reflected(String method, String body) {
        return "{\"grpc\": \"" + method + "\", \"at\": \"127.0.0.1:PORT\", \"body\": \"" + body + "\"}";
    }

    private static void assertRefused(int port, String request, String words) {
        assertThatThrownBy(() -> send(port, request)).hasMessageContaining(words);
    }

    private static void assertError(String request, ErrorKind kind, String words) throws Exception {
        assertError(plain.port(), request, kind, words);
    }

    private static void assertError(int port, String request, ErrorKind kind, String words) throws Exception {
        LoadResult result = send(port, request);
        assertThat(result.all().counts().answered()).isZero();
        assertThat(result.all().counts().errors()).containsOnlyKeys(kind);
        assertThat(result.all().counts().examples().get(kind)).contains(words);
    }

    private static LoadResult send(int port, String request) throws IOException, InterruptedException {
        return send(port, request, 100);
    }

    private static LoadResult send(int port, String request, int rate) throws IOException, InterruptedException {
        Load load = PlanReader.fromCanonical(
                        """
                {"plan": "p", "seed": 1, "phases": [{"name": "one", "suites": [{"name": "s", "load":
                  [{"request": [%s], "rate": "%d/s", "for": "1s", "connections": 4, "timeout": "1s"}]}]}]}""".formatted(request.replace("PORT", Integer.toString(port)), rate), Path.of("verdict.yaml"))
                .suites()
                .getFirst()
                .loads()
                .getFirst();
        var setting = new PlannedClients.Setting(folder, "run", 7, ClassLoader.getSystemClassLoader());
        try (var generator = new ClientGenerator(
                PlannedClients.of(load, setting, Object::toString).learnt())) {
            return generator.run(LoadListener.NONE);
        }
    }
}
