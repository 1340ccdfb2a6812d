package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Port;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import dev.verdict.plan.Stop;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Needs root: network namespaces do.
@Tag("slow")
@Timeout(60)
class NamespacesTest {
    private static final int PORT = 80;

    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path directory;

    static Service node(String name) {
        return new Service(
                name,
                new Runs.LocalProcess(
                        Stream.of(TinyServer.command()).map(Text::of).toList(),
                        Optional.empty(),
                        dev.verdict.plan.Limits.NONE,
                        Runs.Network.OWN),
                List.of(),
                Map.of("http", new Port("http", Optional.of("PORT"), OptionalInt.of(PORT))),
                Map.of("BIND", Text.of("0.0.0.0")),
                new Readiness.Http("http", "/", 200, Systems.WITHIN),
                new Stop("TERM", Duration.ofSeconds(3)),
                List.of());
    }

    private static LocalEnvironment environment(Path directory, String run, MemoryJournal journal) {
        return new LocalEnvironment(
                Systems.plan(directory, node("a"), node("b")),
                RunFolder.of(directory, run),
                journal,
                Redactor.NONE,
                (service, reference) -> reference.toString());
    }

    private static List<String> names() throws IOException {
        Path folder = Path.of("/run/netns");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String of(LocalEnvironment environment, String service) {
        return environment.net(service).orElseThrow().namespace().getFileName().toString();
    }

    @Test
    void services_listen_on_one_port_each_in_its_own_network_and_reach_each_other() throws Exception {
        String first;
        try (LocalEnvironment environment = environment(directory, "run", journal)) {
            environment.up();
            first = of(environment, "a");
            Endpoint a = environment.endpoint("a", "http");
            Endpoint b = environment.endpoint("b", "http");

            assertThat(a.port()).isEqualTo(PORT);
            assertThat(b.port()).isEqualTo(PORT);
            assertThat(a.host()).isNotEqualTo(b.host()).startsWith("198.1");
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(a.host(), a.port()), 5_000);
            }
            assertThat(connects(environment.net("b").orElseThrow(), a)).isTrue();
            assertThat(connects(environment.net("b").orElseThrow(), new Endpoint(a.host(), PORT + 1)))
                    .isFalse();
            assertThat(names()).contains(first);
        }
        assertThat(names()).doesNotContain(first);
        assertThat(link(first)).doesNotExist();
        assertThat(journal.all(Event.OrphanFound.class)).isEmpty();
        assertThat(journal.all(Event.HarnessFailed.class)).isEmpty();
        assertThat(Recovery.pending(directory, Aftermath.NONE)).isEmpty();
    }

    /// Connects from inside a network, by a program that is not ours.
    private static boolean connects(Net net, Endpoint endpoint) throws Exception {
        Process process = new ProcessBuilder(
                        "nsenter",
                        "--net=" + net.namespace(),
                        "timeout",
                        "5",
                        "bash",
                        "-c",
                        "exec 3<>/dev/tcp/%s/%d".formatted(endpoint.host(), endpoint.port()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    private static Path link(String namespace) {
        return Path.of("/sys/class/net", namespace.substring(0, namespace.lastIndexOf('-')));
    }

    /// Runs a system in networks of its own until it is killed.
    static final class Killed {
        private Killed() {}

        public static void main(String[] args) throws InterruptedException {
            try (LocalEnvironment environment = environment(Path.of(args[0]), "killed", new MemoryJournal())) {
                environment.up();
                System.out.println("up " + of(environment, "a"));
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void recovery_removes_the_networks_of_a_killed_run() throws Exception {
        Process killed = new ProcessBuilder(
                        TinyServer.Path.java(),
                        "-cp",
                        TinyServer.Path.classes(),
                        Killed.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String namespace = killed.inputReader().readLine().substring("up ".length());
        killed.destroyForcibly().waitFor();
        assertThat(names()).contains(namespace);

        Recovery.Recovered recovered =
                Recovery.recover(directory, Aftermath.NONE).getFirst();

        assertThat(recovered.problems()).isEmpty();
        assertThat(recovered.done()).anyMatch(done -> done.contains("3 network namespaces"));
        assertThat(names()).doesNotContain(namespace);
        assertThat(link(namespace)).doesNotExist();
        assertThat(Recovery.recover(directory, Aftermath.NONE)).isEmpty();
    }
}
