package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Reads and runs what real projects have: thousands of scenarios whose steps nobody here knows.
@Tag("slow")
@Timeout(120)
final class LargeFeaturesTest {
    private static final int FILES = 200;
    private static final int SCENARIOS = 10;
    private static final int STEPS = 10;

    @TempDir
    Path folder;

    @Test
    void twenty_thousand_undefined_steps_are_reported_in_seconds() throws InterruptedException {
        Stage stage = new Stage(folder);
        for (int file = 0; file < FILES; file++) {
            stage.feature("f" + file + ".feature", feature(file));
        }
        long start = System.nanoTime();

        try (Discovered found = stage.discover()) {
            assertThat(found.selected()).hasSize(FILES * SCENARIOS);
            assertThat(found.looseSteps()).hasSize(FILES * SCENARIOS * STEPS);
            assertThat(took(start)).isLessThan(Duration.ofSeconds(30));
        }
        assertThat(stage.run().ran()).isEqualTo(FILES * SCENARIOS);
        assertThat(took(start)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void a_huge_table_and_a_huge_outline_are_read() {
        StringBuilder text = new StringBuilder("Feature: f\nScenario: table\n* nobody knows\n");
        for (int i = 0; i < 50_000; i++) {
            text.append("| a").append(i).append(" | b | c | d |\n");
        }
        text.append("Scenario Outline: <n>\n* it passes\n* an order <n>\nExamples:\n| n |\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("| ").append(i).append(" |\n");
        }
        try (Discovered found =
                new Stage(folder).feature("a.feature", text.toString()).discover()) {
            assertThat(found.problems()).isEmpty();
            assertThat(found.selected()).hasSize(5_001);
        }
    }

    /// Reads the folder that `-Dfeatures=FOLDER` names, and prints what it took.
    @Test
    void a_folder_of_real_features_is_read_without_a_crash() throws IOException, InterruptedException {
        String real = System.getProperty("features", "");
        Assumptions.assumeFalse(real.isEmpty(), "no -Dfeatures=FOLDER is given");
        Files.createSymbolicLink(folder.resolve("features"), Path.of(real).toAbsolutePath());
        Stage stage = new Stage(folder);
        long start = System.nanoTime();
        try (Discovered found = stage.discover()) {
            System.out.printf(
                    "read in %s: %d scenarios, %d unknown steps in %d places, %d problems%n",
                    took(start),
                    found.selected().size(),
                    found.looseSteps().size(),
                    found.looseSteps().stream()
                            .mapToInt(step -> step.places().size())
                            .sum(),
                    found.problems().size());
            found.problems().forEach(System.out::println);
            start = System.nanoTime();
            Discovered valid = new Discovered(
                    found.suite(),
                    found.selected(),
                    found.beside(),
                    found.leftOut(),
                    List.of(),
                    found.looseSteps(),
                    found.glue(),
                    found.usedSteps());
            System.out.printf("%s in %s%n", stage.runner().run("p", valid, java.util.Optional::empty), took(start));
        }
    }

    private static String[] feature(int file) {
        StringBuilder text = new StringBuilder("Feature: number " + file + "\n");
        for (int scenario = 0; scenario < SCENARIOS; scenario++) {
            text.append("  Scenario: ").append(scenario).append('\n');
            for (int step = 0; step < STEPS; step++) {
                text.append("    When customer %d of shop %d buys \"%d apples\" at the counter%n"
                        .formatted(scenario, file, step));
            }
        }
        return text.toString().split("\n");
    }

    private static Duration took(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
