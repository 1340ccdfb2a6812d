package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands and files, which need nothing but the folder.
final class ContentStepsTest {
    @TempDir
    Path folder;

    private Script script = new Script(Path.of("."));

    @BeforeEach
    void start() {
        script = new Script(folder);
    }

    @Test
    void a_command_is_run_by_the_shell_in_the_plans_folder() throws Exception {
        Script.Told told = script.file("in.txt", "a\nb\n")
                .with("orders", 4711)
                .run(
                        "Given the environment variable \"LEVEL\" is set to \"3\"",
                        "When the command \"wc -l < in.txt; echo $LEVEL $VERDICT_ORDERS_HTTP_URL; echo oops >&2; exit 3\" is run",
                        "Then the exit code is 3",
                        "And the output has 2 lines",
                        "And the output contains \"3 http://127.0.0.1:4711\"",
                        "And the error output is \"oops\"",
                        "And the error output does not match \"password\"")
                .passed();
        assertThat(told.observed()).extracting(seen -> seen.kind()).containsExactly("command", "command");
        assertThat(told.observed().getFirst().summary()).contains("→ exit code 3 after ");
    }

    @Test
    void a_secret_in_a_command_is_not_shown() throws Exception {
        script.system.with("TOKEN", "t0psecret");
        Script.Told told = script.run("When the command \"test -n '${TOKEN}'\" is run", "Then the exit code is 1")
                .failed("exit code of test -n '${TOKEN}': expected 1, but was 0");
        assertThat(told.journal().entries().toString()).doesNotContain("t0psecret");
    }

    @Test
    void a_program_gets_its_arguments_as_they_stand_and_its_input() throws Exception {
        script.run(
                        "Given the standard input is set to",
                        "  \"\"\"",
                        "  {\"n\": 1}",
                        "  \"\"\"",
                        "When the program \"cat\" is run with",
                        "  | - |",
                        "Then the output at \"$.n\" is 1",
                        "When the program \"printf\" is run with",
                        "  | %s:      |",
                        "  | a b; $HOME |",
                        "Then the output is \"a b; $HOME:\"",
                        "And the error output is empty",
                        "When the command is run",
                        "  \"\"\"",
                        "  false",
                        "  echo done",
                        "  \"\"\"",
                        "Then the output is \"done\"",
                        "And the exit code is 0")
                .passed();
    }

    @Test
    void a_command_that_does_not_end_is_ended_with_its_children() throws Exception {
        script.run(
                        "Given commands time out after 300 ms",
                        "When the command \"sleep 60 & echo $! > pid; wait\" is run",
                        "Then the exit code is 0")
                .broke("did not end within 300 ms");
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        org.awaitility.Awaitility.await()
                .until(() ->
                        ProcessHandle.of(pid).map(child -> !child.isAlive()).orElse(true));
    }

    @Test
    void waiting_runs_a_command_again() throws Exception {
        script.run(
                        "When the command \"echo x >> count; wc -l < count\" is run",
                        "Then within 10 seconds the output matches \"^ *3$\"")
                .passed();
        script.run("When the command \"exit 4\" is run", "Then within 100 ms the exit code is 0")
                .failed("expected 0, but was 4 (looked ");
        script.run("When the program \"no-such-program\" is run with", "  | x |")
                .broke("no-such-program");
        script.run("Then the exit code is 0").broke("no command was run before this step");
        script.run("When the command \"true\" is run", "Then the exit code is at least 0")
                .passed()
                .weak("every count");
    }

    @Test
    void files_are_looked_at_anew_each_time() throws Exception {
        Script.Told told = script.file("out/a.json", "{\"n\": 1}\n")
                .file("out/deep/b.json", "x")
                .file("out/c.txt", "one\ntwo\n")
                .run(
                        "Then the file \"out/a.json\" exists",
                        "And the file \"out/a.json\" at \"$.n\" is 1",
                        "And the file \"out/none\" is absent",
                        "And the folder \"out\" exists",
                        "And the folder \"none\" is absent",
                        "And the file \"out/c.txt\" has 2 lines",
                        "And the file \"out/c.txt\" has 8 bytes",
                        "And the file \"out/c.txt\" matches \"^two$\"",
                        "And there are 3 files in \"out\"",
                        "And there is 1 file in \"out/*.json\"",
                        "And there are 2 files in \"out/**.json\"",
                        "And there are 0 files in \"out/*.part\"",
                        "And the file \"out/deep/b.json\" has the SHA-256 \"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881\"",
                        "And the file \"out/c.txt\" has the bytes of the file \"out/c.txt\"",
                        "When the command \"(sleep 0.3; echo 3 >> out/c.txt) &\" is run",
                        "Then within 10 seconds the file \"out/c.txt\" has 3 lines")
                .passed();
        assertThat(told.observed())
                .filteredOn(seen -> seen.kind().equals("file"))
                .hasSizeGreaterThan(13);
    }

    @Test
    void a_file_that_is_not_as_expected_is_shown() throws Exception {
        script.file("a.txt", "one\n");
        script.run("Then the file \"a.txt\" is \"two\"").failed("file a.txt: expected \"two\", but was one");
        script.run("Then the file \"b.txt\" exists").failed("file b.txt: expected exists, but was absent");
        script.run("Then the file \"b.txt\" does not contain \"x\"").failed("but was absent");
        script.run("Then the file \"a.txt\" at \"$.n\" is 1").failed("but was not JSON: one");
        script.run("Then there are 9 files in \".\"").failed("files in .: expected 9 files, but was 2: ");
        script.run("Then the file \"a.txt\" at \"$.n\" is absent").failed("expected absent, but was not JSON: one");
        script.run("Then the file \"features\" is absent").failed("expected absent, but was a folder");
        script.run("Then there are 0 files in \"nowhere\"").failed("but was there is no folder nowhere");
        script.run("Then within 200 ms the file \"b.txt\" exists").failed("but was absent (looked ");
        script.run("Then there are at least 0 files in \"features\"").passed().weak("every count");
        script.run("Then the file \"a.txt\" has the bytes of the file \"features/a.feature\"")
                .failed("(4 bytes)");
    }

    @Test
    void an_input_file_is_as_before_when_the_scenario_ends() throws Exception {
        script.file("old.txt", "before")
                .run(
                        "Given a unique value is saved as \"id\"",
                        "And the file \"in/new/a.json\" is written with",
                        "  \"\"\"",
                        "  {\"id\": \"${id}\"}",
                        "  \"\"\"",
                        "And the file \"old.txt\" is written with",
                        "  \"\"\"",
                        "  now",
                        "  \"\"\"",
                        "Then the file \"in/new/a.json\" at \"$.id\" is \"${id}\"",
                        "And the file \"old.txt\" is \"now\"")
                .passed();
        assertThat(folder.resolve("in")).doesNotExist();
        assertThat(folder.resolve("old.txt")).hasContent("before");
    }

    @Test
    void values_are_kept_noted_and_unique() throws Exception {
        script.file("n", "3\n")
                .run(
                        "Given a unique value is saved as \"a\"",
                        "And a unique value is saved as \"b\"",
                        "And the value \"c\" is set to \"${a}-${b}\"",
                        "And the file \"n\" is noted",
                        "When the command \"echo ${a} ${b} ${c}; echo 5 > n\" is run",
                        "Then the output matches \"^([a-z]{12}) (?!\\1)([a-z]{12}) \\1-\\2$\"",
                        "And the file \"n\" has increased by 2",
                        "And the file \"n\" is at most 5")
                .passed();
        script.run("Given the file \"n\" is noted", "Then the file \"n\" has increased by at least 1")
                .failed("expected increased by at least 1 from 5, but was 5");
        script.run("Then the file \"n\" has increased by 1").broke("take note of it first");
        script.run("When the file \"none\" is saved as \"x\"").failed("file none: expected exists, but was absent");
        script.run("Then the file \"${nme}\" exists").broke("unknown name in ${…}: nme");
    }
}
