package dev.verdict.scenario.steps;

import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/// Opens event streams and WebSockets; what arrives is a content.
public final class StreamSteps {
    private final Stage stage;

    public StreamSteps(Stage stage) {
        this.stage = stage;
    }

    @When("the event stream {string} of {string} is opened")
    @Doc(
            family = Family.EVENTS,
            text = "Opens an event stream; what arrives is kept, and closed when the scenario ends.",
            example = "When the event stream \"/orders/events\" of \"orders\" is opened")
    public void openEvents(String path, String service) throws Exception {
        openEventsAs(path, service, "");
    }

    @When("the event stream {string} of {string} is opened as {string}")
    @Doc(
            family = Family.EVENTS,
            text = "Opens one of several event streams under a name: an event on \"ann\" is one of its events.",
            example = "When the event stream \"/orders/events\" of \"orders\" is opened as \"ann\"")
    public void openEventsAs(String path, String service, String name) throws Exception {
        stage.openEvents(stage.text(path), stage.text(service), stage.text(name));
    }

    @When("the event stream is closed")
    @Doc(
            family = Family.EVENTS,
            text = "Closes the last opened event stream from this side.",
            example = "When the event stream is closed")
    public void closeEvents() {
        stage.events().connection("").close();
    }

    @Then("{patience}there is/are {amount} event(s)")
    @Doc(
            family = Family.EVENTS,
            text =
                    "Checks how many events arrived over the last opened stream; without a time, it waits up to 10 seconds.",
            example = "Then within 5 seconds there are at least 3 events")
    public void events(Patience patience, Amount amount) throws Exception {
        stage.check(
                patience.orWithin(Streams.USUAL_WAIT),
                stage.events().list(""),
                Expect.count(stage.amount(amount), "events"));
    }

    @Then("{patience}the event stream has ended")
    @Doc(
            family = Family.EVENTS,
            text = "Checks that the service ended the last opened event stream.",
            example = "Then within 5 seconds the event stream has ended")
    public void ended(Patience patience) throws Exception {
        stage.check(patience, stage.events().end(""), Expect.state("ended by the service"));
    }

    @When("the WebSocket {string} of {string} is opened")
    @Doc(
            family = Family.WEBSOCKET,
            text = "Opens a WebSocket; what arrives is kept, and closed when the scenario ends.",
            example = "When the WebSocket \"/chat\" of \"chat\" is opened")
    public void openSocket(String path, String service) throws Exception {
        openSocketAs(path, service, "");
    }

    @When("the WebSocket {string} of {string} is opened as {string}")
    @Doc(
            family = Family.WEBSOCKET,
            text = "Opens one of several WebSockets under a name: a message on \"ann\" is one that she got.",
            example = "When the WebSocket \"/chat\" of \"chat\" is opened as \"ann\"")
    public void openSocketAs(String path, String service, String name) throws Exception {
        stage.openSocket(stage.text(path), stage.text(service), stage.text(name));
    }

    @When("the message {string} is sent")
    @Doc(
            family = Family.WEBSOCKET,
            text = "Sends a text message over the last opened WebSocket.",
            example = "When the message \"hello\" is sent")
    public void send(String message) throws Exception {
        sendOn(message, "");
    }

    @When("the message {string} is sent on {string}")
    @Doc(
            family = Family.WEBSOCKET,
            text = "Sends a text message over the WebSocket of that name.",
            example = "When the message \"hello\" is sent on \"ann\"")
    public void sendOn(String message, String name) throws Exception {
        stage.sockets()
                .connection(stage.text(name))
                .send(stage.text(message), stage.exchanges().timeout());
    }

    @When("the message is sent")
    @Doc(family = Family.WEBSOCKET, text = "Sends a longer text message over the last opened WebSocket.", example = """
                    When the message is sent
                      \"""
                      { "to": "bob", "text": "hello" }
                      \"""
                    """)
    public void sendText(String message) throws Exception {
        sendOn(message, "");
    }

    @When("the WebSocket is closed")
    @Doc(
            family = Family.WEBSOCKET,
            text = "Closes the last opened WebSocket from this side.",
            example = "When the WebSocket is closed")
    public void closeSocket() {
        stage.sockets().connection("").close();
    }

    @Then("{patience}there is/are {amount} message(s)")
    @Doc(
            family = Family.WEBSOCKET,
            text =
                    "Checks how many messages arrived over the last opened WebSocket; without a time, it waits up to 10 seconds.",
            example = "Then within 5 seconds there are 2 messages")
    public void messages(Patience patience, Amount amount) throws Exception {
        stage.check(
                patience.orWithin(Streams.USUAL_WAIT),
                stage.sockets().list(""),
                Expect.count(stage.amount(amount), "messages"));
    }

    @Then("{patience}the WebSocket has been closed with {int}")
    @Doc(
            family = Family.WEBSOCKET,
            text = "Checks that the service closed the last opened WebSocket, with that code.",
            example = "Then within 5 seconds the WebSocket has been closed with 1000")
    public void closedWith(Patience patience, int code) throws Exception {
        stage.check(patience, stage.sockets().end(""), Expect.state("closed with " + code));
    }
}
