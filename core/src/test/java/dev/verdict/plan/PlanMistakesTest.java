package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The plans and messages stand in `mistakes.txt`.
class PlanMistakesTest {
    private static final String PHASES = """
            phases:
              - name: one
                suites: [{ name: first, features: features }]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("features"));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("token.txt"), "s3cret");
    }

    /// Holds a plan with mistakes and what is said about them.
    record Case(String name, String yaml, Map<String, String> vars, List<String> mistakes) {
        static Case parse(String text) {
            String[] parts = text.split("\n---\n");
            List<String> lines = parts[0].lines().toList();
            Map<String, String> vars = new LinkedHashMap<>();
            lines.stream().filter(line -> line.startsWith("--var ")).forEach(line -> {
                String[] given = line.substring("--var ".length()).split("=");
                vars.put(given[0], given[1]);
            });
            String yaml = lines.stream()
                    .skip(1)
                    .filter(line -> !line.startsWith("--var "))
                    .collect(Collectors.joining("\n", "", "\n"));
            List<String> mistakes = parts[1].strip().lines().toList();
            return new Case(lines.getFirst(), yaml.replace("@phases\n", PHASES), vars, mistakes);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        try (InputStream input = Objects.requireNonNull(PlanMistakesTest.class.getResourceAsStream("mistakes.txt"))) {
            String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== "))
                    .skip(1)
                    .map(Case::parse)
                    .toList();
        }
    }

    private List<String> mistakes(Case mistaken) throws IOException {
        Path file = Files.writeString(folder.resolve("verdict.yaml"), mistaken.yaml());
        PlanReader.Options options =
                new PlanReader.Options(mistaken.vars(), OptionalLong.of(1), Map.of("HOME", "/home/ada", "EMPTY", ""));
        PlanException refused = catchThrowableOfType(PlanException.class, () -> PlanReader.read(file, options));
        assertThat(refused).as("the plan is refused").isNotNull();
        return Objects.requireNonNull(refused).problems().stream()
                .map(problem ->
                        problem.toString().replace(folder.toString() + "/", "").replace(folder.toString(), "FOLDER"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_mistake_is_told_with_its_place_and_what_is_allowed(Case mistaken) throws IOException {
        assertThat(mistakes(mistaken)).containsExactlyElementsOf(mistaken.mistakes());
    }

    @Test
    void the_cases_are_many_and_differ() throws IOException {
        assertThat(cases().stream().map(Case::name)).hasSizeGreaterThan(90).doesNotHaveDuplicates();
    }

    @Test
    void a_file_that_is_not_there_a_folder_or_not_utf8_is_told() throws IOException {
        Path latin = Files.write(
                folder.resolve("latin.yaml"), "plan: p\nvars: { a: caf\u00e9 }".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.writeString(folder.resolve("large.yaml"), "# " + "x".repeat(PlanFile.MAX_BYTES));

        assertThat(refusal(folder.resolve("none.yaml"))).contains("none.yaml:1:1: no such file");
        assertThat(refusal(folder)).contains(":1:1: is a folder; a plan file is needed");
        assertThat(refusal(latin)).contains("latin.yaml:2:15: not UTF-8");
        assertThat(refusal(large)).contains("large.yaml:1:1: larger than 1 MiB");
    }

    private static String refusal(Path file) {
        PlanReader.Options options = new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of());
        return String.valueOf(catchThrowableOfType(PlanException.class, () -> PlanReader.read(file, options))
                .getMessage());
    }
}
