package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Place;
import dev.verdict.environment.RunProcesses;
import dev.verdict.gateway.Gateway;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.LinkFault;
import dev.verdict.plan.Partition;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.ServiceFault;
import java.util.SplittableRandom;

/// Finds whom a fault is to disturb, and makes ready what will do it. Nothing has been done to the
/// system by then.
///
/// @param needs knows what this machine lacks
record Preparation(
        ResolvedPlan plan,
        RunFolder folder,
        Environment environment,
        Gateway gateway,
        RunProcesses processes,
        Needs needs) {
    /// Makes a fault ready.
    ///
    /// @param id the fault's, unique in the run
    /// @param by who asked, for the journal
    /// @throws FaultException if the target is not there or must not be disturbed, or if rights or
    ///     tools are missing
    Disturbance of(Fault fault, FaultTarget target, String id, String by) throws InterruptedException {
        Targets targets = new Targets(plan.plan(), gateway);
        return switch (fault) {
            case ServiceFault service -> Kinds.of(service, scene(targets.service(target, service), id, by));
            case LinkFault link -> new Linking(gateway, targets.link(target, fault, by), link, seed(id));
            case Partition partition -> partition(partition, target, id, targets);
        };
    }

    private Scene scene(String service, String id, String by) {
        return new Scene(
                id,
                service,
                by,
                folder,
                plan.directory(),
                environment,
                processes,
                Cgroups.MACHINE,
                new SplittableRandom(seed(id)));
    }

    private long seed(String id) {
        return plan.plan().seed() * 1_000_003 + id.hashCode();
    }

    private Disturbance partition(Partition partition, FaultTarget target, String id, Targets targets)
            throws InterruptedException {
        if (needs.filter().isEmpty()) {
            return new Partitioning(
                    partition,
                    target,
                    id,
                    folder,
                    environment,
                    plan.plan().services().keySet(),
                    new SplittableRandom(seed(id)));
        }
        boolean isolates = partition instanceof Partition.Isolate;
        String service = isolates ? targets.service(target, partition) : "";
        needs.partition(isolates && environment.place(service) instanceof Place.Container)
                .ifPresent(why -> {
                    throw new FaultException("a partition of %s: %s".formatted(target, why));
                });
        return new Leaving(service, id, folder, environment, processes);
    }
}
