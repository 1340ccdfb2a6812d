package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsTest {
    private static final String PLAN = """
            plan: shop
            seed: 7
            system:
              services:
                stock: { command: [java, -jar, stock.jar], ports: { http: { env: PORT } } }
                orders: { command: [java], env: { STOCK: "${stock.http.url}" } }
            environments:
              image:
                services:
                  stock: { image: "stock:7", ports: { http: { container: 8080 } } }
              staging:
                existing:
                  stock: { http: "http://staging.example.org" }
                services:
                  orders: { command: [java], env: { STOCK: "${stock.http.url}" } }
            phases: [{ name: all, suites: [{ name: all, features: . }] }]
            """;

    @TempDir
    Path folder;

    private ResolvedPlan read(Optional<String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("verdict.yaml"), PLAN);
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of(), environment))
                .getFirst();
    }

    private static Service stock(ResolvedPlan resolved) {
        return Objects.requireNonNull(resolved.plan().services().get("stock"));
    }

    private ResolvedPlan compose(String network) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), """
                services:
                  stock: { image: "stock:7", ports: ["8080"] }
                  orders: { image: "orders:7", %s, expose: ["8081"] }
                """.formatted(network));
        Path file = Files.writeString(folder.resolve("verdict.yaml"), """
                plan: shop
                seed: 7
                system:
                  compose: compose.yaml
                  services: { orders: { env: { STOCK: "${stock.8080.url}" } } }
                phases: [{ name: all, suites: [{ name: all, features: . }] }]
                """);
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of()))
                .getFirst();
    }

    @Test
    void a_compose_service_on_this_machines_network_has_an_env_of_the_plans() throws IOException {
        ResolvedPlan resolved = compose("network_mode: host");

        Service orders = Objects.requireNonNull(resolved.plan().services().get("orders"));
        assertThat(orders.env()).containsOnlyKeys("STOCK");
        assertThat(PlanReader.fromCanonical(resolved.canonical(), resolved.file()))
                .isEqualTo(resolved.plan());
        assertThatThrownBy(() -> compose("labels: {}"))
                .hasMessageContaining(
                        "verdict.yaml:5:30: env: the Compose file says that, unless the service has 'network_mode: host'");
    }

    @Test
    void without_a_name_the_system_is_the_plans_own() throws IOException {
        Plan plan = read(Optional.empty()).plan();

        assertThat(plan.name()).isEqualTo("shop");
        assertThat(plan.services()).containsOnlyKeys("stock", "orders");
        assertThat(plan.services().values())
                .allMatch(service -> service.runs() instanceof Runs.LocalProcess, "is a process");
    }

    @Test
    void a_named_environment_takes_the_place_of_the_system_as_a_whole() throws IOException {
        ResolvedPlan resolved = read(Optional.of("image"));

        assertThat(resolved.plan().name()).isEqualTo("shop [image]");
        assertThat(resolved.plan().services()).containsOnlyKeys("stock");
        assertThat(stock(resolved).runs()).isInstanceOf(Runs.Container.class);
        assertThat(resolved.canonical()).doesNotContain("environments", "orders");
        assertThat(PlanReader.fromCanonical(resolved.canonical(), resolved.file()))
                .isEqualTo(resolved.plan());
        assertThat(Objects.requireNonNull(resolved.sources().get("system.services.stock.image"))
                        .position()
                        .line())
                .as("where it stands in the file")
                .isEqualTo(10);
    }

    @Test
    void what_runs_already_is_known_by_its_addresses() throws IOException {
        Service stock = stock(read(Optional.of("staging")));

        assertThat(stock.runs())
                .isEqualTo(new Runs.Existing(Map.of("http", new Runs.Location("staging.example.org", 80))));
    }

    @Test
    void an_unknown_name_is_told_with_the_nearest() {
        assertThatThrownBy(() -> read(Optional.of("stagin")))
                .isInstanceOf(PlanException.class)
                .hasMessageEndingWith("verdict.yaml:7:1: --environment stagin: the plan has no such environment; it has"
                        + " image and staging; did you mean 'staging'?");
    }
}
