package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void the_short_way_answers_what_the_library_would(String option) {
        StringWriter longWay = new StringWriter();
        int status = Main.commandLine(java.util.List.of())
                .setOut(new PrintWriter(longWay))
                .execute(option);
        assertThat(status).isEqualTo(Exit.PASS);
        assertThat(shortWay(option)).isEqualTo(longWay.toString()).matches("verdict \\S+ \\(Java \\d+\\)\\R");
    }

    private static String shortWay(String option) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            Main.main(new String[] {option});
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
