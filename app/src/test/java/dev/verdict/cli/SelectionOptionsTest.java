package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SelectionOptionsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void plan() throws IOException {
        Files.createDirectories(folder.resolve("features/deep"));
        Files.writeString(folder.resolve("features/deep/a.feature"), "Feature: a");
        Files.writeString(folder.resolve("verdict.yaml"), """
                plan: p
                phases: [{name: p, suites: [{name: s, features: features/}]}]
                """);
    }

    @Test
    void a_folder_of_features_selects_and_one_with_a_plan_is_the_plan() {
        String features = folder.resolve("features").toString();
        SelectionOptions options = options(folder.toString(), features, features + "/deep/a.feature:3:7");
        assertThat(options.plan()).isEqualTo(folder);
        assertThat(paths(options)).containsExactly(features, features + "/deep/a.feature:3:7");
    }

    @Test
    void a_path_counts_from_the_plan_if_nothing_is_at_the_working_folder() {
        assertThat(paths(options("features/deep/a.feature"))).containsExactly(folder + "/features/deep/a.feature");
        assertThatThrownBy(() -> paths(options("no.feature")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no.feature");
    }

    private List<String> paths(SelectionOptions options) {
        var plan = PlanOptions.at(folder).read(null).getFirst();
        return options.selection(plan).paths();
    }

    private static SelectionOptions options(String... words) {
        SelectionOptions options = new SelectionOptions();
        new CommandLine(options).parseArgs(words);
        return options;
    }
}
