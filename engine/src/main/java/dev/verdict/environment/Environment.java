package dev.verdict.environment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds the system under test: brings it up, answers where it is, changes its life, takes it down.
public interface Environment extends AutoCloseable {
    /// Starts every service in dependency order and waits until each is ready, has failed, or has
    /// no chance because a service it needs failed. Does not throw for a service that fails: that
    /// is journaled, and [#state] tells.
    ///
    /// @throws InterruptedException if the run is being interrupted; [#close] must still be called
    void up() throws InterruptedException;

    /// Returns where the service itself listens, without the gateway. It is known before [#up],
    /// but for a port whose number the container engine chooses: that is known once it runs, and
    /// may change with each start.
    ///
    /// @throws EnvironmentException if it is not known
    Endpoint endpoint(String service, String port);

    /// Notes that a container was taken to other networks: its ports may be reached elsewhere now.
    ///
    /// @param container its id; one that is none of the run's does no harm
    void moved(String container) throws InterruptedException;

    /// Returns the network that the service has to itself; empty if it shares this machine's, or
    /// its network is out of Verdict's hands.
    Optional<Net> net(String service);

    /// Returns what the service is doing now.
    State state(String service);

    /// Returns how often the service was started again since [#up].
    int restarts(String service);

    /// Returns the file that holds the service's output, a line each: `TIME out|err TEXT`.
    Path log(String service);

    /// Returns the variables that mark a process as the run's, for commands that others start: what
    /// these leave behind is then found by the audit. Empty if this environment marks no processes.
    Map<String, String> marks();

    /// Ends the service as its plan says and waits for it.
    ///
    /// @param reason who asked, for the journal
    void stop(String service, String reason) throws InterruptedException;

    /// Sends the whole process tree a signal, as `KILL` or `HUP`.
    void signal(String service, String signal, String reason) throws InterruptedException;

    /// Holds all processes of the service until [#resume]; doing it again does nothing.
    ///
    /// @throws EnvironmentException if it does not run
    void pause(String service, String reason) throws InterruptedException;

    /// Lets a paused service go on; does nothing if it is not paused or has ended.
    void resume(String service, String reason) throws InterruptedException;

    /// Notes that what Verdict does makes the kernel end the service by a signal, as KILL where it
    /// is out of memory: such an end is then not the service's own doing.
    ///
    /// @throws EnvironmentException if it does not run
    void expect(String service, String signal, String reason);

    /// Returns the paths of this machine that the service may write, as its plan declares them,
    /// absolute; known after [#up].
    List<Path> writes(String service);

    /// Returns the paths inside its container that the service may write, as its plan declares
    /// them; known after [#up].
    default List<Path> writesInside(String service) {
        return List.of();
    }

    /// Returns what the service has to itself; known after [#up].
    default Levers levers(String service) {
        return Levers.NONE;
    }

    /// Returns where the service runs now.
    ///
    /// @throws EnvironmentException if it does not run
    Place place(String service);

    /// Starts a stopped service and waits until it is ready.
    ///
    /// @return the time to readiness
    /// @throws EnvironmentException if it does not get ready
    Duration start(String service, String reason) throws InterruptedException;

    /// Ends everything in reverse order, audits for orphans, reports them, then removes them.
    @Override
    void close();

    /// Says what a service is doing.
    sealed interface State {
        record Pending() implements State {}

        record Starting() implements State {}

        record Ready() implements State {}

        /// Did not come up, for the journal's `ServiceFailed` reason.
        record Failed(String reason) implements State {}

        /// Ended; `expected` if Verdict asked for it.
        record Exited(int exitCode, boolean expected) implements State {}
    }
}
