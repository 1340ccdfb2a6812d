package dev.verdict.environment.docker;

import dev.verdict.journal.Event.ExitCause;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Says what a container is doing, as follows from what the engine told and Verdict asked.
///
/// @param health `starting`, `healthy` or `unhealthy`; empty without a health check, or before one
/// @param exitCode of the last life
/// @param outOfMemory whether the kernel killed one of its processes in this life
/// @param asked whether Verdict wants this life to end
/// @param signals numbers of those that Verdict sent in this life
/// @param starts how often it was started
/// @param endedAt when the last life ended, nanoseconds since 1970 by the engine's clock; 0 before
public record ContainerState(
        Phase phase,
        Optional<String> health,
        OptionalInt exitCode,
        boolean outOfMemory,
        boolean asked,
        Set<Integer> signals,
        int starts,
        long endedAt) {
    public ContainerState {
        signals = Set.copyOf(signals);
    }

    /// Is what a container does.
    public enum Phase {
        CREATED,
        RUNNING,
        PAUSED,
        EXITED,
        REMOVED
    }

    static final ContainerState NEW =
            new ContainerState(Phase.CREATED, Optional.empty(), OptionalInt.empty(), false, false, Set.of(), 0, 0);

    /// Returns what follows from an event; an event that says nothing new changes nothing.
    ContainerState after(EngineEvent event) {
        return switch (event.action()) {
            case "start" ->
                new ContainerState(
                        Phase.RUNNING,
                        Optional.empty(),
                        OptionalInt.empty(),
                        false,
                        false,
                        Set.of(),
                        starts + 1,
                        endedAt);
            case "die" ->
                new ContainerState(
                        Phase.EXITED, health, event.exitCode(), outOfMemory, asked, signals, starts, event.nanos());
            case "oom" -> shortOfMemory();
            case "pause" -> in(Phase.PAUSED);
            case "unpause" -> in(Phase.RUNNING);
            case "destroy" -> in(Phase.REMOVED);
            case "health_status" ->
                new ContainerState(
                        phase, Optional.of(event.detail()), exitCode, outOfMemory, asked, signals, starts, endedAt);
            default -> this;
        };
    }

    /// Returns the state once Verdict has asked for the end.
    ContainerState asking() {
        return new ContainerState(phase, health, exitCode, outOfMemory, true, signals, starts, endedAt);
    }

    /// Returns the state once Verdict has sent a signal.
    ContainerState signalled(int number) {
        Set<Integer> all = new HashSet<>(signals);
        all.add(number);
        return new ContainerState(phase, health, exitCode, outOfMemory, asked, all, starts, endedAt);
    }

    ContainerState shortOfMemory() {
        return new ContainerState(phase, health, exitCode, true, asked, signals, starts, endedAt);
    }

    private ContainerState in(Phase next) {
        return new ContainerState(next, health, exitCode, outOfMemory, asked, signals, starts, endedAt);
    }

    public boolean running() {
        return phase == Phase.RUNNING || phase == Phase.PAUSED;
    }

    /// Tells whether the end of this life is what Verdict asked for, or the effect of a signal that
    /// it sent.
    boolean expected() {
        return asked || (exitCode.isPresent() && signals.contains(exitCode.getAsInt() - 128));
    }

    /// Returns what is known about the end of this life beyond its exit code.
    Optional<ExitCause> cause() {
        return outOfMemory && !expected() ? Optional.of(ExitCause.OUT_OF_MEMORY) : Optional.empty();
    }
}
