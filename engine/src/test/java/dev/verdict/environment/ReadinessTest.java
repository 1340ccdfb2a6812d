package dev.verdict.environment;

import static dev.verdict.environment.Systems.WITHIN;
import static dev.verdict.environment.Systems.command;
import static dev.verdict.environment.Systems.environment;
import static dev.verdict.environment.Systems.ready;
import static dev.verdict.environment.Systems.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.Service;
import dev.verdict.plan.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadinessTest {
    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path directory;

    private static Service server(String name) {
        return Systems.port(command(shell(name, ""), TinyServer.command()), "http", "PORT", OptionalInt.empty());
    }

    @Test
    void http_readiness_waits_for_the_status_and_sees_it_within_20_ms() throws Exception {
        Service stock = Systems.env(
                ready(server("stock"), new Readiness.Http("http", "/health", 200, WITHIN)),
                Map.of("WARM_UP_MILLIS", "300"));
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();

            assertThat(environment.state("stock")).isEqualTo(new State.Ready());
            String line = Files.readAllLines(environment.log("stock")).getFirst();
            Instant warm = Instant.parse(line.substring(line.indexOf("warm at ") + 8));
            Instant seen = journal.entries().stream()
                    .filter(entry -> entry.event() instanceof Event.ServiceReady)
                    .map(Entry::at)
                    .findFirst()
                    .orElseThrow();
            // The target is 20 ms; a machine that is busy with other builds gets some more.
            assertThat(Duration.between(warm, seen)).isBetween(Duration.ZERO, Duration.ofMillis(150));
            assertThat(journal.all(Event.ServiceReady.class).getFirst().probe())
                    .isEqualTo("GET http://%s/health".formatted(environment.endpoint("stock", "http")));
        }
    }

    @Test
    void tcp_readiness_waits_for_a_listener() throws Exception {
        Service stock = ready(server("stock"), new Readiness.Tcp(List.of("http"), WITHIN));
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();

            assertThat(environment.state("stock")).isEqualTo(new State.Ready());
        }
    }

    @Test
    void command_readiness_runs_the_command_until_it_succeeds() throws Exception {
        Service stock = ready(
                shell("stock", "sleep 0.2; touch is-ready; exec sleep 300"),
                new Readiness.Command(List.of(Text.of("test"), Text.of("-e"), Text.of("is-ready")), WITHIN));
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();

            assertThat(environment.state("stock")).isEqualTo(new State.Ready());
            assertThat(directory.resolve("is-ready")).exists();
        }
    }

    @Test
    void a_command_that_never_succeeds_is_told_with_what_it_said() throws Exception {
        Service stock = ready(
                shell("stock", "exec sleep 300"),
                new Readiness.Command(
                        List.of(Text.of("/bin/sh"), Text.of("-c"), Text.of("echo no route; exit 4")),
                        Duration.ofSeconds(1)));
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
        }

        assertThat(journal.all(Event.ServiceFailed.class).getFirst().probe()).endsWith("→ exit code 4 no route");
    }

    @Test
    void a_service_that_is_never_ready_fails_with_the_last_probe_and_its_answer() throws Exception {
        Service stock = Systems.env(
                ready(server("stock"), new Readiness.Http("http", "/health", 200, Duration.ofSeconds(2))),
                Map.of("WARM_UP_MILLIS", "600000"));
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            Endpoint endpoint = environment.endpoint("stock", "http");

            Event.ServiceFailed failed = journal.all(Event.ServiceFailed.class).getFirst();
            assertThat(failed.probe()).isEqualTo("GET http://%s/health → 503 warming up".formatted(endpoint));
            assertThat(failed.reason())
                    .startsWith("was not ready within 2 s: GET http://")
                    .endsWith("answered 503 warming up; it listens on 127.0.0.1:" + endpoint.port());
            assertThat(failed.lastLines()).singleElement().asString().startsWith("warm at ");
            assertThat(environment.state("stock")).isInstanceOf(State.Failed.class);
        }
    }

    @Test
    void a_service_that_listens_elsewhere_is_told_where() throws Exception {
        Service stock = Systems.port(
                ready(server("stock"), new Readiness.Tcp(List.of("other"), Duration.ofSeconds(1))),
                "other",
                "OTHER",
                OptionalInt.empty());
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();

            assertThat(journal.all(Event.ServiceFailed.class).getFirst().reason())
                    .contains("connection refused")
                    .endsWith("it listens on 127.0.0.1:"
                            + environment.endpoint("stock", "http").port());
        }
    }

    @Test
    void a_service_that_dies_while_it_is_probed_fails_at_once() throws Exception {
        Service stock = Systems.port(
                ready(
                        shell("stock", "echo out of memory; sleep 0.1; kill -9 $$"),
                        new Readiness.Http("http", "/", 200, WITHIN)),
                "http",
                "PORT",
                OptionalInt.empty());
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            long start = System.nanoTime();
            environment.up();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            Event.ServiceFailed failed = journal.all(Event.ServiceFailed.class).getFirst();
            assertThat(failed.reason()).isEqualTo("ended while starting, with exit code 137 (signal KILL)");
            assertThat(failed.probe()).endsWith("→ connection refused");
            assertThat(failed.lastLines()).containsExactly("out of memory");
        }
    }
}
