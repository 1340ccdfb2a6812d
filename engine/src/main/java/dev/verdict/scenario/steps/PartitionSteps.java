package dev.verdict.scenario.steps;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Partition;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.stream.Stream;

/// Cuts the network between services that have networks of their own.
public final class PartitionSteps {
    private final Stage stage;

    public PartitionSteps(Stage stage) {
        this.stage = stage;
    }

    private void cut(Partition partition, FaultTarget target, Lasting lasting) throws InterruptedException {
        stage.disturbances().start(partition, target, lasting);
    }

    private List<String> texts(Names names) {
        return names.each().stream().map(stage::text).toList();
    }

    @When("(the )service(s) {names} is/are cut off from {names}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Loses every packet between two groups of services, in both directions; inside a group all is well. "
                    + "They must have networks of their own: containers, or `network: own`.",
            example = "When services \"a\" and \"b\" are cut off from \"c\" for 10 seconds")
    public void cutOff(Names group, Names others, Lasting lasting) throws InterruptedException {
        List<String> one = texts(group);
        List<String> two = texts(others);
        cut(
                new Partition.Groups(List.of(one, two)),
                new FaultTarget.OfServices(
                        Stream.concat(one.stream(), two.stream()).toList()),
                lasting);
    }

    @When("(the )service {string} is isolated{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Loses every packet between a service and all others that have networks of their own.",
            example = "When the service \"a\" is isolated for 10 seconds")
    public void isolate(String service, Lasting lasting) throws InterruptedException {
        cut(new Partition.Isolate(), new FaultTarget.OfService(stage.text(service)), lasting);
    }

    @When("(the )services {names} are divided into {division}{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Divides services at random, as the seed has it: into `halves`, into `halves with a bridge` that "
                    + "reaches both, or into `a ring of majorities`, where each reaches most and no two the same.",
            example = "When the services \"a\", \"b\" and \"c\" are divided into halves with a bridge for 10 seconds")
    public void divide(Names services, Partition division, Lasting lasting) throws InterruptedException {
        cut(division, new FaultTarget.OfServices(texts(services)), lasting);
    }

    @When("what {string} sends to {string} is lost{lasting}")
    @Doc(
            family = Family.FAULTS,
            text = "Loses the packets of one direction only, acknowledgements among them.",
            example = "When what \"a\" sends to \"b\" is lost for 10 seconds")
    public void oneWay(String from, String to, Lasting lasting) throws InterruptedException {
        cut(new Partition.OneWay(), new FaultTarget.OfLink(stage.text(from), stage.text(to)), lasting);
    }
}
