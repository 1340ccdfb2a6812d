package dev.verdict.environment;

import dev.verdict.environment.Environment.State;
import dev.verdict.plan.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// Is a service of the running system, whatever it is made of.
sealed interface Body permits LocalService, ContainerService, ExistingService {
    Service service();

    State state();

    /// Returns how often it was started.
    int starts();

    /// Returns where it runs.
    ///
    /// @throws EnvironmentException if it does not run
    Place place();

    /// Starts it and waits until it is ready.
    ///
    /// @return the time to readiness
    /// @throws EnvironmentException if it does not get ready, after that was journaled
    Duration start() throws InterruptedException;

    /// Ends it as its plan says.
    ///
    /// @return whom it left behind, still alive: those who detached, or outlived it beyond the time
    ///     to stop
    List<Proc> stop(String reason) throws InterruptedException;

    void signal(String name, String reason) throws InterruptedException;

    void pause(String reason) throws InterruptedException;

    void resume(String reason) throws InterruptedException;

    void expect(String signal, String reason);

    /// Returns whom it left behind when it ended, still alive.
    List<Proc> leftovers();

    /// Refuses later starts and interrupts one that is under way.
    void refuseStarts();

    /// Journals that it did not come up.
    EnvironmentException fail(String reason, String probe, OptionalInt exitCode);

    /// Ends the log, after everyone who could write to it was ended.
    void close() throws InterruptedException, IOException;
}
