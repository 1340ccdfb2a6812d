package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sends requests and checks what belongs to HTTP alone; bodies and headers are contents.
public final class HttpSteps {
    private static final byte[] NOTHING = {};

    private final Stage stage;
    private final Exchanges exchanges;

    public HttpSteps(Stage stage) {
        this.stage = stage;
        this.exchanges = stage.exchanges();
    }

    @Given("the request header {string} is set to {string}")
    @Doc(
            family = Family.HTTP,
            text = "Sends a header with every later request of the scenario; an empty value takes it away.",
            example = "Given the request header \"Accept-Language\" is set to \"de\"")
    public void header(String name, String value) {
        exchanges.header(stage.text(name), stage.text(value));
    }

    @Given("requests are authenticated as {string} with the password {string}")
    @Doc(
            family = Family.HTTP,
            text = "Sends basic authentication with every later request of the scenario.",
            example = "Given requests are authenticated as \"ann\" with the password \"${PASSWORD}\"")
    public void basic(String user, String password) {
        byte[] pair = (stage.text(user) + ":" + stage.text(password)).getBytes(StandardCharsets.UTF_8);
        exchanges.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Given("requests are authenticated with the token {string}")
    @Doc(
            family = Family.HTTP,
            text = "Sends a bearer token with every later request of the scenario.",
            example = "Given requests are authenticated with the token \"${TOKEN}\"")
    public void bearer(String token) {
        exchanges.header("Authorization", "Bearer " + stage.text(token));
    }

    @Given("redirects are followed")
    @Doc(
            family = Family.HTTP,
            text = "Follows redirects in later requests; without it, a redirect is the response.",
            example = "Given redirects are followed")
    public void followRedirects() {
        exchanges.followRedirects();
    }

    @Given("requests time out after {duration}")
    @Doc(
            family = Family.HTTP,
            text = "Bounds later requests; without it, 30 seconds.",
            example = "Given requests time out after 5 seconds")
    public void timeout(Duration limit) {
        exchanges.timeout(limit);
    }

    @When("{method} {string} is sent to {string}")
    @Doc(
            family = Family.HTTP,
            text =
                    "Sends a request without a body to a service: its only port, the one named http, or \"orders.admin\".",
            example = "When GET \"/orders/1\" is sent to \"orders\"")
    public void send(String method, String path, String service) throws Exception {
        send(method, path, service, NOTHING, "");
    }

    @When("{method} {string} is sent to {string} with the body")
    @Doc(
            family = Family.HTTP,
            text = "Sends a request with a body: as application/json if it is JSON, else as text/plain.",
            example = """
                    When POST "/orders" is sent to "orders" with the body
                      \"""
                      { "item": "book", "amount": 1 }
                      \"""
                    """)
    public void sendBody(String method, String path, String service, String body) throws Exception {
        String text = stage.text(body);
        send(method, path, service, text.getBytes(StandardCharsets.UTF_8), type(text));
    }

    @When("{method} {string} is sent to {string} with the file {string}")
    @Doc(
            family = Family.HTTP,
            text = "Sends a file as the body: a .json as application/json, any other as application/octet-stream.",
            example = "When PUT \"/models/1\" is sent to \"models\" with the file \"data/model.bin\"")
    public void sendFile(String method, String path, String service, String file) throws Exception {
        Path body = stage.path(file);
        String type = file.endsWith(".json") ? "application/json" : "application/octet-stream";
        send(method, path, service, read(body), type);
    }

    @When("{method} {string} is sent to {string} with the form")
    @Doc(family = Family.HTTP, text = "Sends a table of names and values as a form, as a browser would.", example = """
                    When POST "/login" is sent to "shop" with the form
                      | user     | ann         |
                      | password | ${PASSWORD} |
                    """)
    public void sendForm(String method, String path, String service, DataTable form) throws Exception {
        byte[] body = encoded(form).getBytes(StandardCharsets.UTF_8);
        send(method, path, service, body, "application/x-www-form-urlencoded");
    }

    @When("{method} {string} is sent to {string} with the query")
    @Doc(
            family = Family.HTTP,
            text = "Sends a request whose query is a table of names and values, escaped as needed.",
            example = """
                    When GET "/orders" is sent to "orders" with the query
                      | state | paid & packed |
                      | page  | 2             |
                    """)
    public void sendQuery(String method, String path, String service, DataTable query) throws Exception {
        send(method, path + (path.contains("?") ? "&" : "?") + encoded(query), service, NOTHING, "");
    }

    @When("{method} {string} is sent to {string} {int} times at once")
    @Doc(
            family = Family.HTTP,
            text = "Sends the same request so many times at the same moment, each over a connection of its own.",
            example = "When DELETE \"/orders/1\" is sent to \"orders\" 20 times at once")
    public void sendAtOnce(String method, String path, String service, int times) throws InterruptedException {
        exchanges.sendAtOnce(request(method, path, service, NOTHING, ""), times);
    }

    @When("{method} {string} is sent to {string} {int} times at once with the body")
    @Doc(
            family = Family.HTTP,
            text = "Sends the same request and body so many times at the same moment.",
            example = """
                    When POST "/orders" is sent to "orders" 20 times at once with the body
                      \"""
                      { "id": "o-1", "item": "book" }
                      \"""
                    """)
    public void sendBodyAtOnce(String method, String path, String service, int times, String body)
            throws InterruptedException {
        String text = stage.text(body);
        exchanges.sendAtOnce(request(method, path, service, text.getBytes(StandardCharsets.UTF_8), type(text)), times);
    }

    @Then("{patience}the status is {statuses}")
    @Doc(
            family = Family.HTTP,
            text = "Checks the last response's status: 200, 2xx, 200 or 204.",
            example = "Then the status is 201")
    @Doc(
            family = Family.HTTP,
            text = "Sends the last GET again until its status is right, or the time is over.",
            example = "Then within 10 seconds the status is 200")
    public void status(Patience patience, Statuses statuses) throws Exception {
        stage.check(patience, stage.http().status(), Expect.statuses(statuses));
    }

    @Then("the statuses are")
    @Doc(
            family = Family.HTTP,
            text = "Checks how many of the requests sent at once got which status; no other status may occur.",
            example = """
                    Then the statuses are
                      | 201       | 1  |
                      | 409       | 19 |
                    """)
    public void statuses(DataTable table) {
        List<Tally.Row> rows = table.cells().stream().map(Tally.Row::parse).toList();
        Tally tally = Tally.of(exchanges.statuses());
        String expected = rows.stream().map(Tally.Row::toString).collect(Collectors.joining(", "));
        stage.record("statuses of the requests sent at once", expected, tally, tally.fits(rows), Tally.weakness(rows));
    }

    @Then("the response time is under {duration}")
    @Doc(
            family = Family.HTTP,
            text = "Checks the time from sending the last request to the last byte of its response.",
            example = "Then the response time is under 200 ms")
    public void responseTime(Duration limit) {
        Response last = exchanges.last();
        stage.record(
                "response time of " + last.request(),
                "under " + Durations.show(limit),
                Durations.show(last.took()),
                last.took().compareTo(limit) < 0,
                limit.compareTo(last.request().timeout()) >= 0
                        ? Optional.of("the request times out after "
                                + Durations.show(last.request().timeout()) + " anyway")
                        : Optional.empty());
    }

    @Then("{method} {string} sent to {string} is not answered within {duration}")
    @Doc(
            family = Family.HTTP,
            text = "Sends a request and checks that no response comes: refused, cut off or too late.",
            example = "Then GET \"/slow\" sent to \"orders\" is not answered within 2 seconds")
    public void notAnswered(String method, String path, String service, Duration limit) throws InterruptedException {
        Request request = request(method, path, service, NOTHING, "");
        String outcome = exchanges.outcomeOf(request, limit);
        stage.record(
                request + " at " + request.address(),
                "not answered within " + Durations.show(limit),
                outcome,
                outcome.equals("not answered"),
                Optional.empty());
    }

    @Then("{patience}{string} accepts connections")
    @Doc(
            family = Family.HTTP,
            text = "Checks that the service's port accepts a TCP connection.",
            example = "Then within 5 seconds \"orders\" accepts connections")
    public void accepts(Patience patience, String service) throws Exception {
        stage.check(patience, stage.http().connection(stage.text(service)), Expect.state("accepted"));
    }

    @Then("{patience}{string} refuses connections")
    @Doc(
            family = Family.HTTP,
            text = "Checks that nothing listens on the service's port.",
            example = "Then within 5 seconds \"orders.admin\" refuses connections")
    public void refuses(Patience patience, String service) throws Exception {
        stage.check(patience, stage.http().connection(stage.text(service)), Expect.state("refused"));
    }

    private void send(String method, String path, String service, byte[] body, String type) throws Exception {
        exchanges.send(request(method, path, service, body, type));
    }

    private Request request(String method, String path, String service, byte[] body, String type) {
        return exchanges.request(method, stage.text(path), stage.text(service), body, type);
    }

    private String encoded(DataTable pairs) {
        return pairs.cells().stream()
                .map(cells -> cells.stream()
                        .map(cell -> URLEncoder.encode(stage.text(cell == null ? "" : cell), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("=")))
                .collect(Collectors.joining("&"));
    }

    private static byte[] read(Path file) throws IOException {
        if (Files.size(file) > Content.MAX_BYTES) {
            throw new IllegalArgumentException(file + " is larger than " + Content.MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }

    private static String type(String body) {
        return Json.parse(body).isPresent() ? "application/json" : "text/plain; charset=utf-8";
    }
}
