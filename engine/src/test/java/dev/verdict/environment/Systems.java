package dev.verdict.environment;

import dev.verdict.journal.Journal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Limits;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Port;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Service;
import dev.verdict.plan.Stop;
import dev.verdict.plan.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// Builds small systems of real processes for tests.
final class Systems {
    static final Duration WITHIN = Duration.ofSeconds(20);

    private Systems() {}

    /// Returns a service that runs a shell script and counts as ready once it runs.
    static Service shell(String name, String script) {
        return Service.process(
                name,
                Stream.of("/bin/sh", "-c", script).map(Text::of).toList(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Map.of(),
                new Readiness.Started(WITHIN),
                new Stop("TERM", Duration.ofSeconds(3)),
                Limits.NONE,
                List.of());
    }

    static Service command(Service service, String... command) {
        return Service.process(
                service.name(),
                Arrays.stream(command).map(Text::of).toList(),
                service.process().directory(),
                service.needs(),
                service.ports(),
                service.env(),
                service.ready(),
                service.stop(),
                service.process().limits(),
                service.writes());
    }

    static Service ready(Service service, Readiness ready) {
        return Service.process(
                service.name(),
                service.process().command(),
                service.process().directory(),
                service.needs(),
                service.ports(),
                service.env(),
                ready,
                service.stop(),
                service.process().limits(),
                service.writes());
    }

    static Service readyLine(Service service, String pattern) {
        return ready(service, new Readiness.Log(pattern, WITHIN));
    }

    static Service needs(Service service, String... needs) {
        return Service.process(
                service.name(),
                service.process().command(),
                service.process().directory(),
                List.of(needs),
                service.ports(),
                service.env(),
                service.ready(),
                service.stop(),
                service.process().limits(),
                service.writes());
    }

    static Service port(Service service, String port, String env, OptionalInt fixed) {
        Map<String, Port> ports = new LinkedHashMap<>(service.ports());
        ports.put(port, new Port(port, Optional.of(env), fixed));
        return Service.process(
                service.name(),
                service.process().command(),
                service.process().directory(),
                service.needs(),
                ports,
                service.env(),
                service.ready(),
                service.stop(),
                service.process().limits(),
                service.writes());
    }

    static Service env(Service service, Map<String, String> env) {
        Map<String, Text> texts = new LinkedHashMap<>();
        env.forEach((name, value) -> texts.put(name, Text.of(value)));
        return Service.process(
                service.name(),
                service.process().command(),
                service.process().directory(),
                service.needs(),
                service.ports(),
                texts,
                service.ready(),
                service.stop(),
                service.process().limits(),
                service.writes());
    }

    static Service stop(Service service, String signal, Duration within) {
        return Service.process(
                service.name(),
                service.process().command(),
                service.process().directory(),
                service.needs(),
                service.ports(),
                service.env(),
                service.ready(),
                new Stop(signal, within),
                service.process().limits(),
                service.writes());
    }

    static Service limits(Service service, Limits limits) {
        return Service.process(
                service.name(),
                service.process().command(),
                service.process().directory(),
                service.needs(),
                service.ports(),
                service.env(),
                service.ready(),
                service.stop(),
                limits,
                service.writes());
    }

    static Service writes(Service service, String... paths) {
        return Service.process(
                service.name(),
                service.process().command(),
                service.process().directory(),
                service.needs(),
                service.ports(),
                service.env(),
                service.ready(),
                service.stop(),
                service.process().limits(),
                Arrays.stream(paths).map(Text::of).toList());
    }

    static ResolvedPlan plan(Path directory, Service... services) {
        Map<String, Service> byName = new LinkedHashMap<>();
        for (Service service : services) {
            byName.put(service.name(), service);
        }
        Plan plan = new Plan("test", 1, Map.of(), List.of(), byName, List.of());
        return new ResolvedPlan(plan, directory.resolve("verdict.yaml"), "{}", "", Map.of());
    }

    static LocalEnvironment environment(Path directory, Journal journal, Service... services) {
        return environment(directory, journal, Redactor.NONE, services);
    }

    static LocalEnvironment environment(Path directory, Journal journal, Redactor redactor, Service... services) {
        return new LocalEnvironment(
                plan(directory, services),
                RunFolder.of(directory, "test-run"),
                journal,
                redactor,
                (service, reference) -> reference.toString());
    }
}
