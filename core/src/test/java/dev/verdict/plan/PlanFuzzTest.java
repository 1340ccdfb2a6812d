package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages a valid plan at random: whatever comes of it is a plan, or told as mistakes in it.
class PlanFuzzTest {
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ":",
        "- ",
        "\n",
        "\n  ",
        "\t",
        "\"",
        "'",
        "#",
        "&a ",
        "*a",
        "!!x ",
        "|\n",
        ">\n",
        "---\n",
        "...",
        "${",
        "}",
        "$",
        "${a:-",
        "${a.b.c}",
        "${TOKEN}",
        "null",
        "~",
        "?",
        ",",
        "\u0000",
        "\ud83d",
        "\ufeff",
        "99999999999999999999",
        "-1",
        "5m",
        "1e9",
        "()",
        "(((",
        "@a or",
        "not",
        "\\",
        "*a*",
        "<<: *a",
        "%YAML 9.9\n",
    };

    @TempDir
    Path folder;

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int count = 1 + random.nextInt(4); count > 0 && damaged.length() > 2; count--) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + random.nextInt(30));
            switch (random.nextInt(4)) {
                case 0 -> damaged.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> damaged.delete(at, end);
                case 2 -> damaged.insert(random.nextInt(damaged.length()), damaged.substring(at, end));
                default -> damaged.setCharAt(at, (char) random.nextInt(0x180));
            }
        }
        return damaged.toString();
    }

    @Test
    void a_damaged_plan_is_read_or_refused_and_nothing_else() throws IOException {
        damaged(0, 300);
    }

    @Test
    @Tag("slow")
    void many_damaged_plans_are_read_or_refused_and_nothing_else() throws IOException {
        damaged(300, 6000);
    }

    private void damaged(int first, int rounds) throws IOException {
        Files.createDirectories(folder.resolve("features"));
        Files.createDirectories(folder.resolve("site"));
        String[] valid = {PlanReaderTest.shop(), PlanTemplate.yaml("hello")};
        PlanReader.Options options =
                new PlanReader.Options(Map.of(), OptionalLong.of(1), Map.of("HOME", "/home/ada", "TOKEN", "x"));
        int[] refused = new int[1];
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int seed = first; seed < first + rounds; seed++) {
                String text = damage(valid[seed % 2], new Random(seed));
                Path file = Files.write(folder.resolve("verdict.yaml"), text.getBytes(StandardCharsets.UTF_8));
                try {
                    PlanReader.read(file, options)
                            .forEach(plan -> assertThat(PlanReader.fromCanonical(plan.canonical(), file))
                                    .isEqualTo(plan.plan()));
                } catch (PlanException e) {
                    refused[0]++;
                    assertThat(e.problems())
                            .isNotEmpty()
                            .allSatisfy(problem -> assertThat(problem.position().line())
                                    .isBetween(1, 1 + (int) text.lines().count()));
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError("seed " + seed + ":\n" + text, e);
                }
            }
        });
        assertThat(refused[0]).isBetween(rounds / 2, rounds - rounds / 50);
    }
}
