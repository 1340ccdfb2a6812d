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
        assertThat(steps.to("the response state is 404")).contains("the response status is {int}");
        assertThat(steps.to("the file \"a.txt\" exist")).contains("^the file \"([^\"]*)\" exists$");
        assertThat(steps.to("a GET request to \"/orders\"")).contains("{word} sends a {method} request to {string}");
    }

    @Test
    void a_built_in_step_is_shown_by_an_example_to_copy() {
        assertThat(steps.to("the status should be 200")).contains("the status is 201");
        assertThat(new NearestStep(List.of("{method} {string} is sent to {string}")).to("SEND \"/x\" is sent to \"a\""))
                .as("its expression is among the definitions, too")
                .contains("GET \"/orders/1\" is sent to \"orders\"");
    }

    @Test
    void the_nearer_of_a_built_in_and_an_own_step_is_shown() {
        NearestStep both = new NearestStep(List.of("the status of order {int} is {word}"));
        assertThat(both.to("the status of order 3 was paid")).contains("the status of order {int} is {word}");
        assertThat(both.to("the status was 200")).contains("the status is 201");
    }

    @Test
    void of_equals_the_own_step_is_shown() {
        assertThat(new NearestStep(List.of("the status is {int}")).to("the status was 200"))
                .contains("the status is {int}");
    }

    @Test
    void what_is_like_nothing_gets_no_suggestion() {
        assertThat(steps.to("I click on the button")).isEmpty();
        assertThat(steps.to("")).isEmpty();
        assertThat(steps.to("…")).isEmpty();
    }
}
