package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Place;
import dev.verdict.environment.RunProcesses;
import dev.verdict.journal.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;

/// Holds what a fault of a service needs to act.
///
/// @param id the fault's, unique in the run
/// @param service which exists
/// @param by who asked, for the journal
/// @param directory the plan's folder
/// @param random the same for the same seed and fault
record Scene(
        String id,
        String service,
        String by,
        RunFolder folder,
        Path directory,
        Environment environment,
        RunProcesses processes,
        Cgroups cgroups,
        SplittableRandom random) {
    /// Returns the label of the processes that the fault starts itself.
    String label() {
        return "fault/" + id;
    }

    /// Returns where the fault keeps files of its own.
    Path aside() {
        return folder.root().resolve("faults").resolve(id);
    }

    /// Returns the root of the service's processes, which are this machine's also in a container.
    ///
    /// @param what the fault, for the message
    long root(String what) {
        return switch (environment.place(service)) {
            case Place.Processes processes -> processes.pid();
            case Place.Container container -> seen(what, container);
            case Place.Elsewhere _ -> throw new FaultException(elsewhere(service));
        };
    }

    private long seen(String what, Place.Container container) {
        if (container.alike() > 1) {
            throw new FaultException(
                    "%s acts on one container, and service %s has %d".formatted(what, service, container.alike()));
        }
        boolean here = processes.of(RunProcesses.inContainer(container.id())).stream()
                .anyMatch(process -> process.pid() == container.pid());
        if (!here) {
            throw new FaultException(
                    "%s acts on the processes of the container of %s, which cannot be seen from here: Verdict must run beside the engine, not in a container itself"
                            .formatted(what, service));
        }
        return container.pid();
    }

    /// Returns the container that the service runs in; empty if it is processes of this machine.
    Optional<Place.Container> container() {
        return environment.place(service) instanceof Place.Container container
                ? Optional.of(container)
                : Optional.empty();
    }

    /// Returns the label by which all the service's processes are found.
    String members() {
        return container()
                .map(container -> RunProcesses.inContainer(container.id()))
                .orElse(service);
    }

    static String elsewhere(String service) {
        return "service %s runs elsewhere, and Verdict leaves its life alone: only its links can be disturbed"
                .formatted(service);
    }
}
