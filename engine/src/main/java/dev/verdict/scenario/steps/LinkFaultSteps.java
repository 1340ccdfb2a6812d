package dev.verdict.scenario.steps;

import dev.verdict.plan.HttpFault;
import dev.verdict.plan.LinkFault;
import io.cucumber.java.en.When;
import java.time.Duration;

/// Disturbs the traffic between services, and between the scenario and a service.
public final class LinkFaultSteps {
    private static final double PERCENT = 100;

    private final Stage stage;

    public LinkFaultSteps(Stage stage) {
        this.stage = stage;
    }

    private void disturb(String from, String to, LinkFault fault, Lasting lasting) throws InterruptedException {
        stage.disturbances().link(stage.text(from), stage.text(to), fault, lasting);
    }

    @When("requests from {string} to {string} are delayed by {duration}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Delays what one service sends to another, answers excepted.",
            example = "When requests from \"orders\" to \"stock\" are delayed by 200 ms")
    public void delay(String from, String to, Duration by, Lasting lasting) throws InterruptedException {
        disturb(from, to, new LinkFault.Delay(by), lasting);
    }

    @When("requests to {string} are delayed by {duration}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Delays what the scenario itself sends to a service.",
            example = "When requests to \"stock\" are delayed by 200 ms for 5 seconds")
    public void delayOwn(String to, Duration by, Lasting lasting) throws InterruptedException {
        disturb("", to, new LinkFault.Delay(by), lasting);
    }

    @When("answers from {string} to {string} are delayed by {duration}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Delays what a service answers another: the first is who asked.",
            example = "When answers from \"stock\" to \"orders\" are delayed by 200 ms")
    public void delayAnswers(String from, String to, Duration by, Lasting lasting) throws InterruptedException {
        disturb(to, from, new LinkFault.Delay(by).only(LinkFault.Direction.BACK), lasting);
    }

    @When("the connection from {string} to {string} is {broken}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Breaks the traffic: `reset` resets open connections, `refused` refuses new ones, `stalled` holds "
                    + "everything back, `a black hole` swallows it.",
            example = "When the connection from \"orders\" to \"stock\" is refused for 5 seconds")
    public void breakLink(String from, String to, LinkFault broken, Lasting lasting) throws InterruptedException {
        disturb(from, to, broken, lasting);
    }

    @When("the connection to {string} is {broken}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Breaks the traffic between the scenario itself and a service.",
            example = "When the connection to \"stock\" is reset")
    public void breakOwn(String to, LinkFault broken, Lasting lasting) throws InterruptedException {
        disturb("", to, broken, lasting);
    }

    @When("the connection from {string} to {string} is limited to {size}\\/s{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Bounds what goes over all connections together, in each direction.",
            example = "When the connection from \"orders\" to \"stock\" is limited to 1 MB/s")
    public void limit(String from, String to, long bytes, Lasting lasting) throws InterruptedException {
        disturb(from, to, new LinkFault.Bandwidth(bytes, LinkFault.Per.LINK), lasting);
    }

    @When("the connection from {string} to {string} is reset after {size}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Resets each connection once so much was answered over it.",
            example = "When the connection from \"orders\" to \"stock\" is reset after 100 bytes")
    public void resetAfter(String from, String to, long bytes, Lasting lasting) throws InterruptedException {
        disturb(from, to, new LinkFault.ResetAfterBytes(bytes), lasting);
    }

    @When("requests from {string} to {string} are answered with {int}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Replaces the status of every answer; the requests still arrive.",
            example = "When requests from \"orders\" to \"stock\" are answered with 503 for 2 seconds")
    public void status(String from, String to, int status, Lasting lasting) throws InterruptedException {
        disturb(from, to, new HttpFault.HttpStatus(status), lasting);
    }

    @When("{int}% of the requests from {string} to {string} are answered with {int}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Replaces the status of a share of the answers, which the run's seed picks.",
            example = "When 30% of the requests from \"orders\" to \"stock\" are answered with 500")
    public void someStatus(int percent, String from, String to, int status, Lasting lasting)
            throws InterruptedException {
        disturb(from, to, new HttpFault.HttpStatus(status).sometimes(percent / PERCENT), lasting);
    }

    @When("the first {int} requests from {string} to {string} are answered with {int}")
    @Doc(
            family = Family.FAULTS,
            text = "Replaces the status of the next few answers; later ones are left alone.",
            example = "When the first 2 requests from \"orders\" to \"stock\" are answered with 503")
    public void firstStatus(int count, String from, String to, int status) throws InterruptedException {
        disturb(from, to, new HttpFault.HttpStatus(status).first(count), Lasting.parse(""));
    }

    @When("bodies from {string} to {string} are empty{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Empties the body of every answer that the second service gets from the first.",
            example = "When bodies from \"stock\" to \"orders\" are empty")
    public void empty(String from, String to, Lasting lasting) throws InterruptedException {
        disturb(to, from, new HttpFault.HttpBody(""), lasting);
    }
}
