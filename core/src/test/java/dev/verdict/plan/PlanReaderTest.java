package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReaderTest {
    private static final PlanReader.Options NOTHING =
            new PlanReader.Options(Map.of(), OptionalLong.of(7), Map.of("HOME", "/home/ada"));

    @TempDir
    Path folder;

    @BeforeEach
    void features() throws IOException {
        Files.createDirectories(folder.resolve("features"));
    }

    private ResolvedPlan read(String yaml) throws IOException {
        return all(yaml, NOTHING).getFirst();
    }

    private List<ResolvedPlan> all(String yaml, PlanReader.Options options) throws IOException {
        return PlanReader.read(Files.writeString(folder.resolve("verdict.yaml"), yaml), options);
    }

    private static Service service(Plan plan, String name) {
        return Objects.requireNonNull(plan.services().get(name));
    }

    private static final String SHOP = """
            plan: shop
            vars: { size: 5MB, home: "${HOME}/data" }
            system:
              services:
                stock:
                  command: [java, -jar, "stock-${size}.jar"]
                  ports: { http: { env: PORT } }
                  ready: { http: /health, within: 20s }
                orders:
                  command: ["${verdict.java}", --port, "${orders.http.port}"]
                  needs: [stock]
                  ports: { http: { fixed: 8080 }, admin: {} }
                  env: { STOCK_URL: "${stock.http.url}/${size}", COST: $$5 }
                  limits: { memory: 1GiB, openFiles: 64 }
                worker:
                  command: [worker]
                  stop: { signal: INT, within: 1min }
            phases:
              - name: integration
                suites:
                  - { name: orders, features: features/, tags: "not @slow", workers: 4 }
            """;

    @Test
    void a_plan_becomes_records_with_its_defaults() throws IOException {
        Plan plan = read(SHOP).plan();

        assertThat(plan.name()).isEqualTo("shop");
        assertThat(plan.seed()).isEqualTo(7);
        assertThat(plan.vars()).containsExactly(Map.entry("size", "5MB"), Map.entry("home", "/home/ada/data"));
        assertThat(plan.services()).containsOnlyKeys("stock", "orders", "worker");
        Service stock = service(plan, "stock");
        assertThat(stock.command()).containsExactly(Text.of("java"), Text.of("-jar"), Text.of("stock-5MB.jar"));
        assertThat(stock.ready()).isEqualTo(new Readiness.Http("http", "/health", 200, Duration.ofSeconds(20)));
        assertThat(stock.stop()).isEqualTo(new Stop("TERM", Duration.ofSeconds(10)));
        Service orders = service(plan, "orders");
        assertThat(orders.ports()).containsEntry("http", new Port("http", Optional.empty(), OptionalInt.of(8080)));
        assertThat(orders.ready()).isEqualTo(new Readiness.Tcp(List.of("http", "admin"), Duration.ofSeconds(30)));
        assertThat(orders.env().get("STOCK_URL"))
                .isEqualTo(new Text(List.of(new Text.Address("stock", "http", "url"), new Text.Literal("/5MB"))));
        assertThat(orders.env().get("COST")).isEqualTo(Text.of("$5"));
        assertThat(orders.limits().memory()).hasValue(1L << 30);
        assertThat(service(plan, "worker").ready()).isEqualTo(new Readiness.Started(Duration.ofSeconds(30)));
        assertThat(plan.suites())
                .containsExactly(new Suite(
                        "orders", List.of("features/"), "not @slow", 4, Duration.ofMinutes(5), List.of(), List.of()));
    }

    @Test
    void the_canonical_text_gives_the_plan_again_elsewhere() throws IOException {
        ResolvedPlan resolved = read(SHOP);

        assertThat(PlanReader.fromCanonical(resolved.canonical(), Path.of("/elsewhere/verdict.yaml")))
                .isEqualTo(resolved.plan());
        assertThat(resolved.digest()).hasSize(64).isEqualTo(read(SHOP).digest());
    }

    @Test
    void the_effective_plan_says_who_gave_each_value() throws IOException {
        String text = EffectivePlan.print(read(SHOP));

        assertThat(text.lines())
                .contains(
                        "seed: 7                                         # --seed",
                        "  home: /home/ada/data                          # verdict.yaml:2, environment",
                        "        admin: {}                               # verdict.yaml:12",
                        "        tcp: [http, admin]                      # default",
                        "        STOCK_URL: \"${stock.http.url}/5MB\"      # verdict.yaml:13");
    }
}
