package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.Suite;
import dev.verdict.scenario.Discovered;
import dev.verdict.scenario.Discovery;
import dev.verdict.scenario.Selection;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepCatalogTest {
    @TempDir
    Path folder;

    @Test
    void every_step_of_the_package_is_documented() throws IOException {
        List<String> undocumented = allClasses()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(StepCatalogTest::isStep)
                .filter(method -> method.getAnnotationsByType(Doc.class).length == 0
                        || !StepCatalog.CLASSES.contains(method.getDeclaringClass()))
                .map(Method::toString)
                .toList();
        assertThat(undocumented).isEmpty();
        assertThat(StepCatalog.all()).hasSizeGreaterThan(80);
        assertThat(StepCatalog.all()).extracting(StepCatalog.KnownStep::family).contains(Family.values());
        assertThat(StepCatalog.all()).allSatisfy(step -> {
            assertThat(step.text()).endsWith(".");
            assertThat(step.example()).matches("(?s)(Given|When|Then) .+");
        });
    }

    @Test
    void each_example_is_one_known_step_and_no_other() throws IOException {
        assertThat(loose(StepCatalog.all().stream()
                        .map(StepCatalog.KnownStep::example)
                        .toList()))
                .isEmpty();
        assertThat(loose(List.of("Given the moon is full")))
                .as("and this test can see it")
                .hasSize(1);
    }

    @Test
    void an_example_shows_the_step_that_it_stands_beside() throws Exception {
        for (StepCatalog.KnownStep step : StepCatalog.all()) {
            List<String> fixed = Stream.of(step.expression().split("\\{[^}]*}"))
                    .map(part -> part.replaceAll("\\(.*?\\)|\\S+/\\S+", "§"))
                    .flatMap(part -> Stream.of(part.split("§")))
                    .map(String::strip)
                    .toList();
            assertThat(step.sentence()).as(step.expression()).contains(fixed);
        }
    }

    @Test
    void words_find_steps() {
        assertThat(StepCatalog.search(List.of("redis")))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.toString()).containsIgnoringCase("redis"));
        assertThat(StepCatalog.search(List.of("Times at ONCE"))).hasSizeBetween(2, 4);
        assertThat(StepCatalog.search(List.of("no such word at all"))).isEmpty();
    }

    @Test
    void the_nearest_step_is_proposed() {
        assertThat(StepCatalog.nearest("the response status is 200")
                        .orElseThrow()
                        .expression())
                .isEqualTo("{patience}the status is {statuses}");
        assertThat(StepCatalog.nearest("GET \"/x\" was sent to \"a\"")
                        .orElseThrow()
                        .expression())
                .isEqualTo("{method} {string} is sent to {string}");
        assertThat(StepCatalog.nearest("I drink a cup of tea")).isEmpty();
    }

    @Test
    void the_page_is_current() throws IOException {
        Path page = Path.of("..", "docs", "steps.md");
        if (Boolean.getBoolean("verdict.docs.write")) {
            Files.writeString(page, StepsPage.markdown());
        }
        assertThat(page)
                .as("written anew by -Dverdict.docs.write=true")
                .content()
                .isEqualTo(StepsPage.markdown());
    }

    /// Returns the steps that no definition matches, or several.
    private List<String> loose(List<String> steps) throws IOException {
        Path features = Files.createDirectories(folder.resolve("features"));
        Files.writeString(
                features.resolve("a.feature"),
                "Feature: f\n" + "Scenario: s\n" + steps.stream().collect(Collectors.joining("\n")) + "\n");
        Suite suite = new Suite("s", List.of("features"), "", 1, Duration.ofSeconds(60), List.of(), List.of());
        try (Discovered discovered =
                new Discovery(folder.resolve("verdict.yaml"), java.util.Set.of()).discover(suite, Selection.ALL)) {
            assertThat(discovered.selected()).hasSize(1);
            return discovered.looseSteps().stream().map(Object::toString).toList();
        }
    }

    private static boolean isStep(Method method) {
        return method.isAnnotationPresent(Given.class)
                || method.isAnnotationPresent(When.class)
                || method.isAnnotationPresent(Then.class);
    }

    /// Returns the classes of the package as they were compiled, so that none is forgotten.
    private static Stream<Class<?>> allClasses() throws IOException {
        Path compiled = Path.of(HttpSteps.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolve("dev/verdict/scenario/steps");
        try (Stream<Path> files = Files.list(compiled)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())))
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(HttpSteps.class.getPackageName() + "." + name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
