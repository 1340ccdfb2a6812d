package dev.verdict.fault;

import static dev.verdict.fault.FaultyContainers.shell;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Disturbs a container in every way that can leave something, over and over, until it is killed:
/// a program for tests, in a process of its own.
final class KilledBoxes {
    private KilledBoxes() {}

    /// Takes the plan's folder and the run's id; says `up` when the system is up.
    public static void main(String[] args) throws InterruptedException, IOException {
        String script = "echo rows of a table > /box/rows; while :; do sleep 1; done";
        String more = "writes: [/box, /disk, data]\nvolumes: [\"./data:/kept\"]\n";
        List<ServiceFault> faults = List.of(
                new ServiceFault.LimitOpenFiles(99),
                new ServiceFault.LimitProcesses(50),
                new ServiceFault.CpuStress(1),
                new ServiceFault.MemoryPressure(64 << 20),
                new ServiceFault.Truncate("/box/rows", 4),
                new ServiceFault.FlipBits("data/keep", 5),
                new ServiceFault.Pause());
        try (FaultyContainers system = new FaultyContainers(
                Path.of(args[0]),
                args[1],
                shell("box", "mkdir -p /box; " + script, more)
                        + shell("full", "while :; do sleep 1; done", "writes: [/disk]\ndisk: 1MB\n"))) {
            system.environment.up();
            System.out.println("up");
            while (true) {
                system.faults.inject(new ServiceFault.DiskFull("", 0), new FaultTarget.OfService("full"), "test");
                for (ServiceFault fault : faults) {
                    system.faults.inject(fault, new FaultTarget.OfService("box"), "test");
                }
                system.faults.undoAll();
                system.inject(new ServiceFault.ReadOnlyDisk(""), "full");
                system.faults.undoAll();
            }
        }
    }
}
