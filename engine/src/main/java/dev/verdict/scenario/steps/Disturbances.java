package dev.verdict.scenario.steps;

import dev.verdict.fault.Faults;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultTarget;
import dev.verdict.scenario.World;
import java.util.List;
import java.util.Set;

/// Lets faults act on the scenario's behalf; whatever is left of them ends with the scenario.
final class Disturbances {
    /// The kinds after which a service is to be started again.
    private static final Set<String> ENDINGS = Set.of("kill", "stop", "crashLoop", "memory");

    private final World world;
    private boolean undoneAtTheEnd;

    Disturbances(World world) {
        this.world = world;
    }

    void service(String service, Fault fault, Lasting lasting) throws InterruptedException {
        start(fault, new FaultTarget.OfService(service), lasting);
    }

    /// @param from a service, `*`, or empty for this scenario
    void link(String from, String to, Fault fault, Lasting lasting) throws InterruptedException {
        start(fault, new FaultTarget.OfLink(from.isEmpty() ? world.scenario() : from, to), lasting);
    }

    void start(Fault fault, FaultTarget target, Lasting lasting) throws InterruptedException {
        Faults faults = world.system().faults();
        if (!undoneAtTheEnd) {
            undoneAtTheEnd = true;
            world.closing(() -> faults.undoAll(world.scenario()));
        }
        if (lasting.time().isPresent()) {
            faults.injectFor(fault, target, world.scenario(), lasting.time().get());
        } else {
            faults.inject(fault, target, world.scenario());
        }
    }

    /// Undoes the scenario's latest fault that still acts.
    void undoLast() throws InterruptedException {
        List<Faults.Active> mine = mine();
        if (mine.isEmpty()) {
            throw new IllegalStateException("this scenario has no fault that acts: there is nothing to undo");
        }
        world.system().faults().undo(mine.getLast().id());
    }

    void undoAll() throws InterruptedException {
        world.system().faults().undoAll(world.scenario());
    }

    /// Undoes the scenario's faults that ended the service, which starts it again.
    void undoEnds(String service) throws InterruptedException {
        undo(service, ENDINGS);
    }

    void undoPauses(String service) throws InterruptedException {
        undo(service, Set.of("pause"));
    }

    private void undo(String service, Set<String> kinds) throws InterruptedException {
        for (Faults.Active active : mine().reversed()) {
            if (active.target().equals(new FaultTarget.OfService(service))
                    && kinds.contains(active.fault().kind())) {
                world.system().faults().undo(active.id());
            }
        }
    }

    private List<Faults.Active> mine() {
        return world.system().faults().list().stream()
                .filter(active -> active.by().equals(world.scenario()))
                .toList();
    }
}
