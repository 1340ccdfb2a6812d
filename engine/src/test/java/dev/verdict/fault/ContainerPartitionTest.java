package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.LocalEnvironment;
import dev.verdict.environment.Place;
import dev.verdict.gateway.Gateway;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Partition;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Cuts real containers off from each other, and looks with their own programs. Needs root.
@Tag("slow")
@Tag("docker")
@Timeout(120)
final class ContainerPartitionTest {
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final Set<String> EVERYBODY = Set.of("ab", "ac", "ba", "bc", "ca", "cb");

    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path directory;

    private ResolvedPlan plan() throws IOException {
        StringBuilder compose = new StringBuilder("version: \"3.8\"\nservices:\n");
        for (String node : NODES) {
            compose.append("  %s: { image: verdict-base, init: true, ".formatted(node))
                    .append("command: [httpd, -f, -p, \"8080\", -h, /etc], ports: [\"8080\"] }\n");
        }
        compose.append("networks: { default: { ipam: { config: [{ subnet: \"10.82.4.0/24\" }] } } }\n");
        Files.writeString(directory.resolve("compose.yaml"), compose);
        Path file = Files.writeString(directory.resolve("verdict.yaml"), """
                plan: cluster
                seed: 7
                system: { compose: compose.yaml }
                phases: [{ name: all, suites: [{ name: all, features: . }] }]
                """);
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of()))
                .getFirst();
    }

    private static boolean reaches(LocalEnvironment environment, String from, String to) throws Exception {
        assertThat(environment.place(from)).isInstanceOf(Place.Container.class);
        Process process = new ProcessBuilder(
                        "docker",
                        "exec",
                        ((Place.Container) environment.place(from)).id(),
                        "curl",
                        "--silent",
                        "--max-time",
                        "1",
                        "http://%s:8080/passwd".formatted(to))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    /// Returns who reaches whom, as `ab`.
    private static Set<String> reachable(LocalEnvironment environment) throws Exception {
        Set<String> pairs = new TreeSet<>();
        for (String from : NODES) {
            for (String to : NODES) {
                if (!from.equals(to) && reaches(environment, from, to)) {
                    pairs.add(from + to);
                }
            }
        }
        return pairs;
    }

    @Test
    void containers_are_cut_off_from_each_other_and_this_machine_still_reaches_all() throws Exception {
        ResolvedPlan plan = plan();
        RunFolder folder = RunFolder.of(directory, "run");
        List<AutoCloseable> open = new ArrayList<>();
        LocalEnvironment environment =
                new LocalEnvironment(plan, folder, journal, Redactor.NONE, (_, reference) -> reference.toString());
        open.add(environment);
        try {
            Gateway gateway = new Gateway(journal);
            open.add(gateway);
            Faults faults = new Faults(plan, folder, journal, environment, gateway, Needs.here(System.getenv()));
            open.add(faults);
            environment.up();
            assertThat(reachable(environment)).isEqualTo(EVERYBODY);

            String isolated = faults.inject(new Partition.Isolate(), new FaultTarget.OfService("a"), "the test");
            assertThat(reachable(environment)).isEqualTo(Set.of("bc", "cb"));
            for (String node : NODES) {
                URI page = URI.create("http://%s/passwd".formatted(environment.endpoint(node, "8080")));
                try (var in = page.toURL().openStream()) {
                    assertThat(in.readAllBytes()).isNotEmpty();
                }
            }
            faults.undo(isolated);
            assertThat(reachable(environment)).isEqualTo(EVERYBODY);

            String groups = faults.inject(
                    new Partition.Groups(List.of(List.of("a", "b"), List.of("c"))),
                    new FaultTarget.OfServices(NODES),
                    "the test");
            assertThat(reachable(environment)).isEqualTo(Set.of("ab", "ba"));
            faults.undo(groups);
            assertThat(reachable(environment)).isEqualTo(EVERYBODY);

            faults.inject(new ServiceFault.Kill("KILL"), new FaultTarget.OfService("c"), "the test");
            assertThatThrownBy(() -> faults.inject(new Partition.Isolate(), new FaultTarget.OfService("c"), "the test"))
                    .hasMessageContaining("service c cannot be cut off");
        } finally {
            for (AutoCloseable closing : open.reversed()) {
                closing.close();
            }
        }
    }
}
