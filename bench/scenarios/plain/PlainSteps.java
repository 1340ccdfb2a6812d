package plain;

import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Does by hand what the scenarios ask for, as a project without Verdict would: one client for all
/// scenarios, straight to the service, and a JSON pointer for a path.
public final class PlainSteps {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String URL = System.getProperty("shop");

    private HttpResponse<String> response;
    private Duration took;

    @When("GET {string} is sent to {string}")
    public void get(String path, String service) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(URL + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        long start = System.nanoTime();
        response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        took = Duration.ofNanos(System.nanoTime() - start);
    }

    @Then("the status is {int}")
    public void status(int expected) {
        same(expected, response.statusCode());
    }

    @Then("the header {string} is {string}")
    public void header(String name, String expected) {
        same(expected, response.headers().firstValue(name).orElse(""));
    }

    @Then("the body at {string} is {int}")
    public void number(String path, int expected) {
        same(expected, at(path).intValue());
    }

    @Then("the body at {string} is {string}")
    public void text(String path, String expected) {
        same(expected, at(path).stringValue());
    }

    @Then("the body has {int} elements")
    public void elements(int expected) {
        same(expected, MAPPER.readTree(response.body()).size());
    }

    @Then("the response time is under {int} seconds")
    public void time(int seconds) {
        same(true, took.compareTo(Duration.ofSeconds(seconds)) < 0);
    }

    private JsonNode at(String path) {
        String pointer = path.substring(1).replace('.', '/').replace('[', '/').replace("]", "");
        return MAPPER.readTree(response.body()).at(pointer);
    }

    private static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", but was " + actual);
        }
    }
}
