package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.Recovery;
import dev.verdict.environment.docker.DockerCommand;
import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Partition;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Cuts a real container off without filtering packets, and looks from inside others, with their
/// own programs, and with the `docker` command.
@Tag("slow")
@Tag("docker")
@Timeout(180)
final class LeavingTest {
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final Set<String> EVERYBODY = Set.of("ab", "ac", "ba", "bc", "ca", "cb");
    private static final Partition ISOLATE = new Partition.Isolate();

    @TempDir
    Path directory;

    @AfterEach
    void no_network_is_left() {
        assertThat(DockerCommand.docker("network", "ls", "--format", "{{.Name}}"))
                .doesNotContain("verdict-alone-");
    }

    /// Returns a system of three that has one address chosen, and a second network for `a`.
    private FaultyContainers cluster(Needs needs) throws IOException, InterruptedException {
        StringBuilder compose = new StringBuilder("version: \"3.8\"\nservices:\n");
        for (String node : NODES) {
            String networks = switch (node) {
                case "a" -> "{ one: { aliases: [first], ipv4_address: 10.84.4.77 }, two: {} }";
                case "b" -> "[one, two]";
                default -> "[one]";
            };
            compose.append("  %s: { image: verdict-base, init: true, networks: %s, ".formatted(node, networks))
                    .append("command: [httpd, -f, -p, \"8080\", -h, /etc], ports: [\"8080\"] }\n");
        }
        compose.append("networks: { one: { ipam: { config: [{ subnet: \"10.84.4.0/24\" }] } }, two: {} }\n");
        Files.writeString(directory.resolve("compose.yaml"), compose);
        return FaultyContainers.up(directory, "", "compose: compose.yaml", needs);
    }

    private static boolean reaches(FaultyContainers system, String from, String to) {
        return system.exec(
                        from,
                        "sh",
                        "-c",
                        "curl --silent --max-time 1 http://%s:8080/passwd > /dev/null && echo yes || echo no"
                                .formatted(to))
                .equals("yes");
    }

    /// Returns who reaches whom, as `ab`.
    private static Set<String> reachable(FaultyContainers system) {
        Set<String> pairs = new TreeSet<>();
        for (String from : NODES) {
            for (String to : NODES) {
                if (!from.equals(to) && reaches(system, from, to)) {
                    pairs.add(from + to);
                }
            }
        }
        return pairs;
    }

    private static void assertThatThisMachineReachesAll(FaultyContainers system) throws IOException {
        for (String node : NODES) {
            URI page = URI.create("http://%s/passwd".formatted(system.environment.endpoint(node, "8080")));
            try (var in = page.toURL().openStream()) {
                assertThat(in.readAllBytes()).isNotEmpty();
            }
        }
    }

    private static Set<String> addresses(FaultyContainers system, String node) {
        String each = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}";
        return Set.of(system.inspect(system.id(node), each).strip().split(" "));
    }

    @Test
    void a_container_is_alone_and_comes_back_as_it_was() throws Exception {
        try (FaultyContainers system = cluster(new Needs(true, "/nowhere", Path.of("/sys/fs/cgroup")))) {
            Set<String> before = addresses(system, "a");
            assertThat(before).hasSize(2).contains("10.84.4.77");
            assertThat(reachable(system)).isEqualTo(EVERYBODY);

            String id = system.faults.inject(ISOLATE, new FaultTarget.OfService("a"), "the test");
            assertThat(reachable(system)).isEqualTo(Set.of("bc", "cb"));
            assertThat(reaches(system, "b", "10.84.4.77")).isFalse();
            Set<String> alone = addresses(system, "a");
            assertThat(alone).hasSize(1).doesNotContainAnyElementsOf(before);
            assertThat(reaches(system, "b", alone.iterator().next())).isFalse();
            assertThatThisMachineReachesAll(system);
            assertThat(system.journal.all(Event.FaultStarted.class).getLast().summary())
                    .isEqualTo("is isolated, as its container leaves its networks");
            assertThatThrownBy(() -> system.faults.inject(ISOLATE, new FaultTarget.OfService("a"), "the test"))
                    .hasMessageContaining("acts already");

            system.faults.undo(id);
            assertThat(addresses(system, "a")).isEqualTo(before);
            assertThat(reachable(system)).isEqualTo(EVERYBODY);
            assertThat(reaches(system, "b", "first")).isTrue();
            assertThatThisMachineReachesAll(system);
            assertThat(system.journal.all(Event.HarnessFailed.class)).isEmpty();
        }
    }

    @Test
    void it_stays_alone_over_a_restart_and_comes_back_also_while_it_does_not_run() throws Exception {
        try (FaultyContainers system = cluster(new Needs(false, "/usr/bin:/bin", Path.of("/sys/fs/cgroup")))) {
            String id = system.faults.inject(ISOLATE, new FaultTarget.OfService("a"), "the test");
            system.environment.stop("a", "the test");
            system.environment.start("a", "the test");
            assertThat(reachable(system)).isEqualTo(Set.of("bc", "cb"));

            String killed =
                    system.faults.inject(new ServiceFault.Kill("KILL"), new FaultTarget.OfService("a"), "the test");
            system.faults.undo(id);
            system.faults.undo(killed);
            assertThat(reachable(system)).isEqualTo(EVERYBODY);
            assertThat(addresses(system, "a")).contains("10.84.4.77");
            assertThat(system.journal.all(Event.HarnessFailed.class)).isEmpty();
        }
    }

    @Test
    void what_only_a_filter_can_do_is_refused() throws Exception {
        try (FaultyContainers system = cluster(new Needs(false, "/usr/bin:/bin", Path.of("/sys/fs/cgroup")))) {
            assertThatThrownBy(() ->
                            system.faults.inject(new Partition.Halves(), new FaultTarget.OfServices(NODES), "the test"))
                    .hasMessage("a partition of a, b, c: it needs root: run Verdict as root, or leave the fault out;"
                            + " without, only a container can be cut off, and from all others");
            assertThatThrownBy(() ->
                            system.faults.inject(new Partition.OneWay(), new FaultTarget.OfLink("a", "b"), "the test"))
                    .hasMessageContaining("without, only a container can be cut off");
            assertThat(reachable(system)).isEqualTo(EVERYBODY);
        }
    }

    @Test
    void killed_amid_it_the_watchdog_brings_it_back_and_recovery_leaves_no_network() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        try (Victims victims = new Victims(KilledApart.class)) {
            Process verdict = victims.start(directory, "apart").process();
            Path log = Aftercare.log(RunFolder.of(directory, "apart"));
            Seen.until(
                    "it is alone", () -> DockerCommand.docker("network", "ls").contains("verdict-alone-"));
            verdict.destroyForcibly().waitFor();
            Seen.until("the watchdog undid it", () -> UndoLog.pending(log).isEmpty());
            assertThat(DockerCommand.docker("network", "ls")).doesNotContain("verdict-alone-");
            assertThat(DockerCommand.docker("ps", "-q", "--filter", "label=dev.verdict.run=apart"))
                    .isNotEmpty();

            Victims.Victim second = victims.start(directory, "apart-2");
            Seen.until(
                    "it is alone", () -> DockerCommand.docker("network", "ls").contains("verdict-alone-"));
            second.killWithWatchdog();
            List<Recovery.Recovered> recovered = Recovery.recover(directory, new Aftercare());
            assertThat(recovered)
                    .isNotEmpty()
                    .allSatisfy(run -> assertThat(run.problems()).isEmpty());
            assertThat(DockerCommand.docker("ps", "-aq", "--filter", "label=dev.verdict.run"))
                    .isEmpty();
        }
    }
}
