package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CanonicalTest {
    private static final Path FILE = Path.of("/nowhere/verdict.yaml");

    @Test
    void any_plan_comes_back_from_its_canonical_text() {
        for (long seed = 0; seed < 400; seed++) {
            Plan plan = new RandomPlans(seed).plan();
            String canonical = Canonical.text(plan);

            assertThat(PlanReader.fromCanonical(canonical, FILE))
                    .as("seed %d: %s", seed, canonical)
                    .isEqualTo(plan);
            assertThat(Canonical.text(new RandomPlans(seed).plan())).isEqualTo(canonical);
        }
    }

    @Test
    void the_digest_is_of_the_text() {
        assertThat(Canonical.digest("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void what_is_not_resolved_is_not_canonical() {
        String phases = "phases: [{ name: a, suites: [{ name: b, features: f }] }]";

        assertThatThrownBy(() -> PlanReader.fromCanonical("plan: p\n" + phases, FILE))
                .isInstanceOf(PlanException.class)
                .hasMessage("/nowhere/verdict.yaml:1:1: seed: a resolved plan has a number");
        assertThatThrownBy(() -> PlanReader.fromCanonical("plan: ${X}\nseed: 1\n" + phases, FILE))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("variable 'X' is not set");
        assertThatThrownBy(() -> PlanReader.fromCanonical("plan: p\nseed: 1\nmatrix: { a: [b] }\n" + phases, FILE))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("matrix: a resolved plan has none");
    }
}
