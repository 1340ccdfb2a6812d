package dev.verdict.environment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.verdict.environment.docker.ContainerAudit;
import dev.verdict.environment.docker.EngineAddress;
import dev.verdict.environment.docker.Labels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    /// Announces a small disk in memory.
    ///
    /// @param staging where it is for a moment before it is at `path`
    /// @param source what the table of mounts calls it
    /// @param made whether the path was not there before
    record DiskMounted(String path, String staging, String source, boolean made) implements LedgerEntry {}

    /// Announces that a service's process is about to be started.
    record ServiceAnnounced(String service, List<String> command) implements LedgerEntry {
        public ServiceAnnounced {
            command = List.copyOf(command);
        }
    }

    /// Names the process that was announced.
    record ServiceProcess(String service, ProcessId process) implements LedgerEntry {}

    /// Announces that things are about to be created in a container engine, which will carry the
    /// run's mark or its project's name as labels.
    ///
    /// @param host where the engine listens, as in `DOCKER_HOST`
    /// @param certificates the folder for TLS; empty where none is spoken
    /// @param project the Compose project; empty if there is none
    /// @param things ids of what carried these labels before
    /// @param volumes names of all volumes there were before
    record EngineAnnounced(String host, String certificates, String project, Set<String> things, Set<String> volumes)
            implements LedgerEntry {
        public EngineAnnounced {
            things = Set.copyOf(things);
            volumes = Set.copyOf(volumes);
        }

        static EngineAnnounced of(EngineAddress address, String project, ContainerAudit.Before before) {
            return new EngineAnnounced(
                    address.host(),
                    address.certificates().map(Path::toString).orElse(""),
                    project,
                    before.things(),
                    before.volumes());
        }

        EngineAddress address() {
            return new EngineAddress(
                    host, certificates.isEmpty() ? Optional.empty() : Optional.of(Path.of(certificates)));
        }

        /// Returns the labels by which the run's things are known.
        List<Map<String, String>> owned(Mark mark) {
            Map<String, String> marked = Map.of(Labels.MARK, mark.nonce());
            return project.isEmpty() ? List.of(marked) : List.of(marked, Map.of(Labels.PROJECT, project));
        }

        ContainerAudit.Before before() {
            return new ContainerAudit.Before(things, volumes);
        }
    }

    /// Closes a ledger: nothing of the run is left.
    record RunReleased(Instant at) implements LedgerEntry {}

    /// Closes the ledger of a killed run: what it left was ended and removed.
    record RunRecovered(Instant at) implements LedgerEntry {}
}
