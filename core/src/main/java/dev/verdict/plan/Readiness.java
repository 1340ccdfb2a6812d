package dev.verdict.plan;

import java.time.Duration;
import java.util.List;

/// Says how it is recognised that a service can be used.
public sealed interface Readiness {
    /// Returns the time after which a service that is not ready has failed.
    Duration within();

    /// Waits until GET `path` at `port` answers `status`.
    record Http(String port, String path, int status, Duration within) implements Readiness {}

    /// Waits until each of `ports` accepts a connection: all of them by default.
    record Tcp(List<String> ports, Duration within) implements Readiness {
        public Tcp {
            ports = List.copyOf(ports);
        }
    }

    /// Waits until a line of the service's output contains a match of the regular expression.
    record Log(String pattern, Duration within) implements Readiness {}

    /// Waits until the command ends with exit code 0; it is started again until then.
    record Command(List<Text> command, Duration within) implements Readiness {
        public Command {
            command = List.copyOf(command);
        }
    }

    /// Waits only until the process runs: the default of a service without ports.
    record Started(Duration within) implements Readiness {}
}
