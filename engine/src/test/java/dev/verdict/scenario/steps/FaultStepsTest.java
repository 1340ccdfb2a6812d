package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.environment.Environment.State;
import dev.verdict.environment.LocalEnvironment;
import dev.verdict.fault.Faults;
import dev.verdict.fault.Needs;
import dev.verdict.gateway.Gateway;
import dev.verdict.gateway.Link;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Faults as scenarios say them, on real processes and connections.
@Timeout(120)
final class FaultStepsTest {
    private static final String SCENARIO = "s/features/a.feature:2";

    @TempDir
    Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private final Gateway gateway = new Gateway(journal);
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private LocalEnvironment environment;
    private Faults faults;
    private Script script;

    FaultStepsTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    }

    private ResolvedPlan plan(Map<String, Service> services) {
        return new ResolvedPlan(
                new Plan("test", 7, Map.of(), List.of(), services, List.of()),
                folder.resolve("verdict.yaml"),
                "{}",
                "",
                Map.of());
    }

    @BeforeEach
    void start() throws Exception {
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] body = "stocked".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        Map<String, Service> services = new LinkedHashMap<>();
        services.put("stock", service("stock"));
        services.put("orders", service("orders"));
        ResolvedPlan plan = plan(services);
        RunFolder run = RunFolder.of(folder, "test-run");
        environment = new LocalEnvironment(plan, run, journal, Redactor.NONE, (service, reference) -> "");
        environment.up();
        faults = new Faults(plan, run, journal, environment, gateway, Needs.here(System.getenv()));
        script = new Script(folder).with("stock", open(SCENARIO)).with("orders", open("orders"));
        script.system.with(environment).with(faults);
    }

    private int open(String from) {
        Link link = gateway.open(
                from, "stock.http", "127.0.0.1", server.getAddress().getPort());
        return link.port();
    }

    private static Service service(String name) {
        String script =
                "mkdir -p data; echo $$ > data/%s.pid; echo rows > data/rows; echo up; exec sleep 300".formatted(name);
        return Service.process(
                name,
                Stream.of("/bin/sh", "-c", script).map(Text::of).toList(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                new Readiness.Log("up", Duration.ofSeconds(30)),
                new Stop("TERM", Duration.ofSeconds(2)),
                Limits.NONE,
                List.of(Text.of("data")));
    }

    @AfterEach
    void stop() {
        faults.close();
        environment.close();
        gateway.close();
        server.stop(0);
    }

    private static final String STATE = "the command \"ps -o state= -p $(cat data/stock.pid)\" is run";

    @Test
    void what_a_scenario_ends_is_started_again_when_it_ends() throws Exception {
        script.run(
                        "When service \"stock\" is killed",
                        "Then the service \"stock\" has exited with 137",
                        "When the service \"orders\" is stopped",
                        "Then the service \"orders\" has exited with 143")
                .passed();
        assertThat(environment.state("stock")).isEqualTo(new State.Ready());
        assertThat(environment.state("orders")).isEqualTo(new State.Ready());
        assertThat(faults.list()).isEmpty();
        assertThat(journal.all(Event.FaultStarted.class))
                .extracting(Event.FaultStarted::by)
                .containsOnly(SCENARIO);
        assertThat(journal.all(Event.FaultEnded.class)).hasSize(2);
    }

    @Test
    void a_service_is_started_by_the_scenario_that_killed_it() throws Exception {
        script.run(
                        "When the service \"stock\" is killed",
                        "And the service \"stock\" is started",
                        "Then the service \"stock\" is running",
                        "When the service \"stock\" is restarted",
                        "Then the restarts of \"stock\" are 2")
                .passed();
        assertThat(journal.all(Event.FaultEnded.class))
                .extracting(Event.FaultEnded::how)
                .containsExactly("undone", "over");
    }

    @Test
    void a_paused_service_stands_still_and_goes_on() throws Exception {
        script.run(
                        "When service \"stock\" is paused",
                        "When " + STATE,
                        "Then within 5 seconds the output contains \"T\"",
                        "When the fault is undone",
                        "When " + STATE,
                        "Then within 5 seconds the output contains \"S\"",
                        "When the service \"stock\" is paused for 100 ms",
                        "When " + STATE,
                        "Then within 5 seconds the output contains \"S\"")
                .passed();
    }

    @Test
    void a_crash_loop_goes_on_until_all_faults_are_undone() throws Exception {
        script.run(
                        "When the service \"stock\" is killed whenever it was ready for 10 ms",
                        "Then within 20 seconds the restarts of \"stock\" are at least 2",
                        "When all faults are undone",
                        "Then the service \"stock\" is running")
                .passed();
    }

    @Test
    void busy_loops_and_limits_end_with_their_scenario() throws Exception {
        String limit = "the command \"grep 'open files' /proc/$(cat data/stock.pid)/limits\" is run";
        script.run(
                        "When 2 busy loops run beside the service \"stock\"",
                        "When the command \"grep -lzsE '^VERDICT_SERVICE=fault/' /proc/[0-9]*/environ | wc -l\" is run",
                        "Then within 5 seconds the output is at least 2",
                        "When the service \"stock\" may have 9 open files",
                        "When " + limit,
                        "Then the output matches \"open files +9 \"")
                .passed();
        script.run("When " + limit, "Then the output does not match \"open files +9 \"")
                .passed();
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void files_are_damaged_and_restored() throws Exception {
        script.file("older", "old rows")
                .run(
                        "When 3 bits of the file \"data/rows\" of \"stock\" are turned over",
                        "Then the file \"data/rows\" is not \"rows\\n\"",
                        "When the fault is undone",
                        "Then the file \"data/rows\" contains \"rows\"",
                        "When the file \"data/rows\" of \"stock\" is cut to 2 bytes",
                        "Then the file \"data/rows\" is \"ro\"",
                        "When the fault is undone",
                        "And the file \"data/rows\" of \"stock\" is replaced by \"older\"",
                        "Then the file \"data/rows\" is \"old rows\"",
                        "When all faults are undone",
                        "Then the file \"data/rows\" contains \"rows\"",
                        "And the file \"data/rows\" does not contain \"old\"")
                .passed();
    }

    @Test
    void connections_are_disturbed_between_services_and_from_the_scenario() throws Exception {
        String own = "When GET \"/\" is sent to \"stock\"";
        String others = "When GET \"/\" is sent to \"orders\"";
        script.run(
                        "When requests to \"stock\" are delayed by 300 ms",
                        own,
                        "Then the status is 200",
                        "When " + others.substring(5),
                        "Then the response time is under 250 ms",
                        "When the fault is undone",
                        "And the connection from \"orders\" to \"stock\" is refused",
                        "And the connection from \"orders\" to \"stock\" is reset",
                        "Then GET \"/new\" sent to \"orders\" is not answered within 2 seconds",
                        "When all faults are undone",
                        others,
                        "Then the status is 200")
                .passed();
        assertThat(journal.all(Event.FaultStarted.class))
                .extracting(Event.FaultStarted::target)
                .containsExactly(SCENARIO + "→stock", "orders→stock", "orders→stock");
    }

    @Test
    void a_link_is_slow_both_ways_and_resets_what_is_open() throws Exception {
        String others = "When GET \"/\" is sent to \"orders\"";
        long start = System.nanoTime();
        script.run(
                        "When answers from \"stock\" to \"orders\" are delayed by 150 ms for 20 seconds",
                        "And requests from \"orders\" to \"stock\" are delayed by 150 ms",
                        others,
                        "Then the body is \"stocked\"",
                        "When the connection from \"orders\" to \"stock\" is reset")
                .passed();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void the_answers_of_a_link_are_slow_empty_limited_or_some_of_them_wrong() throws Exception {
        String others = "When GET \"/\" is sent to \"orders\"";
        script.run(
                        "When bodies from \"stock\" to \"orders\" are empty",
                        others,
                        "Then the body is empty",
                        "When the fault is undone",
                        "And the first 1 requests from \"orders\" to \"stock\" are answered with 500",
                        others,
                        "Then the status is 500",
                        others,
                        "Then the status is 200",
                        "When the fault is undone",
                        "And 100% of the requests from \"orders\" to \"stock\" are answered with 500",
                        others,
                        "Then the status is 500",
                        "When the fault is undone",
                        "And answers from \"stock\" to \"orders\" are delayed by 100 ms for 20 seconds",
                        "And the connection from \"orders\" to \"stock\" is limited to 1 MB/s",
                        others,
                        "Then the body is \"stocked\"")
                .passed();
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void who_is_not_there_fails_the_step_with_the_nearest_name() throws Exception {
        script.run("When the service \"stok\" is killed", "Then the service \"stock\" is running")
                .broke("there is no service stok; did you mean stock?");
        script.run("When requests from \"stock\" to \"orders\" are delayed by 1 ms")
                .broke("stock has no link to orders");
        script.run("When the fault is undone").broke("this scenario has no fault that acts");
    }
}
