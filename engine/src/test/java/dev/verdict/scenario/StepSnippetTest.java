package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StepSnippetTest {
    @TempDir
    Path folder;

    @Test
    void values_become_parameters_and_special_characters_are_escaped() {
        assertThat(snippets(
                        "Given customer 3 (of \"A/B\") pays -1.5 euros/day",
                        "Then the table v2 is",
                        "| a |",
                        "* 3",
                        "And été déjà vu: 'x'",
                        "\"\"\"",
                        "text",
                        "\"\"\""))
                .containsExactly("""
                        @Given("customer {int} \\\\(of {string}) pays {double} euros\\\\/day")
                        public void customerOfPaysEurosDay(int number1, String string2, double number3) {
                            throw new io.cucumber.java.PendingException();
                        }""", """
                        @Then("the table v2 is")
                        public void theTableV2Is(io.cucumber.datatable.DataTable table) {
                            throw new io.cucumber.java.PendingException();
                        }""", """
                        @When("{int}")
                        public void step(int number1) {
                            throw new io.cucumber.java.PendingException();
                        }""", """
                        @When("été déjà vu: {string}")
                        public void étéDéjàVu(String string1, String text) {
                            throw new io.cucumber.java.PendingException();
                        }""");
    }

    private List<String> snippets(String... steps) {
        Stage stage = new Stage(folder).feature("a.feature", "Feature: f", "Scenario: s", String.join("\n", steps));
        try (Discovered found = stage.discover()) {
            assertThat(found.problems()).isEmpty();
            return found.looseSteps().stream().map(LooseStep::snippet).toList();
        }
    }
}
