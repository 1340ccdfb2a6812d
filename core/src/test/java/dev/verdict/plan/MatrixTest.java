package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {
    private static final String PLAN = """
            plan: shop
            matrix: { db: [h2, sqlite], size: [1MB, "${LARGE}"] }
            vars: { data: "data/${db}/${size}", mode: slow }
            system: { services: { a: { command: [run, "${data}", "${mode}"] } } }
            phases:
              - name: one
                suites: [{ name: "on ${db}", features: features }]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void features() throws IOException {
        Files.createDirectories(folder.resolve("features"));
    }

    private List<ResolvedPlan> read(String yaml, Map<String, String> vars) throws IOException {
        Path file = Files.writeString(folder.resolve("verdict.yaml"), yaml);
        return PlanReader.read(file, new PlanReader.Options(vars, OptionalLong.empty(), Map.of("LARGE", "1GB")));
    }

    @Test
    void each_combination_is_a_plan() throws IOException {
        List<Plan> plans = read(PLAN, Map.of()).stream().map(ResolvedPlan::plan).toList();

        assertThat(plans)
                .extracting(Plan::name)
                .containsExactly(
                        "shop [db=h2, size=1MB]",
                        "shop [db=h2, size=1GB]",
                        "shop [db=sqlite, size=1MB]",
                        "shop [db=sqlite, size=1GB]");
        assertThat(plans.get(3).vars())
                .containsExactly(
                        Map.entry("db", "sqlite"),
                        Map.entry("size", "1GB"),
                        Map.entry("data", "data/sqlite/1GB"),
                        Map.entry("mode", "slow"));
        assertThat(plans.get(3).suites()).extracting(Suite::name).containsExactly("on sqlite");
        assertThat(plans).extracting(Plan::seed).containsOnly(plans.getFirst().seed());
    }

    @Test
    void a_variable_given_picks_a_cell_and_wins_over_the_plan() throws IOException {
        List<ResolvedPlan> plans = read(PLAN, Map.of("db", "sqlite", "size", "1GB", "mode", "$fast"));

        assertThat(plans).hasSize(1);
        ResolvedPlan resolved = plans.getFirst();
        assertThat(resolved.plan().vars()).containsEntry("mode", "$fast").containsEntry("data", "data/sqlite/1GB");
        assertThat(resolved.sources().get("vars.mode"))
                .isNotNull()
                .extracting("origin")
                .isEqualTo("--var");
        assertThat(EffectivePlan.print(resolved).lines())
                .contains(
                        "plan: \"shop [db=sqlite, size=1GB]\"              # verdict.yaml:1, matrix",
                        "  db: sqlite                                    # --var",
                        "  mode: \"$$fast\"                                # --var",
                        "        - data/sqlite/1GB                       # verdict.yaml:4, --var");
    }

    @Test
    void a_cells_canonical_text_stands_alone() throws IOException {
        for (ResolvedPlan resolved : read(PLAN, Map.of())) {
            assertThat(PlanReader.fromCanonical(resolved.canonical(), Path.of("verdict.yaml")))
                    .isEqualTo(resolved.plan());
        }
    }
}
