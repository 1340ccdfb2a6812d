package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Finds mistakes of a plan that its Compose file makes: they are told with their places there.
final class ComposePlansTest {
    private static final String PLAN = """
            plan: shop
            system: { compose: compose.yaml }
            phases: [{ name: all, suites: [{ name: a, features: features }] }]
            """;

    @TempDir
    Path folder;

    private List<String> mistakes(String compose, String plan) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), compose);
        Files.writeString(folder.resolve("verdict.yaml"), plan);
        Files.createDirectories(folder.resolve("features"));
        return catchThrowableOfType(
                        PlanException.class,
                        () -> PlanReader.read(
                                folder.resolve("verdict.yaml"),
                                new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of())))
                .problems()
                .stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    @Test
    void two_services_at_one_port_of_this_machine() throws IOException {
        assertThat(mistakes("""
                services:
                  a: { image: x, ports: ["8000:8000"] }
                  b: { image: x, ports: ["8000:9000"] }
                """, PLAN)).containsExactly("compose.yaml:3:26: fixed: 8000 is taken by a.8000 already");
    }

    @Test
    void a_port_that_the_plan_names_and_the_file_numbers() throws IOException {
        assertThat(mistakes("""
                services:
                  a: { image: x, ports: ["8000:8000"] }
                  b: { image: x, ports: ["8000:9000"] }
                """, """
                plan: shop
                system:
                  compose: compose.yaml
                  services: { b: { ports: { http: { container: 9000 } } } }
                phases: [{ name: all, suites: [{ name: a, features: features }] }]
                """)).singleElement().asString().contains("fixed: 8000 is taken by");
    }

    @Test
    void services_that_wait_for_each_other_or_themselves() throws IOException {
        assertThat(mistakes("""
                services:
                  a: { image: x, depends_on: [b] }
                  b: { image: x, depends_on: [a] }
                  c: { image: x, depends_on: [c] }
                """, PLAN))
                .containsExactly(
                        "compose.yaml:2:3: needs: a → b → a is a circle; none of these can start first",
                        "compose.yaml:4:3: needs: a service cannot need itself");
    }

    @Test
    void services_whose_ports_would_be_handed_over_as_one() throws IOException {
        assertThat(mistakes("""
                services:
                  a-b: { image: x, ports: ["80"] }
                  a_b: { image: x, ports: ["80"] }
                """, PLAN))
                .singleElement()
                .asString()
                .startsWith("compose.yaml:3:28: ports: a_b.80 and a-b.80");
    }

    @Test
    void a_file_in_which_every_service_is_switched_off() throws IOException {
        assertThat(mistakes("services: { a: { image: x, profiles: [p] } }", PLAN))
                .singleElement()
                .asString()
                .startsWith("verdict.yaml:2:")
                .contains("compose: the file has no service that is switched on; `profiles` switches some on");
    }
}
