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

    /// Waits until it has ended with `code`: for a migration, and whatever else does its work and
    /// ends.
    record Exit(int code, Duration within) implements Readiness {}

    /// Waits for what the container itself says, the default of one: that it is healthy, if it has
    /// a health check; else that each of `ports` accepts a connection, or without ports that it
    /// runs.
    record Healthy(List<String> ports, Duration within) implements Readiness {
        public Healthy {
            ports = List.copyOf(ports);
        }
    }
}
