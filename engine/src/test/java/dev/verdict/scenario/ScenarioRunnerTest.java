package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.Keyword;
import dev.verdict.journal.Event.StepStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScenarioRunnerTest {
    @TempDir
    Path folder;

    @Test
    void steps_are_told_with_status_keyword_line_and_definition() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "  Scenario: one",
                        "    Given it passes",
                        "    And it passes",
                        "    When it fails",
                        "    Then it passes");

        assertThat(stage.run()).isEqualTo(new ScenarioRunner.Summary(1, 1, 0, 0));

        assertThat(stage.told())
                .containsExactly("PASSED it passes", "PASSED it passes", "FAILED it fails", "SKIPPED it passes");
        assertThat(stage.steps()).extracting(Event.StepEnded::index).containsExactly(0, 1, 2, 3);
        assertThat(stage.steps()).extracting(Event.StepEnded::line).containsExactly(3, 4, 5, 6);
        assertThat(stage.steps())
                .extracting(Event.StepEnded::keyword)
                .containsExactly(Keyword.GIVEN, Keyword.GIVEN, Keyword.WHEN, Keyword.THEN);
        assertThat(stage.steps().getFirst().definition()).isEqualTo("example.steps.PlainSteps.passes()");
        assertThat(stage.steps().get(2).error().orElseThrow())
                .startsWith("expected an apple\n  at example.steps.PlainSteps.fails(PlainSteps.java:")
                .doesNotContain("io.cucumber")
                .hasLineCount(2);
        assertThat(stage.life()).containsExactly("started s/features/a.feature:2", "ended s/features/a.feature:2");
        assertThat(stage.system.released()).containsExactly("s/features/a.feature:2");
    }

    @Test
    void an_error_shows_its_class_and_cause() throws InterruptedException {
        Stage stage = new Stage(folder).feature("a.feature", "Feature: f", "Scenario: s", "* it breaks");

        stage.run();

        assertThat(stage.steps().getFirst().error().orElseThrow())
                .startsWith("java.lang.IllegalStateException: broken\n  at example.steps.PlainSteps.breaks(")
                .contains("caused by: java.lang.RuntimeException: the reason");
    }

    @Test
    void pending_undefined_and_ambiguous_steps_are_told_as_such() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "Scenario: p",
                        "* it is pending",
                        "Scenario: u",
                        "* it pases",
                        "* it passes",
                        "* a pear is put in a basket",
                        "Scenario: a",
                        "* an ambiguous step");

        assertThat(stage.run().failed()).isZero();

        assertThat(stage.told())
                .containsExactly(
                        "PENDING it is pending",
                        "UNDEFINED it pases",
                        "SKIPPED it passes",
                        "UNDEFINED a pear is put in a basket",
                        "AMBIGUOUS an ambiguous step");
        assertThat(stage.steps().get(1).error().orElseThrow())
                .contains("no step matches: it pases", "nearest known step: it passes", "public void itPases()");
        assertThat(stage.steps().get(3).error().orElseThrow())
                .contains("nearest known step: a(n) {fruit} is put into the basket");
        assertThat(stage.steps().get(4).error().orElseThrow())
                .contains("more than one step matches", "\"an ambiguous step\"", "\"an ambiguous {word}\"");
    }

    @Test
    void an_assumption_skips_the_scenario_and_says_who() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature("a.feature", "Feature: f", "Scenario: s", "* an assumption does not hold", "* it passes");

        assertThat(stage.run()).isEqualTo(new ScenarioRunner.Summary(1, 0, 0, 1));

        assertThat(stage.told()).containsExactly("SKIPPED an assumption does not hold", "SKIPPED it passes");
        assertThat(stage.life())
                .containsExactly(
                        "started s/features/a.feature:2",
                        "skipped s/features/a.feature:2: no docker here",
                        "ended s/features/a.feature:2");
    }

    @Test
    void outlines_rules_backgrounds_tables_and_texts_run() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "  Background:",
                        "    Given it passes",
                        "  Rule: r",
                        "    Background:",
                        "      Given a pear is put into the basket",
                        "    Scenario Outline: <fruit>",
                        "      When an <fruit> is put into the basket",
                        "      Then the basket holds \"pear <fruit>\"",
                        "      Examples:",
                        "        | fruit |",
                        "        | apple |",
                        "        | pear  |",
                        "  Scenario: data",
                        "    Then the table adds up to 5",
                        "      | price |",
                        "      | 2     |",
                        "      | 3     |",
                        "    And the text has 2 lines",
                        "      \"\"\"",
                        "      a",
                        "      b",
                        "      \"\"\"");

        stage.run();

        assertThat(stage.journal.all(Event.ScenarioFound.class))
                .extracting(Event.ScenarioFound::id)
                .containsExactly("s/features/a.feature:12", "s/features/a.feature:13", "s/features/a.feature:14");
        assertThat(stage.steps()).allMatch(step -> step.status() == StepStatus.PASSED);
        assertThat(stage.steps("s/features/a.feature:12")).hasSize(4);
    }

    @Test
    void hooks_are_steps_and_share_objects_with_them() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "@hooked",
                        "Feature: f",
                        "  Scenario: one",
                        "    When an apple is put into the basket",
                        "    And it attaches \"a text\"");

        stage.run();

        assertThat(stage.told().getFirst()).startsWith("PASSED example.steps.PlainSteps.before(");
        assertThat(stage.steps().getFirst().line()).isZero();
        assertThat(stage.journal.all(Event.Observed.class))
                .extracting(Event.Observed::summary)
                .containsExactly("s/features/a.feature:3:before apple after");
        assertThat(stage.journal.all(Event.Attached.class))
                .extracting(Event.Attached::name, Event.Attached::mediaType, Event.Attached::step)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("note", "text/plain", 2),
                        org.assertj.core.groups.Tuple.tuple("log", "text/plain", 2));
        assertThat(stage.blobs.getFirst()).asString().isEqualTo("a text");
    }

    @Test
    void a_failing_hook_fails_the_scenario() throws InterruptedException {
        Stage stage =
                new Stage(folder).feature("a.feature", "Feature: f", "@fails-after", "Scenario: s", "* it passes");

        assertThat(stage.run().failed()).isEqualTo(1);

        assertThat(stage.steps()).anySatisfy(step -> {
            assertThat(step.status()).isEqualTo(StepStatus.FAILED);
            assertThat(step.error().orElseThrow()).startsWith("the hook found a leftover");
        });
    }

    @Test
    void what_steps_opened_is_closed_in_reverse_order_before_the_scenario_ends() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature("a.feature", "Feature: f", "Scenario: s", "* it opens first", "* it opens second");

        stage.run();

        assertThat(stage.journal.all(Event.Observed.class))
                .extracting(Event.Observed::source)
                .containsExactly("second", "first");
        assertThat(stage.journal
                        .entries()
                        .get(stage.journal.entries().size() - 2)
                        .event())
                .isInstanceOf(Event.ScenarioEnded.class);
    }

    @Test
    void what_cannot_be_closed_fails_the_scenario() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature("a.feature", "Feature: f", "Scenario: s", "* it opens something that cannot be closed");

        assertThat(stage.run().failed()).isEqualTo(1);

        assertThat(stage.steps().getLast().text()).isEqualTo("closing what the steps opened");
        assertThat(stage.steps().getLast().error().orElseThrow()).contains("stuck");
    }

    @Test
    void fail_fast_skips_the_rest_and_says_so() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "Scenario: 1",
                        "* it passes",
                        "Scenario: 2",
                        "* it fails",
                        "Scenario: 3",
                        "* it passes");
        stage.options = new ScenarioRunner.Options(true, 1, Duration.ofSeconds(5));

        assertThat(stage.run()).isEqualTo(new ScenarioRunner.Summary(2, 1, 0, 1));

        assertThat(stage.life().getLast())
                .isEqualTo("skipped s/features/a.feature:6: --fail-fast: s/features/a.feature:4 failed");
    }

    @Test
    void a_repetition_has_an_id_of_its_own() throws InterruptedException {
        Stage stage = new Stage(folder).feature("a.feature", "Feature: f", "Scenario: 1", "* it passes");
        stage.options = new ScenarioRunner.Options(false, 3, Duration.ofSeconds(5));

        assertThat(stage.run().ran()).isEqualTo(3);

        assertThat(stage.journal.all(Event.ScenarioEnded.class))
                .extracting(Event.ScenarioEnded::id)
                .containsExactly("s/features/a.feature:2", "s/features/a.feature:2#2", "s/features/a.feature:2#3");
        assertThat(stage.journal.all(Event.SuiteStarted.class).getFirst().selected())
                .isEqualTo(3);
    }

    @Test
    void an_unusable_environment_blocks_each_scenario_that_would_start() throws InterruptedException {
        Stage stage = new Stage(folder)
                .feature("a.feature", "Feature: f", "Scenario: 1", "* it passes", "Scenario: 2", "* it passes");
        int[] asked = {0};

        try (Discovered discovered = stage.discover()) {
            ScenarioRunner.Summary summary = stage.runner()
                    .run("p", discovered, () -> asked[0]++ == 0 ? Optional.empty() : Optional.of("orders is gone"));
            assertThat(summary).isEqualTo(new ScenarioRunner.Summary(1, 0, 1, 0));
        }
        assertThat(stage.life()).contains("blocked s/features/a.feature:4: orders is gone");
    }

    @Test
    void a_blocked_suite_is_told_whole() {
        Stage stage = new Stage(folder).feature("a.feature", "Feature: f", "Scenario: 1", "* it passes");

        try (Discovered discovered = stage.discover()) {
            stage.runner().block("p", discovered, "phase one did not pass");
        }

        assertThat(stage.life()).containsExactly("blocked s/features/a.feature:2: phase one did not pass");
        assertThat(stage.journal.all(Event.SuiteEnded.class)).hasSize(1);
    }

    @Test
    void a_suite_with_problems_does_not_run() {
        Stage stage = new Stage(folder).feature("a.feature", "nonsense");

        assertThatThrownBy(stage::run).isInstanceOf(IllegalArgumentException.class);
        assertThat(stage.journal.entries()).isEmpty();
    }

    @Test
    void a_scenario_without_steps_starts_and_ends() throws InterruptedException {
        Stage stage = new Stage(folder).feature("a.feature", "Feature: f", "Scenario: nothing");

        stage.run();

        assertThat(stage.life()).hasSize(2);
        assertThat(stage.steps()).isEmpty();
    }
}
