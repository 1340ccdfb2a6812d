package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.verdict.environment.Endpoint;
import dev.verdict.journal.Event;
import dev.verdict.journal.Event.StepStatus;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Suite;
import dev.verdict.scenario.Discovered;
import dev.verdict.scenario.Discovery;
import dev.verdict.scenario.FakeSystem;
import dev.verdict.scenario.ScenarioRunner;
import dev.verdict.scenario.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Runs steps as one scenario, by the real runner, against what a test put behind the services.
final class Script {
    final Path folder;
    final FakeSystem system;

    Script(Path folder) {
        this.folder = folder;
        this.system = new FakeSystem(folder)
                .with("run.seed", "7")
                .with(new FakeEnvironment(folder.resolve("service.log"), new Endpoint("127.0.0.1", 1)));
    }

    Script with(String service, HttpServer server) {
        system.with(
                service, "http", new Endpoint("127.0.0.1", server.getAddress().getPort()));
        return this;
    }

    Script with(String service, int port) {
        system.with(service, "http", new Endpoint("127.0.0.1", port));
        return this;
    }

    Script file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /// Runs the lines as the steps of one scenario.
    Told run(String... lines) throws Exception {
        file("features/a.feature", "Feature: f\n  Scenario: s\n" + String.join("\n", lines) + "\n");
        MemoryJournal journal = new MemoryJournal();
        Suite suite = new Suite("s", List.of("features"), "", 1, Duration.ofSeconds(60), List.of(), List.of());
        try (Discovered discovered =
                new Discovery(folder.resolve("verdict.yaml"), java.util.Set.of()).discover(suite, Selection.ALL)) {
            new ScenarioRunner(journal, system, content -> "blob", ScenarioRunner.Options.DEFAULT)
                    .run("p", discovered, Optional::empty);
        }
        return new Told(journal);
    }

    /// Is what the journal told about the scenario.
    record Told(MemoryJournal journal) {
        List<Event.Checked> checks() {
            return journal.all(Event.Checked.class);
        }

        List<Event.Observed> observed() {
            return journal.all(Event.Observed.class);
        }

        Event.Checked lastCheck() {
            return checks().getLast();
        }

        /// Returns the first step's error, empty if none failed.
        String error() {
            return journal.all(Event.StepEnded.class).stream()
                    .flatMap(step -> step.error().stream())
                    .findFirst()
                    .orElse("");
        }

        Told passed() {
            assertThat(error()).isEmpty();
            assertThat(journal.all(Event.StepEnded.class))
                    .isNotEmpty()
                    .allSatisfy(
                            step -> assertThat(step.status()).as(step.text()).isEqualTo(StepStatus.PASSED));
            return this;
        }

        /// Asserts that the last check failed with these words, and that the step did so for that.
        Told failed(String... words) {
            assertThat(error()).contains(words);
            assertThat(lastCheck().passed()).isFalse();
            return this;
        }

        /// Asserts that a step failed without a comparison.
        Told broke(String... words) {
            assertThat(error()).contains(words);
            assertThat(checks()).allMatch(Event.Checked::passed);
            return this;
        }

        Told weak(String word) {
            assertThat(lastCheck().weakness().orElse("not weak")).contains(word);
            return this;
        }

        Told strong() {
            assertThat(lastCheck().weakness()).isEmpty();
            return this;
        }
    }
}
