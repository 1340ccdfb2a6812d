package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.environment.Endpoint;
import dev.verdict.fault.Faults;
import dev.verdict.fault.Needs;
import dev.verdict.gateway.Gateway;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Limits;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Service;
import dev.verdict.plan.Stop;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Service life, logs and metrics.
final class ServiceStepsTest {
    @TempDir
    Path folder;

    private final AtomicInteger orders = new AtomicInteger(2);
    private HttpServer server;
    private final Gateway gateway = new Gateway(new MemoryJournal());
    private Script script = new Script(Path.of("."));
    private FakeEnvironment environment = new FakeEnvironment(Path.of("."), new Endpoint("127.0.0.1", 1));

    ServiceStepsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    }

    @BeforeEach
    void start() {
        server.createContext("/metrics", exchange -> {
            byte[] page = """
                    # HELP orders_total Orders by state.
                    # TYPE orders_total counter
                    orders_total{state="paid",shop="a \\"b\\""} %d
                    orders_total{state="new",shop="c"} 1.0 1700000000
                    queue_depth 0.5
                    odd NaN
                    """.formatted(orders.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.createContext("/count", exchange -> {
            byte[] page = (exchange.getRequestURI().getPath().equals("/count") ? "n{a=\"x\"} 4\n" : "")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page.length == 0 ? 500 : 200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        script = new Script(folder).with("stock", server);
        environment = new FakeEnvironment(
                folder.resolve("stock.log"),
                new Endpoint("127.0.0.1", server.getAddress().getPort()));
        script.system.with(environment).with(faults());
    }

    private Faults faults() {
        Service stock = Service.process(
                "stock",
                List.of(Text.of("true")),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                new Readiness.Started(Duration.ofSeconds(1)),
                new Stop("TERM", Duration.ofSeconds(1)),
                Limits.NONE,
                List.of());
        Plan plan = new Plan("test", 7, Map.of(), List.of(), Map.of("stock", stock), List.of());
        return new Faults(
                new ResolvedPlan(plan, folder.resolve("verdict.yaml"), "{}", "", Map.of()),
                RunFolder.of(folder, "test-run"),
                new MemoryJournal(),
                environment,
                gateway,
                Needs.here(Map.of()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        server.stop(0);
    }

    @Test
    void a_life_that_is_not_as_expected_is_told() throws Exception {
        script.run("Then the service \"stock\" is not running").failed("expected not running, but was running");
        environment.exit(1);
        script.run("Then within 100 ms the service \"stock\" is running")
                .failed("service stock: expected running, but was exited with 1 (looked ");
        script.run("Then the service \"stock\" has exited with 0").failed("but was exited with 1");
        script.run("Then the restarts of \"stock\" are 1").failed("restarts of stock: expected 1, but was 0");
        script.run("Then the service \"stok\" is running").broke("unknown service: stok");
    }

    @Test
    void a_log_is_looked_at_from_the_scenarios_start() throws Exception {
        environment.print(Instant.parse("2020-01-01T00:00:00.000Z"), "ERROR of yesterday");
        environment.print(Instant.parse("2100-01-01T00:00:00.000Z"), "order 1 stored in 3 ms");
        environment.print(Instant.parse("2100-01-01T00:00:00.000Z"), "");
        environment.print(Instant.parse("2100-01-01T00:00:00.000Z"), "{\"level\":\"info\"}");
        script.run(
                        "Then the log of \"stock\" contains \"order 1 stored\"",
                        "And the log of \"stock\" matches \"in [0-9]+ ms$\"",
                        "And the log of \"stock\" does not contain \"ERROR\"",
                        "And for 100 ms the log of \"stock\" does not match \"ERR\"",
                        "And the log of \"stock\" has 3 lines")
                .passed();
        script.run("Then the log of \"stock\" contains \"ERROR\"")
                .failed("log of stock: expected contains \"ERROR\", but was order 1 stored");
        script.run("Then within 100 ms the log of \"stock\" contains \"order 2\"")
                .failed("(looked ");
        script.run("Then the log of \"stock\" does not match \"order\"").failed("expected does not match order");
        script.run("Then the log of \"stock\" matches \"(order)?\"").passed().weak("every text");
    }

    @Test
    void a_log_that_grows_is_waited_for() throws Exception {
        environment.print(Instant.parse("2020-01-01T00:00:00.000Z"), "old");
        Thread printer = Thread.ofVirtual().start(() -> {
            try {
                org.awaitility.Awaitility.await().until(() -> !environment.asked.isEmpty());
                environment.print(Instant.parse("2100-01-01T00:00:00.000Z"), "reloaded");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        script.run(
                        "When the service \"stock\" is sent the signal \"HUP\"",
                        "Then within 10 seconds the log of \"stock\" contains \"reloaded\"")
                .passed();
        printer.join();
    }

    @Test
    void metrics_are_summed_over_their_labels() throws Exception {
        Script.Told told = script.run(
                        "Then the metric 'orders_total{state=\"new\"}' of \"stock\" is 1",
                        "And the metric \"queue_depth\" of \"stock\" is less than 0.6",
                        "And the metric \"none\" of \"stock\" is absent",
                        "When the metric \"orders_total\" of \"stock\" is noted",
                        "Then within 5 seconds the metric \"orders_total\" of \"stock\" has increased by at least 3",
                        "And the metric \"n\" of \"stock.http/count\" is 4")
                .passed();
        assertThat(told.observed()).allMatch(seen -> seen.kind().equals("metrics"));
    }

    @Test
    void a_metric_that_is_not_as_expected_is_told() throws Exception {
        script.run("Then the metric \"queue_depth\" of \"stock\" is 1")
                .failed("metric queue_depth of stock: expected 1, but was 0.5");
        script.run("Then the metric 'orders_total{state=\"sent\"}' of \"stock\" is 0")
                .failed("expected 0, but was absent; there are [orders_total{");
        script.run("Then the metric \"none\" of \"stock\" is at least 1").failed("no sample is named none");
        script.run("Then the metric \"odd\" of \"stock\" is at least 1").failed("but was NaN");
        script.run("Then the metric \"queue_depth\" of \"stock\" is at least 0")
                .passed()
                .weak("every count");
        script.run("Then the metric \"n\" of \"stock/count/none\" is 4").broke("GET /count/none → 500");
        script.run("Then the metric \"a b\" of \"stock\" is 4").broke("a metric is NAME");
    }

    @Test
    void connections_are_accepted_or_refused_by_the_service_itself() throws Exception {
        script.run("Then \"stock\" accepts connections").passed().strong();
        script.run("Then \"stock\" refuses connections")
                .failed("connections to stock.http: expected refused, but was accepted");
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        script.system.with(new FakeEnvironment(folder.resolve("x"), new Endpoint("127.0.0.1", free)));
        script.run("Then within 5 seconds \"stock\" refuses connections").passed();
    }
}
