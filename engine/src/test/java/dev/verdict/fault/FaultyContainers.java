package dev.verdict.fault;

import dev.verdict.environment.LocalEnvironment;
import dev.verdict.environment.Place;
import dev.verdict.environment.docker.DockerCommand;
import dev.verdict.gateway.Gateway;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Runs a small system of real containers that tests disturb, and asks the `docker` command what
/// became of them.
final class FaultyContainers implements AutoCloseable {
    final MemoryJournal journal = new MemoryJournal();
    final LocalEnvironment environment;
    final Faults faults;
    final RunFolder folder;
    private final Gateway gateway = new Gateway(journal);

    FaultyContainers(Path directory, String id, String services) throws IOException {
        this(directory, id, services, "", Needs.here(System.getenv()));
    }

    /// @param more of the system, as its Compose file
    FaultyContainers(Path directory, String id, String services, String more, Needs needs) throws IOException {
        DockerCommand.makeImage();
        Path file = Files.writeString(
                directory.resolve("verdict.yaml"),
                "plan: boxes\nseed: 7\nsystem:\n" + more.indent(2)
                        + (services.isEmpty() ? "" : "  services:\n" + services.indent(4))
                        + "phases: [{ name: all, suites: [{ name: all, features: . }] }]\n");
        ResolvedPlan plan = PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of()))
                .getFirst();
        folder = RunFolder.of(directory, id);
        environment =
                new LocalEnvironment(plan, folder, journal, Redactor.NONE, (_, reference) -> reference.toString());
        faults = new Faults(plan, folder, journal, environment, gateway, needs);
    }

    static FaultyContainers up(Path directory, String services) throws IOException, InterruptedException {
        return up(directory, services, "", Needs.here(System.getenv()));
    }

    static FaultyContainers up(Path directory, String services, String more, Needs needs)
            throws IOException, InterruptedException {
        FaultyContainers system = new FaultyContainers(directory, "test-run", services, more, needs);
        try {
            system.environment.up();
            return system;
        } catch (InterruptedException | RuntimeException e) {
            system.close();
            throw e;
        }
    }

    /// Describes a container that prints `up` and then runs the script.
    static String shell(String name, String script, String more) {
        return """
                NAME:
                  image: verdict-base
                  command: [sh, -c, "echo up; SCRIPT"]
                  ready: { log: "up", within: 30s }
                  stop: { within: 1s }
                """.replace("NAME", name).replace("SCRIPT", script.replace("$", "$$")) + more.indent(2);
    }

    String inject(Fault fault, String target) throws InterruptedException {
        return faults.inject(fault, FaultTarget.parse(target), "test");
    }

    String id(String service) {
        return ((Place.Container) environment.place(service)).id();
    }

    /// Runs a command in the container.
    String exec(String service, String... command) {
        List<String> words = new java.util.ArrayList<>(List.of("exec", id(service)));
        words.addAll(List.of(command));
        return DockerCommand.docker(words.toArray(String[]::new));
    }

    String inspect(String container, String format) {
        return DockerCommand.docker("inspect", "-f", format, container);
    }

    Event.ServiceExited exit() {
        return journal.all(Event.ServiceExited.class).getLast();
    }

    @Override
    public void close() {
        faults.close();
        environment.close();
        gateway.close();
    }
}
