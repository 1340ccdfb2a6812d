package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Membership;
import dev.verdict.environment.Place;
import dev.verdict.environment.RunContainers;
import dev.verdict.environment.RunProcesses;
import dev.verdict.journal.RunFolder;
import java.util.List;

/// Cuts a container off from all others where no packets can be filtered: it leaves its networks
/// for one that nobody else is in. This machine still reaches its published ports.
final class Leaving implements Disturbance {
    private final RunContainers containers;
    private final Environment environment;
    private final Membership member;
    private final String alone;

    /// Looks at the networks that the service is in.
    ///
    /// @throws FaultException if the service is not one container with networks of its own
    Leaving(String service, String id, RunFolder folder, Environment environment, RunProcesses processes)
            throws InterruptedException {
        containers = new RunContainers(folder);
        this.environment = environment;
        // Networks of this machine, or another container's, have no addresses.
        if (!(environment.place(service) instanceof Place.Container container)
                || environment.net(service).isEmpty()) {
            throw new FaultException("service %s cannot be cut off: it is not one container with a network of its own"
                    .formatted(service));
        }
        member = containers.membership(container.id());
        alone = "verdict-alone-%s-%s".formatted(processes.nonce(), id);
    }

    @Override
    public List<UndoStep> undo() {
        return List.of(new Rejoin(member, alone));
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public String means() {
        return ", as its container leaves its networks";
    }

    @Override
    public void act() throws InterruptedException {
        containers.leave(member, alone);
        environment.moved(member.container());
    }

    /// Takes the container back to its networks.
    ///
    /// @param alone the network that it is in meanwhile
    record Rejoin(Membership member, String alone) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException {
            boolean left = new RunContainers(reach.folder()).rejoin(member, alone);
            if (reach.environment().isPresent()) {
                reach.environment().get().moved(member.container());
            }
            return left ? "container %.12s is in its networks again".formatted(member.container()) : "";
        }
    }
}
