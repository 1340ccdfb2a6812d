package dev.verdict.environment.docker;

import dev.verdict.journal.Event.ExitCause;
import java.util.Optional;

/// Is a change in the life of a container.
public sealed interface ContainerChange {
    /// Is there, and does not run yet.
    record Created() implements ContainerChange {}

    /// Runs.
    ///
    /// @param record as of now; of a container that ended at once already without a process
    record Started(ContainerRecord record) implements ContainerChange {}

    /// Passed its health check after it had not.
    record Healthy() implements ContainerChange {}

    /// Failed its health check as often as it may.
    ///
    /// @param lastCheck what the last one printed
    record Unhealthy(String lastCheck) implements ContainerChange {}

    record Paused() implements ContainerChange {}

    record Resumed() implements ContainerChange {}

    /// Lost a process, which the kernel killed for want of memory; the container may go on.
    record ShortOfMemory() implements ContainerChange {}

    /// Ended; its log holds everything that it wrote.
    ///
    /// @param pid of its main process; 0 if it ended before anybody could look
    /// @param exitCode 128 + n for signal n
    /// @param expected whether Verdict had asked for it
    /// @param cause what is known beyond the exit code
    record Exited(long pid, int exitCode, boolean expected, Optional<ExitCause> cause) implements ContainerChange {}

    record Removed() implements ContainerChange {}
}
