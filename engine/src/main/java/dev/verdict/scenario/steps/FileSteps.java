package dev.verdict.scenario.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;

/// Writes input files and counts files; what a file holds is a content.
public final class FileSteps {
    private final Stage stage;

    public FileSteps(Stage stage) {
        this.stage = stage;
    }

    @Given("the file {string} is written with")
    @Doc(
            family = Family.FILES,
            text = "Writes a file, and its folders; both are as they were before when the scenario ends.",
            example = """
                    Given the file "inbox/order.json" is written with
                      \"""
                      { "id": "${id}" }
                      \"""
                    """)
    public void write(String file, String text) throws Exception {
        stage.files().write(stage.text(file), stage.text(text));
    }

    @Then("{patience}there is/are {amount} file(s) in {string}")
    @Doc(
            family = Family.FILES,
            text =
                    "Counts the files below a folder, or those that a pattern as out/*.json or out/**.json matches; the folder must be there.",
            example = "Then within 30 seconds there are 3 files in \"outbox/*.json\"")
    public void count(Patience patience, Amount amount, String folder) throws Exception {
        stage.check(patience, stage.files().list(stage.text(folder)), Expect.count(stage.amount(amount), "files"));
    }
}
