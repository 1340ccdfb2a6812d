package dev.verdict.fault;

import dev.verdict.environment.LocalEnvironment;
import dev.verdict.gateway.Gateway;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Limits;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import dev.verdict.plan.Stop;
import dev.verdict.plan.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Runs a small system of real processes that tests disturb.
final class FaultySystem implements AutoCloseable {
    static final Duration WITHIN = Duration.ofSeconds(30);

    final MemoryJournal journal = new MemoryJournal();
    final LocalEnvironment environment;
    final Faults faults;
    final RunFolder folder;
    private final Gateway gateway = new Gateway(journal);

    FaultySystem(Path directory, String id, Service... services) {
        Map<String, Service> byName = new LinkedHashMap<>();
        Stream.of(services).forEach(service -> byName.put(service.name(), service));
        ResolvedPlan plan = new ResolvedPlan(
                new Plan("test", 1, Map.of(), List.of(), byName, List.of()),
                directory.resolve("verdict.yaml"),
                "{}",
                "",
                Map.of());
        folder = RunFolder.of(directory, id);
        environment = new LocalEnvironment(
                plan, folder, journal, Redactor.NONE, (service, reference) -> reference.toString());
        faults = new Faults(plan, folder, journal, environment, gateway, Needs.here(System.getenv()));
    }

    static FaultySystem up(Path directory, Service... services) throws InterruptedException {
        FaultySystem system = new FaultySystem(directory, "test-run", services);
        system.environment.up();
        return system;
    }

    /// Returns a service that prints `up` and then runs the script; it may write below `data`.
    static Service shell(String name, String script) {
        return Service.process(
                name,
                Stream.of("/bin/sh", "-c", "echo up; " + script).map(Text::of).toList(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                new Readiness.Log("up", WITHIN),
                new Stop("TERM", Duration.ofSeconds(2)),
                Limits.NONE,
                List.of(Text.of(name.equals("plain") ? "data-plain" : "data")));
    }

    /// Returns the service with a disk of 1 MiB below `data` and a clock of its own.
    static Service own(Service service) {
        Runs.LocalProcess process = service.process();
        return new Service(
                service.name(),
                new Runs.LocalProcess(
                        process.command(),
                        process.directory(),
                        process.limits(),
                        process.network(),
                        new Runs.Own(OptionalLong.of(1 << 20), true)),
                service.needs(),
                service.ports(),
                service.env(),
                service.ready(),
                service.stop(),
                service.writes());
    }

    /// Returns the service with a network of its own.
    static Service apart(Service service) {
        Runs.LocalProcess process = service.process();
        return new Service(
                service.name(),
                new Runs.LocalProcess(
                        process.command(), process.directory(), process.limits(), Runs.Network.OWN, process.own()),
                service.needs(),
                service.ports(),
                service.env(),
                service.ready(),
                service.stop(),
                List.of());
    }

    String inject(Fault fault, String target) throws InterruptedException {
        return faults.inject(fault, FaultTarget.parse(target), "test");
    }

    /// Returns the process number of the service's latest start.
    long pid(String service) {
        return journal.all(Event.ServiceStarted.class).stream()
                .filter(event -> event.service().equals(service))
                .toList()
                .getLast()
                .pid();
    }

    @Override
    public void close() {
        faults.close();
        environment.close();
        gateway.close();
    }
}
