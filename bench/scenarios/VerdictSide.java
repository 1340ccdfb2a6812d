import dev.verdict.environment.Endpoint;
import dev.verdict.environment.Environment;
import dev.verdict.fault.Faults;
import dev.verdict.gateway.Gateway;
import dev.verdict.gateway.Link;
import dev.verdict.journal.Blobs;
import dev.verdict.journal.Event;
import dev.verdict.journal.JournalReader;
import dev.verdict.journal.JournalWriter;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Suite;
import dev.verdict.scenario.Discovered;
import dev.verdict.scenario.Discovery;
import dev.verdict.scenario.ScenarioRunner;
import dev.verdict.scenario.Selection;
import dev.verdict.scenario.SystemUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Runs the folder `features` with Verdict's runner: discovery, a link of the gateway for each
/// scenario, and the journal on disk.
public final class VerdictSide {
    private VerdictSide() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int port = Integer.parseInt(arguments[1]);
        var suite = new Suite(
                "bench",
                List.of("features"),
                "",
                Integer.parseInt(arguments[2]),
                Duration.ofMinutes(1),
                List.of(),
                List.of());
        var run = RunFolder.of(folder, "bench-" + System.nanoTime());
        var redactor = Redactor.of(List.of());
        ScenarioRunner.Summary summary;
        try (var journal = JournalWriter.open(run, redactor);
                var gateway = new Gateway(journal);
                Discovered found = new Discovery(folder.resolve("verdict.yaml")).discover(suite, Selection.ALL)) {
            var runner = new ScenarioRunner(
                    journal,
                    new Shop(folder, gateway, port, new ConcurrentHashMap<>()),
                    new Blobs(run.blobs(), redactor)::put,
                    ScenarioRunner.Options.DEFAULT);
            summary = runner.run("bench", found, Optional::empty);
        }
        if (arguments.length > 3) {
            check(run, summary, Integer.parseInt(arguments[3]));
        }
    }

    /// Makes sure, in a round that is not measured, that what is measured is the whole work.
    private static void check(RunFolder run, ScenarioRunner.Summary summary, int scenarios) {
        var events = JournalReader.read(run.journal()).entries();
        long requests = events.stream()
                .map(entry -> entry.event() instanceof Event.TrafficCounted traffic ? traffic.requests() : 0L)
                .mapToLong(Long::longValue)
                .sum();
        long checks = events.stream()
                .filter(entry -> entry.event() instanceof Event.Checked checked && checked.passed())
                .count();
        if (summary.ran() != scenarios || summary.failed() > 0 || requests != 2L * scenarios || checks != 8L * scenarios) {
            throw new IllegalStateException(
                    "not the work that was meant: " + summary + ", " + requests + " requests, " + checks + " checks");
        }
    }

    private record Shop(Path directory, Gateway gateway, int port, Map<String, Link> links) implements SystemUnderTest {
        @Override
        public Map<String, Set<String>> services() {
            return Map.of("shop", Set.of("http"));
        }

        @Override
        public Endpoint endpoint(String scenario, String service, String name) {
            Link link = links.computeIfAbsent(
                    scenario, from -> gateway.open(from, service + "." + name, "127.0.0.1", port));
            return new Endpoint(link.host(), link.port());
        }

        @Override
        public void release(String scenario) {
            Link link = links.remove(scenario);
            if (link != null) {
                link.close();
            }
        }

        @Override
        public Faults faults() {
            throw new IllegalStateException("the bench disturbs nothing");
        }

        @Override
        public Environment environment() {
            throw new IllegalStateException("the bench runs its service by itself");
        }

        @Override
        public Map<String, String> vars() {
            return Map.of();
        }
    }
}
