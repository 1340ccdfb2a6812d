package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.StepStatus;
import example.steps.GateSteps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InterruptionTest {
    @TempDir
    Path folder;

    @BeforeEach
    void reset() {
        GateSteps.reset();
    }

    @Test
    void a_hanging_step_is_named_and_interrupted_and_hooks_still_clean_up() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "@cleans",
                        "Scenario: s",
                        "* it passes",
                        "* it hangs",
                        "* it passes");
        stage.timeout = Duration.ofMillis(300);

        assertThat(stage.run().failed()).isEqualTo(1);

        assertThat(stage.told().subList(0, 3))
                .containsExactly("PASSED it passes", "FAILED it hangs", "SKIPPED it passes");
        assertThat(stage.steps().get(1).error().orElseThrow())
                .contains("the scenario took longer than 0.3 s", "java.lang.InterruptedException");
        assertThat(GateSteps.cleaned()).containsExactly("clear");
        assertThat(stage.life()).hasSize(2);
    }

    @Test
    void a_step_that_swallows_its_interruption_fails_all_the_same_and_is_the_last() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature("a.feature", "Feature: f", "Scenario: s", "* it swallows its interruption", "* it passes");
        stage.timeout = Duration.ofMillis(300);

        stage.run();

        assertThat(stage.told()).startsWith("FAILED it swallows its interruption", "SKIPPED it passes");
    }

    @Test
    void a_step_that_ignores_its_interruption_is_left_behind_and_the_run_goes_on() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "Scenario: 1",
                        "* it opens resource",
                        "* it ignores every interruption",
                        "* it passes",
                        "Scenario: 2",
                        "* it passes");
        stage.timeout = Duration.ofMillis(300);
        stage.options = new ScenarioRunner.Options(false, 1, Duration.ofMillis(200));

        assertThat(stage.run()).isEqualTo(new ScenarioRunner.Summary(2, 1, 0, 0));

        String first = "s/features/a.feature:2";
        assertThat(stage.steps(first)).last().satisfies(step -> {
            assertThat(step.text()).isEqualTo("it ignores every interruption");
            assertThat(step.status()).isEqualTo(StepStatus.FAILED);
            assertThat(step.error().orElseThrow()).contains("ignored the interruption", "was left behind");
        });
        assertThat(stage.life())
                .containsExactly(
                        "started " + first,
                        "ended " + first,
                        "started s/features/a.feature:6",
                        "ended s/features/a.feature:6");
        assertThat(stage.system.released()).contains(first);

        int told = stage.journal.entries().size();
        GateSteps.gate("end of ignoring", 1).countDown();
        assertThat(GateSteps.gate("ignoring ended", 1).await(10, TimeUnit.SECONDS))
                .isTrue();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(first)));
        assertThat(stage.journal.entries())
                .as("a scenario that was left behind does not testify")
                .hasSize(told);
    }

    @Test
    void stopping_interrupts_what_runs_and_skips_the_rest() throws Exception {
        Stage stage = new Stage(folder)
                .feature("a.feature", "Feature: f", "Scenario: 1", "* it hangs", "Scenario: 2", "* it passes");
        ScenarioRunner runner = stage.runner();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<ScenarioRunner.Summary> run = executor.submit(() -> stage.run(runner));
            assertThat(GateSteps.gate("hanging", 1).await(20, TimeUnit.SECONDS)).isTrue();
            runner.stop("ctrl-C");
            assertThat(run.get(20, TimeUnit.SECONDS)).isEqualTo(new ScenarioRunner.Summary(1, 0, 0, 2));
        }

        assertThat(stage.steps().getFirst().status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(stage.steps().getFirst().error().orElseThrow()).startsWith("ctrl-C");
        assertThat(stage.life())
                .containsExactlyInAnyOrder(
                        "started s/features/a.feature:2",
                        "skipped s/features/a.feature:4: ctrl-C",
                        "skipped s/features/a.feature:2: ctrl-C",
                        "ended s/features/a.feature:2");
        assertThat(stage.journal.all(Event.SuiteEnded.class)).hasSize(1);
    }

    @Test
    void interrupting_the_thread_ends_every_scenario_before_it_is_thrown() throws Exception {
        Stage stage = new Stage(folder).feature("a.feature", "Feature: f", "Scenario: 1", "* it hangs");
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Future<?> run =
                    executor.submit(() -> assertThatThrownBy(stage::run).isInstanceOf(InterruptedException.class));
            assertThat(GateSteps.gate("hanging", 1).await(20, TimeUnit.SECONDS)).isTrue();
            executor.shutdownNow();
            run.get(20, TimeUnit.SECONDS);
        } finally {
            executor.close();
        }
        assertThat(stage.life()).last().isEqualTo("ended s/features/a.feature:2");
    }
}
