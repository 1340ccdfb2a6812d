package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.plan.PlanReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);

    private Held held(String services) {
        String text =
                "{plan: p, seed: 1, system: {" + services + "}, phases: [{name: a, suites: [{name: b, features: f}]}]}";
        return new Held(
                Terminal.detect(to, to, Map.of()), PlanReader.fromCanonical(text, Path.of("/nowhere/verdict.yaml")));
    }

    private List<String> printed(Held held) {
        held.print(to);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void a_service_is_shown_where_it_listens_since_its_last_start() {
        Held held = held("services: {stock: {command: [x], ports: {http: {}}}}");
        held.emit(new Event.ServiceStarting("stock", List.of("stock"), Map.of("http", 4001)));
        held.emit(new Event.ServiceStarting("stock", List.of("stock"), Map.of("http", 4002)));

        assertThat(printed(held)).singleElement().asString().matches(" +stock.http +127\\.0\\.0\\.1:4002");
    }

    @Test
    void a_containers_port_and_what_runs_already_are_shown_with_where_they_lead() {
        Held held = held("services: {db: {image: db, ports: {sql: {container: 5432}}}},"
                + " existing: {billing: {http: \"example.org:80\"}}");
        held.emit(new Event.ServiceStarting("db", List.of("db"), Map.of("sql", 4001)));
        held.emit(new Event.ServiceStarting("billing", List.of(), Map.of()));

        assertThat(printed(held))
                .containsExactly(
                        "  db.sql                   127.0.0.1:4001  → port 5432 of the container",
                        "  billing.http             example.org:80");
    }
}
