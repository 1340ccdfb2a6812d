package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event.StepStatus;
import example.steps.GateSteps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ParallelTest {
    @TempDir
    Path folder;

    @BeforeEach
    void reset() {
        GateSteps.reset();
    }

    @Test
    void as_many_scenarios_run_side_by_side_as_there_are_workers() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "Scenario Outline: <n>",
                        "* it enters the narrow place",
                        "* 3 meet at place<n>",
                        "Examples:",
                        "| n |",
                        "| 1 |",
                        "| 1 |",
                        "| 1 |",
                        "| 2 |",
                        "| 2 |",
                        "| 2 |");
        stage.workers = 3;

        assertThat(stage.run().failed()).isZero();
        assertThat(GateSteps.mostInside()).isEqualTo(3);
    }

    @Test
    void scenarios_of_one_resource_never_overlap_though_others_pass_them() throws InterruptedException {
        // The first holds the resource until the last has run: the second had every chance to start.
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "@exclusive:db",
                        "Scenario: first",
                        "* it enters the narrow place",
                        "* it waits for gate last",
                        "@exclusive:db",
                        "Scenario: second",
                        "* it enters the narrow place",
                        "@exclusive:other",
                        "Scenario: last",
                        "* gate last opens");
        stage.workers = 3;

        assertThat(stage.run().failed()).isZero();
        assertThat(GateSteps.mostInside()).isEqualTo(1);
        assertThat(stage.life().indexOf("started s/features/a.feature:7"))
                .isGreaterThan(stage.life().indexOf("ended s/features/a.feature:3"));
    }

    @Test
    void an_exclusive_scenario_runs_alone() throws InterruptedException {
        List<String> lines = new ArrayList<>(List.of("Feature: f"));
        for (int i = 0; i < 20; i++) {
            lines.addAll(List.of(i % 5 == 2 ? "@exclusive" : "@free", "Scenario: " + i, "* it passes"));
        }
        Stage stage = new Stage(folder).feature("a.feature", lines.toArray(String[]::new));
        stage.workers = 4;

        stage.run();

        assertThat(stage.steps()).hasSize(20).allMatch(step -> step.status() == StepStatus.PASSED);
        List<String> life = stage.life();
        for (int i = 2; i < 20; i += 5) {
            String id = "s/features/a.feature:" + (i * 3 + 3);
            assertThat(life.indexOf("ended " + id))
                    .as("nothing happens between the start and the end of " + id)
                    .isEqualTo(life.indexOf("started " + id) + 1);
        }
    }

    @Test
    void one_worker_keeps_the_order_of_the_files() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature("b.feature", "Feature: f", "Scenario: 1", "* it passes")
                .feature("a.feature", "Feature: f", "Scenario: 1", "* it passes", "Scenario: 2", "* it passes");

        stage.run();

        assertThat(stage.life().stream().filter(line -> line.startsWith("started")))
                .containsExactly(
                        "started s/features/a.feature:2",
                        "started s/features/a.feature:4",
                        "started s/features/b.feature:2");
    }
}
