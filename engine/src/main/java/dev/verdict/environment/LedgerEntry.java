package dev.verdict.environment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// States what a run owns. Each entry is on the disk before what it speaks of exists, so that
/// whatever a killed run left behind can be found.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
sealed interface LedgerEntry {
    /// Opens a ledger.
    ///
    /// @param mark what every process of the run carries in its environment
    record RunOwned(Owner owner, Mark mark, Instant at) implements LedgerEntry {}

    /// Announces the ports that services will listen on, as `SERVICE.PORT` to number.
    record PortsAssigned(Map<String, Integer> ports) implements LedgerEntry {
        public PortsAssigned {
            ports = Map.copyOf(ports);
        }
    }

    /// Announces networks of services' own.
    ///
    /// @param name is in the names of all that belong to them
    record NetworkAnnounced(String name) implements LedgerEntry {}

    /// Announces that a service may write below a path.
    record WritesDeclared(String service, WrittenPath before) implements LedgerEntry {}

    /// Announces that a service's process is about to be started.
    record ServiceAnnounced(String service, List<String> command) implements LedgerEntry {
        public ServiceAnnounced {
            command = List.copyOf(command);
        }
    }

    /// Names the process that was announced.
    record ServiceProcess(String service, ProcessId process) implements LedgerEntry {}

    /// Closes a ledger: nothing of the run is left.
    record RunReleased(Instant at) implements LedgerEntry {}

    /// Closes the ledger of a killed run: what it left was ended and removed.
    record RunRecovered(Instant at) implements LedgerEntry {}
}
