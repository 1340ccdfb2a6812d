package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.LocalEnvironment;
import dev.verdict.gateway.Gateway;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Partition;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Looks from inside the namespaces, with programs that are not ours. Needs root.
@Tag("slow")
@Timeout(120)
class PartitioningTest {
    private static final List<String> NODES = List.of("a", "b", "c", "d");

    private final MemoryJournal journal = new MemoryJournal();
    private final List<AutoCloseable> open = new ArrayList<>();

    @TempDir
    Path directory;

    private LocalEnvironment environment;
    private Faults faults;

    @BeforeEach
    void bring_the_system_up() throws Exception {
        ResolvedPlan plan = plan();
        RunFolder folder = RunFolder.of(directory, "run");
        environment =
                new LocalEnvironment(plan, folder, journal, Redactor.NONE, (_, reference) -> reference.toString());
        open.add(environment);
        Gateway gateway = new Gateway(journal);
        open.add(gateway);
        faults = new Faults(plan, folder, journal, environment, gateway, Needs.here(System.getenv()));
        open.add(faults);
        environment.up();
        assertThat(journal.all(Event.ServiceReady.class)).hasSize(NODES.size() + 1);
    }

    @AfterEach
    void take_it_down() throws Exception {
        for (AutoCloseable closing : open.reversed()) {
            closing.close();
        }
    }

    private ResolvedPlan plan() throws IOException {
        StringBuilder services = new StringBuilder();
        for (String node : NODES) {
            services.append("""
                        %s:
                          command: ["${verdict.java}", -XX:TieredStopAtLevel=1, -cp, "%s", dev.verdict.environment.TinyServer]
                          network: own
                          ports: { http: { env: PORT, fixed: 80 } }
                          env: { BIND: 0.0.0.0 }
                          ready: { http: / }
                    """.formatted(
                    node, System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        }
        Path file = Files.writeString(directory.resolve("verdict.yaml"), """
                plan: cluster
                seed: 7
                system:
                  services:
                %s
                    plain: { command: [sleep, "300"] }
                phases: [{ name: all, suites: [{ name: all, features: . }] }]
                """.formatted(
                        services.toString().replace("${verdict.java}", java())));
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of()))
                .getFirst();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private Process inside(String service, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "nsenter", "--net=" + environment.net(service).orElseThrow().namespace()));
        words.addAll(List.of(command));
        return new ProcessBuilder(words).redirectErrorStream(true).start();
    }

    private Process reach(String from, String to) throws IOException {
        Endpoint endpoint = environment.endpoint(to, "http");
        return inside(
                from,
                "timeout",
                "2",
                "bash",
                "-c",
                "exec 3<>/dev/tcp/%s/%d".formatted(endpoint.host(), endpoint.port()));
    }

    /// Returns who reaches whom, as `ab`. All try at once: who is cut off waits in vain.
    private Set<String> reachable() throws Exception {
        Map<String, Process> trying = new TreeMap<>();
        for (String from : NODES) {
            for (String to : NODES) {
                if (!from.equals(to)) {
                    trying.put(from + to, reach(from, to));
                }
            }
        }
        Set<String> pairs = new TreeSet<>();
        for (var each : trying.entrySet()) {
            assertThat(each.getValue().waitFor(10, TimeUnit.SECONDS)).isTrue();
            if (each.getValue().exitValue() == 0) {
                pairs.add(each.getKey());
            }
        }
        return pairs;
    }

    private static final Set<String> EVERYBODY =
            Set.of("ab", "ac", "ad", "ba", "bc", "bd", "ca", "cb", "cd", "da", "db", "dc");

    private void undone(String id) throws Exception {
        faults.undo(id);
        assertThat(reachable()).isEqualTo(EVERYBODY);
    }

    @Test
    void groups_are_cut_from_each_other_and_this_machine_still_reaches_all() throws Exception {
        assertThat(reachable()).isEqualTo(EVERYBODY);
        String id = faults.inject(
                new Partition.Groups(List.of(List.of("a", "b"))), new FaultTarget.OfService("*"), "the test");

        assertThat(reachable()).isEqualTo(Set.of("ab", "ba", "cd", "dc"));
        for (String node : NODES) {
            Endpoint endpoint = environment.endpoint(node, "http");
            try (var socket = new java.net.Socket(endpoint.host(), endpoint.port())) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
        undone(id);
    }

    @Test
    void overlapping_partitions_end_each_for_itself() throws Exception {
        String first = faults.inject(new Partition.Isolate(), new FaultTarget.OfService("a"), "the test");
        String second = faults.inject(new Partition.Isolate(), new FaultTarget.OfService("b"), "the test");
        assertThat(reachable()).isEqualTo(Set.of("cd", "dc"));

        faults.undo(first);

        assertThat(reachable()).isEqualTo(Set.of("ac", "ad", "ca", "cd", "da", "dc"));
        undone(second);
    }

    @Test
    void one_way_loses_packets_in_that_direction_only() throws Exception {
        String id = faults.inject(new Partition.OneWay(), new FaultTarget.OfLink("a", "b"), "the test");

        // What b asks arrives at a, and the answer is lost; what a asks never arrives.
        assertThat(asks("b", "a")).contains("SYN-RECV");
        assertThat(asks("a", "b")).doesNotContain("SYN-RECV");
        undone(id);
    }

    /// Returns the sockets of `to` while `from` tries to connect.
    private String asks(String from, String to) throws Exception {
        Process asking = reach(from, to);
        StringBuilder seen = new StringBuilder();
        while (asking.isAlive()) {
            Process sockets = inside(to, "ss", "-tan");
            seen.append(new String(sockets.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(asking.exitValue()).isNotZero();
        return seen.toString();
    }

    @Test
    void a_ring_of_majorities_cuts_each_from_the_one_opposite() throws Exception {
        String id = faults.inject(new Partition.MajoritiesRing(), new FaultTarget.OfService("*"), "the test");

        assertThat(reachable()).hasSize(8);
        undone(id);
    }

    @Test
    void a_service_on_this_machines_network_cannot_be_cut_off() {
        assertThatThrownBy(() -> faults.inject(new Partition.Isolate(), new FaultTarget.OfService("plain"), "the test"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("it has no network of its own");
        assertThatThrownBy(() -> faults.inject(new Partition.Isolate(), new FaultTarget.OfService("plan"), "the test"))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("did you mean plain?");
        assertThat(journal.all(Event.FaultStarted.class)).isEmpty();
    }

    @Test
    void healing_again_and_healing_what_is_gone_does_nothing() throws Exception {
        String namespace = environment.net("a").orElseThrow().namespace().toString();
        Reach reach = Reach.ofTheDead(RunFolder.of(directory, "run"));

        assertThat(new Partitioning.Heal(namespace, "verdict_never_was").undo(reach))
                .isEmpty();
        assertThat(new Partitioning.Heal("/run/netns/vd-never-was", "t").undo(reach))
                .isEmpty();
    }
}
