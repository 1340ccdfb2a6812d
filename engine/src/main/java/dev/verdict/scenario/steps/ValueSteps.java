package dev.verdict.scenario.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.When;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Keeps values for later steps.
public final class ValueSteps {
    private static final int UNIQUE_LENGTH = 12;

    private final Stage stage;
    private int made;

    public ValueSteps(Stage stage) {
        this.stage = stage;
    }

    @Given("the value {string} is set to {string}")
    @Doc(
            family = Family.VALUES,
            text = "Keeps a value of the scenario's own; later steps write ${customer}.",
            example = "Given the value \"customer\" is set to \"ann\"")
    public void set(String name, String value) {
        stage.world().save(name, stage.text(value));
    }

    @Given("a unique value is saved as {string}")
    @Doc(
            family = Family.VALUES,
            text = "Makes 12 characters that no other scenario of the run has; the run's seed repeats them.",
            example = "Given a unique value is saved as \"id\"")
    public void unique(String name) {
        String from = stage.text("${run.seed}") + "/" + stage.world().scenario() + "/" + made++;
        stage.world().save(name, digest(from).substring(0, UNIQUE_LENGTH));
    }

    @When("{content} is/are saved as {string}")
    @Doc(
            family = Family.VALUES,
            text = "Keeps what an answer holds; later steps write ${id}. It must be there.",
            example = "When the body at \"$.id\" is saved as \"id\"")
    @Doc(
            family = Family.HTTP,
            text = "Keeps a header of the last response.",
            example = "When the header \"Location\" is saved as \"where\"")
    public void save(Phrase content, String name) throws Exception {
        stage.world().save(name, stage.find(content).text());
    }

    @When("{content} is/are noted")
    @Doc(
            family = Family.VALUES,
            text = "Takes note of a number, to check later by how much it has increased.",
            example = "When the metric \"orders_total\" of \"orders\" is noted")
    public void note(Phrase content) throws Exception {
        stage.note(content);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
