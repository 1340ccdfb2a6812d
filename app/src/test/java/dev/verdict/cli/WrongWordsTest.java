package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WrongWordsTest {
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @Test
    void a_wrong_option_is_answered_by_the_nearest_one_in_one_line() {
        assertThat(execute("run", "--tgas=x")).isEqualTo(2);
        assertThat(err)
                .hasToString("verdict: there is no option '--tgas'; did you mean '--tags'?; see verdict run --help\n");
    }

    @Test
    void a_wrong_command_is_answered_by_the_nearest_one() {
        assertThat(execute("rnu")).isEqualTo(2);
        assertThat(err).asString().contains("there is no command 'rnu'; did you mean 'run'?");
    }

    @Test
    void a_word_too_many_and_a_wrong_value_are_named() {
        assertThat(execute("validate", "one", "two")).isEqualTo(2);
        assertThat(err).asString().contains("'two'");
        assertThat(execute("run", "--seed", "soon")).isEqualTo(2);
        assertThat(err).asString().contains("'--seed'", "'soon' is not a whole number");
        assertThat(execute("run", "-j", "3000000000")).isEqualTo(2);
        assertThat(err).asString().contains("'3000000000' is too large");
    }

    @Test
    void every_command_has_help() {
        for (CommandLine command :
                Main.commandLine(java.util.List.of()).getSubcommands().values()) {
            assertThat(execute(command.getCommandName(), "--help")).isZero();
            assertThat(out).asString().contains("Usage: verdict " + command.getCommandName());
        }
        assertThat(err).asString().isEmpty();
    }

    @Test
    void a_file_in_the_way_is_no_bug(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertThat(execute("init", file.toString())).isEqualTo(4);
        assertThat(err).hasToString("verdict: cannot use " + file + ": it is no folder\n");
    }

    private int execute(String... words) {
        return Main.commandLine(java.util.List.of())
                .setErr(new PrintWriter(err))
                .setOut(new PrintWriter(out))
                .execute(words);
    }
}
