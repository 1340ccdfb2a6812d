package dev.verdict.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Describes one service of the system under test, run as a local process.
///
/// @param name unique in the plan
/// @param command program and arguments; the program is looked up as a shell would
/// @param directory where it runs, relative to the plan's folder; that folder if absent
/// @param needs services that must be ready before this one starts
/// @param ports by name, in the plan's order
/// @param env variables added to Verdict's own environment
/// @param ready how readiness is recognised
/// @param stop how it is asked to end
/// @param limits what the process may use
/// @param writes paths that it may write, relative to the plan's folder: their new files are
///     leftovers for the orphan audit
public record Service(
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
    public Service {
        command = List.copyOf(command);
        needs = List.copyOf(needs);
        ports = Ordered.copy(ports);
        env = Ordered.copy(env);
        writes = List.copyOf(writes);
    }
}
