package dev.verdict.fault;

import static dev.verdict.fault.FaultyContainers.shell;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Partition;
import java.io.IOException;
import java.nio.file.Path;

/// Takes a container out of its networks and back, over and over, until it is killed: a program
/// for tests, in a process of its own.
final class KilledApart {
    private KilledApart() {}

    /// Takes the plan's folder and the run's id; says `up` when the system is up.
    public static void main(String[] args) throws InterruptedException, IOException {
        Needs poor = new Needs(false, "/usr/bin:/bin", Path.of("/sys/fs/cgroup"));
        String services = shell("box", "while :; do sleep 1; done", "");
        try (FaultyContainers system = new FaultyContainers(Path.of(args[0]), args[1], services, "", poor)) {
            system.environment.up();
            System.out.println("up");
            while (true) {
                system.faults.inject(new Partition.Isolate(), new FaultTarget.OfService("box"), "test");
                system.faults.undoAll();
            }
        }
    }
}
