package dev.verdict.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Describes one service of the system under test.
///
/// @param name unique in the plan
/// @param runs how it comes to run
/// @param needs services that must be ready before this one starts
/// @param ports by name, in the plan's order
/// @param env variables: for a process added to Verdict's own, for a container to its image's
/// @param ready how readiness is recognised
/// @param stop how it is asked to end
/// @param writes paths that it may write, relative to the plan's folder: their new files are
///     leftovers for the orphan audit
public record Service(
        String name,
        Runs runs,
        List<String> needs,
        Map<String, Port> ports,
        Map<String, Text> env,
        Readiness ready,
        Stop stop,
        List<Text> writes) {
    public Service {
        needs = List.copyOf(needs);
        ports = Ordered.copy(ports);
        env = Ordered.copy(env);
        writes = List.copyOf(writes);
    }

    /// Describes a process of this machine.
    public static Service process(
            String name,
            List<Text> command,
            Optional<Text> directory,
            List<String> needs,
            Map<String, Port> ports,
            Map<String, Text> env,
            Readiness ready,
            Stop stop,
            Limits limits,
            List<Text> writes) {
        return new Service(
                name,
                new Runs.LocalProcess(command, directory, limits, Runs.Network.HOST),
                needs,
                ports,
                env,
                ready,
                stop,
                writes);
    }

    /// Tells whether the service is a process in a network of its own.
    public boolean ownNetwork() {
        return runs instanceof Runs.LocalProcess process && process.network() == Runs.Network.OWN;
    }

    /// Tells whether others reach it over a network of its own, which a partition can cut.
    public boolean canBeCutOff() {
        return ownNetwork() || runs.contained();
    }

    /// Returns the process that the service is.
    ///
    /// @throws IllegalStateException if it is none
    public Runs.LocalProcess process() {
        if (runs instanceof Runs.LocalProcess process) {
            return process;
        }
        throw new IllegalStateException("service " + name + " is no process");
    }
}
