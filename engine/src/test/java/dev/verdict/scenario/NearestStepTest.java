package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestStepTest {
    private final NearestStep steps = new NearestStep(List.of(
            "the response status is {int}",
            "the response has header {string}",
            "{word} sends a {method} request to {string}",
            "^the file \"([^\"]*)\" exists$",
            "the file {string} has SHA-256 {string}"));

    @Test
    void a_forgotten_or_changed_word_is_found() {
        assertThat(steps.to("the response status 200")).contains("the response status is {int}");
        assertThat(steps.to("the answer status is 404")).contains("the response status is {int}");
        assertThat(steps.to("the file \"a.txt\" exist")).contains("^the file \"([^\"]*)\" exists$");
        assertThat(steps.to("a GET request to \"/orders\"")).contains("{word} sends a {method} request to {string}");
    }

    @Test
    void what_is_like_nothing_gets_no_suggestion() {
        assertThat(steps.to("I click on the button")).isEmpty();
        assertThat(steps.to("")).isEmpty();
        assertThat(steps.to("…")).isEmpty();
    }
}
