package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Place;
import dev.verdict.environment.RunProcesses;
import dev.verdict.journal.RunFolder;
import java.nio.file.Path;
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
        SplittableRandom random) {
    /// Returns the label of the processes that the fault starts itself.
    String label() {
        return "fault/" + id;
    }

    /// Returns where the fault keeps files of its own.
    Path aside() {
        return folder.root().resolve("faults").resolve(id);
    }

    /// Returns the root of the service's local processes.
    ///
    /// @param what the fault, for the message
    long root(String what) {
        return switch (environment.place(service)) {
            case Place.Processes processes -> processes.pid();
            case Place.Container _ ->
                throw new FaultException(
                        "%s is not possible in a container yet; %s runs in one".formatted(what, service));
            case Place.Elsewhere _ -> throw new FaultException(elsewhere(service));
        };
    }

    static String elsewhere(String service) {
        return "service %s runs elsewhere, and Verdict leaves its life alone: only its links can be disturbed"
                .formatted(service);
    }
}
