package dev.verdict.scenario.steps;

import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

/// Changes and checks the life of services.
public final class ServiceSteps {
    private final Stage stage;

    public ServiceSteps(Stage stage) {
        this.stage = stage;
    }

    @When("the service {string} is started")
    @Doc(
            family = Family.SERVICES,
            text = "Starts a service that was stopped or killed, and waits until it is ready.",
            example = "When the service \"stock\" is started")
    public void start(String service) throws InterruptedException {
        stage.services().start(stage.text(service));
    }

    @When("the service {string} is sent the signal {string}")
    @Doc(
            family = Family.SERVICES,
            text =
                    "Sends a service and all its children a signal, as HUP; a STOP is followed by CONT when the scenario ends.",
            example = "When the service \"stock\" is sent the signal \"HUP\"")
    public void signal(String service, String signal) throws InterruptedException {
        stage.services().signal(stage.text(service), stage.text(signal));
    }

    @Then("{patience}the service {string} is running")
    @Doc(
            family = Family.SERVICES,
            text = "Checks that a service is there and was ready.",
            example = "Then within 20 seconds the service \"stock\" is running")
    public void isRunning(Patience patience, String service) throws Exception {
        stage.check(patience, stage.services().state(stage.text(service)), Expect.state(Services.RUNNING));
    }

    @Then("{patience}the service {string} is not running")
    @Doc(
            family = Family.SERVICES,
            text = "Checks that a service has ended, whoever ended it.",
            example = "Then within 5 seconds the service \"stock\" is not running")
    public void isNotRunning(Patience patience, String service) throws Exception {
        stage.check(
                patience,
                stage.services().state(stage.text(service)),
                Expectation.of("not running", content -> content.text().startsWith(Services.EXITED)));
    }

    @Then("{patience}the service {string} has exited with {int}")
    @Doc(
            family = Family.SERVICES,
            text = "Checks the exit code of a service that ended; 128 + n after signal n.",
            example = "Then within 5 seconds the service \"stock\" has exited with 0")
    public void exitedWith(Patience patience, String service, int exitCode) throws Exception {
        stage.check(patience, stage.services().state(stage.text(service)), Expect.state(Services.EXITED + exitCode));
    }
}
