package dev.verdict.scenario.steps;

import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Runs commands; their exit code and output are contents.
public final class CommandSteps {
    private final Stage stage;

    public CommandSteps(Stage stage) {
        this.stage = stage;
    }

    @Given("the environment variable {string} is set to {string}")
    @Doc(
            family = Family.COMMANDS,
            text = "Gives later commands of the scenario a variable of their own.",
            example = "Given the environment variable \"LEVEL\" is set to \"debug\"")
    public void environment(String name, String value) {
        stage.commands().environment(stage.text(name), stage.text(value));
    }

    @Given("the standard input is set to")
    @Doc(family = Family.COMMANDS, text = "Gives later commands of the scenario their standard input.", example = """
                    Given the standard input is set to
                      \"""
                      one line
                      \"""
                    """)
    public void input(String text) {
        stage.commands().input(stage.text(text));
    }

    @Given("commands time out after {duration}")
    @Doc(
            family = Family.COMMANDS,
            text = "Ends later commands, with their children, after that time; without it, after 60 seconds.",
            example = "Given commands time out after 5 seconds")
    public void timeout(Duration limit) {
        stage.commands().timeout(limit);
    }

    @When("the command {string} is run")
    @Doc(
            family = Family.COMMANDS,
            text = "Runs a shell line (sh -c) in the plan's folder and waits for its end.",
            example = "When the command \"grep -c error app.log\" is run")
    public void run(String line) throws Exception {
        stage.commands().run(new Commands.Command(line, List.of("sh", "-c", stage.text(line))));
    }

    @When("the command is run")
    @Doc(
            family = Family.COMMANDS,
            text = "Runs several shell lines in the plan's folder and waits for their end.",
            example = """
                    When the command is run
                      \"""
                      set -e
                      curl -s "$VERDICT_ORDERS_HTTP_URL/orders" | wc -c
                      \"""
                    """)
    public void runScript(String lines) throws Exception {
        run(lines);
    }

    @When("the program {string} is run with")
    @Doc(
            family = Family.COMMANDS,
            text = "Runs a program without a shell, each row an argument exactly as it stands.",
            example = """
                    When the program "git" is run with
                      | log         |
                      | --author=Jo |
                    """)
    public void runProgram(String program, DataTable arguments) throws Exception {
        List<String> words = Stream.concat(Stream.of(program), arguments.asList().stream())
                .map(word -> word == null ? "" : word)
                .toList();
        stage.commands()
                .run(new Commands.Command(
                        String.join(" ", words), words.stream().map(stage::text).toList()));
    }
}
