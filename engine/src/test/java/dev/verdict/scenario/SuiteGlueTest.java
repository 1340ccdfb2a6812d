package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uses step classes that are compiled outside of the test's own class path, as a user's are.
final class SuiteGlueTest {
    @TempDir
    Path folder;

    @Test
    void steps_of_the_suites_class_path_run_and_see_their_own_resources() throws Exception {
        compile("""
                package shop;
                public class Steps {
                    private final dev.verdict.scenario.World world;
                    public Steps(dev.verdict.scenario.World world) { this.world = world; }
                    @io.cucumber.java.en.Given("the shop knows {string}")
                    public void knows(String word) throws Exception {
                        ClassLoader loader = Thread.currentThread().getContextClassLoader();
                        try (var in = loader.getResourceAsStream("words.txt")) {
                            String words = new String(in.readAllBytes());
                            world.evidence().observed("file", "words.txt", words, words.getBytes());
                            world.evidence().check("words", word, words, words.contains(word));
                        }
                    }
                }
                """);
        Files.writeString(folder.resolve("classes/words.txt"), "apple pear");
        Stage stage = stage("the shop knows \"pear\"");

        assertThat(stage.run().failed()).isZero();

        assertThat(stage.steps().getFirst().definition()).isEqualTo("shop.Steps.knows(java.lang.String)");
        assertThat(stage.journal.all(Event.Checked.class)).hasSize(1);
    }

    @Test
    void hooks_of_the_whole_suite_run_once_around_it() throws Exception {
        compile("""
                package shop;
                public class Steps {
                    static int all;
                    @io.cucumber.java.BeforeAll public static void open() { all += 10; }
                    @io.cucumber.java.AfterAll public static void close() { throw new IllegalStateException("all is " + all); }
                    @io.cucumber.java.en.Given("count") public void count() { all++; }
                }
                """);
        Stage stage = stage("count", "count");
        stage.workers = 3;
        stage.options = new ScenarioRunner.Options(false, 4, java.time.Duration.ofSeconds(5));

        assertThat(stage.run().failed()).isZero();

        assertThat(stage.journal.all(Event.HarnessFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.message()).contains("@AfterAll of suite s", "all is 1"));
    }

    @Test
    void a_failing_hook_before_the_suite_fails_its_scenarios_by_name() throws Exception {
        compile("""
                package shop;
                public class Steps {
                    @io.cucumber.java.BeforeAll public static void open() { throw new IllegalStateException("no key"); }
                    @io.cucumber.java.en.Given("count") public void count() { }
                }
                """);
        Stage stage = stage("count");

        assertThat(stage.run()).isEqualTo(new ScenarioRunner.Summary(1, 1, 0, 0));

        assertThat(stage.told()).containsExactly("FAILED @BeforeAll");
        assertThat(stage.steps().getFirst().error().orElseThrow()).contains("no key");
        assertThat(stage.life()).hasSize(2);
    }

    @Test
    void a_step_class_that_cannot_be_made_fails_its_step_with_the_reason() throws Exception {
        compile("""
                package shop;
                public class Steps {
                    public Steps(String what) { }
                    @io.cucumber.java.en.Given("count") public void count() { }
                }
                """);
        Stage stage = stage("count");

        stage.run();

        assertThat(stage.steps().getFirst().status()).isEqualTo(StepStatus.FAILED);
        assertThat(stage.steps().getFirst().error().orElseThrow())
                .contains("a step class is concrete and has one public constructor");
    }

    @Test
    void a_package_without_steps_is_a_problem() throws Exception {
        compile("package shop; public class Steps { @io.cucumber.java.en.Given(\"count\") public void count() { } }");
        Stage stage = stage("count");
        stage.glue = List.of("shop", "shopp");

        try (Discovered found = stage.discover()) {
            assertThat(found.problems())
                    .singleElement()
                    .satisfies(
                            problem -> assertThat(problem.message()).contains("no step or hook is in package shopp"));
        }
    }

    @Test
    void contradicting_definitions_are_a_problem_and_not_a_crash() throws Exception {
        compile("""
                package shop;
                public class Steps {
                    @io.cucumber.java.en.Given("count") public void count() { }
                    @io.cucumber.java.en.When("count") public void again() { }
                }
                """);

        try (Discovered found = stage("count").discover()) {
            assertThat(found.problems())
                    .singleElement()
                    .satisfies(
                            problem -> assertThat(problem.message()).contains("the step \"count\" is defined twice"));
        }
    }

    private Stage stage(String... steps) {
        Stage stage =
                new Stage(folder).feature("a.feature", "Feature: f", "Scenario: s", "* " + String.join("\n* ", steps));
        stage.glue = List.of("shop");
        stage.classpath = List.of("classes");
        return stage;
    }

    private void compile(String source) throws IOException {
        Path file = Files.createDirectories(folder.resolve("src/shop")).resolve("Steps.java");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int code = compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                file.toString());
        assertThat(code).isZero();
    }
}
