package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    /// Returns the plan in the resources.
    static String shop() throws IOException {
        try (InputStream input =
                Objects.requireNonNull(PlanReaderTest.class.getResourceAsStream("shop/verdict.yaml"))) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_plan_becomes_records_with_its_defaults() throws IOException {
        Plan plan = read(shop()).plan();

        assertThat(plan.name()).isEqualTo("shop");
        assertThat(plan.seed()).isEqualTo(7);
        assertThat(plan.vars()).containsExactly(Map.entry("size", "5MB"), Map.entry("home", "/home/ada/data"));
        assertThat(plan.services()).containsOnlyKeys("stock", "orders", "worker");
        Service stock = service(plan, "stock");
        assertThat(stock.process().command())
                .containsExactly(Text.of("java"), Text.of("-jar"), Text.of("stock-5MB.jar"));
        assertThat(stock.ready()).isEqualTo(new Readiness.Http("http", "/health", 200, Duration.ofSeconds(20)));
        assertThat(stock.stop()).isEqualTo(new Stop("TERM", Duration.ofSeconds(10)));
        Service orders = service(plan, "orders");
        assertThat(orders.ports()).containsEntry("http", new Port("http", Optional.empty(), OptionalInt.of(8080)));
        assertThat(orders.ready()).isEqualTo(new Readiness.Tcp(List.of("http", "admin"), Duration.ofSeconds(30)));
        assertThat(orders.env().get("STOCK_URL"))
                .isEqualTo(new Text(List.of(new Text.Address("stock", "http", "url"), new Text.Literal("/5MB"))));
        assertThat(orders.env().get("COST")).isEqualTo(Text.of("$5"));
        assertThat(orders.process().limits().memory()).hasValue(1L << 30);
        assertThat(service(plan, "worker").ready()).isEqualTo(new Readiness.Started(Duration.ofSeconds(30)));
        assertThat(plan.suites())
                .containsExactly(new Suite(
                        "orders", List.of("features/"), "not @slow", 4, Duration.ofMinutes(5), List.of(), List.of()));
    }

    @Test
    void the_canonical_text_gives_the_plan_again_elsewhere() throws IOException {
        ResolvedPlan resolved = read(shop());

        assertThat(PlanReader.fromCanonical(resolved.canonical(), Path.of("/elsewhere/verdict.yaml")))
                .isEqualTo(resolved.plan());
        assertThat(resolved.digest()).hasSize(64).isEqualTo(read(shop()).digest());
    }

    @Test
    void the_effective_plan_says_who_gave_each_value() throws IOException {
        String text = EffectivePlan.print(read(shop()));

        assertThat(text.lines())
                .contains(
                        "seed: 7                                         # --seed",
                        "  home: /home/ada/data                          # verdict.yaml:2, environment",
                        "        admin: {}                               # verdict.yaml:12",
                        "        tcp: [http, admin]                      # default",
                        "        STOCK_URL: \"${stock.http.url}/5MB\"      # verdict.yaml:13");
    }

    @Test
    void a_secret_is_never_filled_in() throws IOException {
        String yaml = """
                plan: p
                secrets: [TOKEN, { name: KEY, file: key.txt }]
                system: { services: { a: { command: [x, "${TOKEN}-${KEY}"] } } }
                phases: [{ name: a, suites: [{ name: b, load: { request: { sql: SELECT 1, at: "jdbc:x://u:${TOKEN}@h" }, users: 1, for: 1s } }] }]
                """;
        Files.writeString(folder.resolve("key.txt"), "k3y");
        ResolvedPlan resolved = all(
                        yaml, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of("TOKEN", "t0ken")))
                .getFirst();

        assertThat(service(resolved.plan(), "a").process().command().get(1))
                .isEqualTo(new Text(
                        List.of(new Text.SecretValue("TOKEN"), new Text.Literal("-"), new Text.SecretValue("KEY"))));
        assertThat(resolved.toString()).doesNotContain("t0ken").doesNotContain("k3y");
        assertThat(EffectivePlan.print(resolved))
                .contains("\"${TOKEN}-${KEY}\"")
                .contains("jdbc:x://u:${TOKEN}@h")
                .doesNotContain("t0ken");
        assertThat(resolved.canonical()).contains("u:${TOKEN}@h").doesNotContain("t0ken");
    }

    @Test
    void the_seed_is_given_planned_or_generated_and_recorded() throws IOException {
        String rest = "\nphases: [{ name: a, suites: [{ name: b, features: features }] }]\n";
        PlanReader.Options open = new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of());

        ResolvedPlan given = read("plan: p\nseed: 5" + rest);
        ResolvedPlan planned = all("plan: p\nseed: 5" + rest, open).getFirst();
        ResolvedPlan generated = all("plan: p\nseed: random" + rest, open).getFirst();

        assertThat(given.plan().seed()).isEqualTo(7);
        assertThat(planned.plan().seed()).isEqualTo(5);
        assertThat(generated.plan().seed()).isPositive();
        assertThat(generated.canonical())
                .contains("\"seed\":" + generated.plan().seed());
        assertThat(List.of(given, planned, generated))
                .extracting(plan ->
                        Objects.requireNonNull(plan.sources().get("seed")).origin())
                .containsExactly("--seed", "plan", "generated");
    }

    @Test
    void the_effective_plan_is_a_plan_again() throws IOException {
        ResolvedPlan resolved = read(shop());

        assertThat(read(EffectivePlan.print(resolved)).plan()).isEqualTo(resolved.plan());
    }
}
