package dev.verdict.fault;

import static dev.verdict.fault.FaultySystem.apart;
import static dev.verdict.fault.FaultySystem.own;
import static dev.verdict.fault.FaultySystem.shell;

import dev.verdict.plan.Partition;
import dev.verdict.plan.ServiceFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Disturbs a system in every way that can leave something, over and over, until it is killed: a
/// program for tests, in a process of its own.
final class KilledFaults {
    private KilledFaults() {}

    /// Takes the plan's folder and the run's id; says `up` when the system is up, and then the
    /// networks of `left` and `right`.
    public static void main(String[] args) throws InterruptedException {
        String script = "echo rows of a table > data/rows; sleep 301 & (sleep 302 & wait) & wait";
        List<ServiceFault> faults = List.of(
                new ServiceFault.Pause(),
                new ServiceFault.CpuStress(2),
                new ServiceFault.DiskFull("", 0),
                new ServiceFault.LimitOpenFiles(9),
                new ServiceFault.LimitProcesses(50),
                new ServiceFault.MemoryPressure(32 << 20),
                new ServiceFault.ClockShift(Duration.ofHours(1)));
        try (FaultySystem system = new FaultySystem(
                Path.of(args[0]),
                args[1],
                own(shell("stock", script)),
                shell("plain", "exec sleep 303"),
                apart(shell("left", "exec sleep 304")),
                apart(shell("right", "exec sleep 305")))) {
            system.environment.up();
            System.out.println("up " + namespace(system, "left") + " " + namespace(system, "right"));
            while (true) {
                // Apart from the others: full and read-only at once is not possible.
                system.inject(new ServiceFault.ReadOnlyDisk(""), "stock");
                system.inject(new ServiceFault.Truncate("data-plain/keep", 4), "plain");
                system.inject(new Partition.OneWay(), "left→right");
                system.faults.undoAll();
                system.inject(new Partition.Isolate(), "left");
                for (ServiceFault fault : faults) {
                    system.inject(fault, "stock");
                }
                system.faults.undoAll();
            }
        }
    }

    private static Path namespace(FaultySystem system, String service) {
        return system.environment.net(service).orElseThrow().namespace();
    }
}
