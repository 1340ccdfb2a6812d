package dev.verdict.environment;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import dev.verdict.plan.Text;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Holds what the services of a run share.
///
/// @param networks of the services that have one of their own
record Surroundings(
        ResolvedPlan plan,
        RunFolder folder,
        Journal journal,
        Redactor redactor,
        ReferenceResolver references,
        Ledger ledger,
        Processes processes,
        PortNumbers ports,
        Namespaces networks,
        SmallDisks disks) {
    /// Is where local services listen.
    static final String HOST = "127.0.0.1";

    String text(String service, Text text) {
        return text.resolve(reference -> references.resolve(service, reference));
    }

    List<String> texts(String service, List<Text> texts) {
        return texts.stream().map(text -> text(service, text)).toList();
    }

    /// Opens a service's log for writing.
    ServiceLog log(String service) {
        return new ServiceLog(
                folder.log(service),
                redactor,
                Clock.systemUTC(),
                ServiceLog.MAX_BYTES,
                message -> journal.emit(new Event.HarnessFailed("environment", service + ": " + message)));
    }

    /// @throws EnvironmentException if it is not known yet
    Endpoint endpoint(String service, String port) {
        Service asked = plan.plan().services().get(service);
        if (asked != null && asked.runs() instanceof Runs.Existing existing) {
            Runs.Location location = existing.ports().get(port);
            if (location != null) {
                return new Endpoint(location.host(), location.port());
            }
        }
        OptionalInt number = ports.of(service, port);
        if (number.isEmpty() && asked != null && asked.ports().containsKey(port)) {
            throw new EnvironmentException(
                    "the number of %s.%s on this machine is the container engine's choice, and not known before %s runs"
                            .formatted(service, port, service));
        }
        if (number.isEmpty()) {
            throw new EnvironmentException("there is no port %s.%s in the plan".formatted(service, port));
        }
        return new Endpoint(networks.host(service).orElse(HOST), number.getAsInt());
    }

    /// Prepares a command to run as `service` does: in its directory, with its variables, marked.
    Launch launch(Service service, List<Text> command) {
        Map<String, String> variables = new HashMap<>();
        service.env().forEach((name, value) -> variables.put(name, text(service.name(), value)));
        service.ports()
                .values()
                .forEach(port -> port.env()
                        .ifPresent(name -> variables.put(
                                name,
                                Integer.toString(
                                        endpoint(service.name(), port.name()).port()))));
        if (OwnClock.wanted(service)) {
            variables.putAll(OwnClock.variables(this, service.name()));
        }
        variables.putAll(processes.mark().variables(service.name()));
        Path directory = service.process()
                .directory()
                .map(text -> plan.directory().resolve(text(service.name(), text)))
                .orElse(plan.directory())
                .normalize();
        return new Launch(
                texts(service.name(), command),
                directory,
                variables,
                service.process().limits(),
                networks.enter(service.name()));
    }
}
