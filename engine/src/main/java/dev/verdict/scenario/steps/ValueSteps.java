package dev.verdict.scenario.steps;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.When;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/// Keeps values for later steps.
public final class ValueSteps {
    private static final int UNIQUE_LENGTH = 12;

    private final Stage stage;
    private final Map<String, Long> clocks = new HashMap<>();
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
            text = "Makes 12 letters that no other scenario of the run has; the run's seed repeats them.",
            example = "Given a unique value is saved as \"id\"")
    public void unique(String name) {
        String from = stage.text("${run.seed}") + "/" + stage.world().scenario() + "/" + made++;
        stage.world().save(name, letters(digest(from)));
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

    @When("{content} is/are reported as {string}")
    @Doc(
            family = Family.VALUES,
            text = "Reports a number, or a quantity as 3.2s or 30MB/s, to which a target of the plan is bound: of:"
                    + " reported.hit rate.",
            example = "When the body at \"$.hitRate\" is reported as \"hit rate\"")
    public void report(Phrase content, String name) throws Exception {
        stage.world().evidence().reported(name, stage.find(content).text().strip());
    }

    @When("the value {string} is reported as {string}")
    @Doc(
            family = Family.VALUES,
            text = "Reports a value that an earlier step saved, or a quantity as it stands.",
            example = "When the value \"${seconds}s\" is reported as \"cold start\"")
    public void reportValue(String value, String name) {
        stage.world().evidence().reported(name, stage.text(value));
    }

    @Given("the clock {string} starts")
    @Doc(family = Family.VALUES, text = "Starts a clock.", example = "Given the clock \"queue to execution\" starts")
    public void start(String clock) {
        clocks.put(clock, System.nanoTime());
    }

    @When("the clock {string} stops")
    @Doc(
            family = Family.VALUES,
            text =
                    "Reports how long the clock ran, to which a target of the plan is bound: of: reported.queue to execution.",
            example = "When the clock \"queue to execution\" stops")
    public void stop(String clock) {
        Long started = clocks.remove(clock);
        if (started == null) {
            throw new IllegalStateException("start it first: Given the clock \"" + clock + "\" starts");
        }
        stage.world().evidence().reported(clock, (System.nanoTime() - started) + "ns");
    }

    /// Spells letters only: a hexadecimal digest may read `1234e567`, which would be taken for a
    /// number where a bare `${name}` may stand for one.
    private static String letters(byte[] digest) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < UNIQUE_LENGTH; i++) {
            letters.append((char) ('a' + Math.floorMod(digest[i], 26)));
        }
        return letters.toString();
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
