package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs feature files of a temporary folder with the steps of `example.steps`.
final class Stage {
    final Path folder;
    final MemoryJournal journal = new MemoryJournal();
    final FakeSystem system;
    final List<byte[]> blobs = new ArrayList<>();
    ScenarioRunner.Options options = ScenarioRunner.Options.DEFAULT;
    Selection selection = Selection.ALL;
    String tags = "";
    int workers = 1;
    Duration timeout = Duration.ofSeconds(30);
    Set<String> existing = Set.of();
    List<String> glue = List.of("example.steps");
    List<String> classpath = List.of();

    Stage(Path folder) {
        this.folder = folder;
        this.system = new FakeSystem(folder);
    }

    Stage feature(String name, String... lines) {
        return file(name, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    Stage file(String name, byte[] content) {
        try {
            Path file = folder.resolve("features").resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    Suite suite() {
        return new Suite("s", List.of("features"), tags, workers, timeout, glue, classpath);
    }

    Discovered discover() {
        return new Discovery(folder.resolve("verdict.yaml"), existing).discover(suite(), selection);
    }

    ScenarioRunner runner() {
        return new ScenarioRunner(journal, system, this::keep, options);
    }

    ScenarioRunner.Summary run() throws InterruptedException {
        return run(runner());
    }

    ScenarioRunner.Summary run(ScenarioRunner runner) throws InterruptedException {
        try (Discovered discovered = discover()) {
            return runner.run("p", discovered, Optional::empty);
        }
    }

    private synchronized String keep(byte[] content) {
        blobs.add(content);
        return "blob" + blobs.size();
    }

    List<Event.StepEnded> steps() {
        return journal.all(Event.StepEnded.class);
    }

    List<Event.StepEnded> steps(String scenario) {
        return steps().stream().filter(step -> step.scenario().equals(scenario)).toList();
    }

    /// Returns `STATUS text` of every step, in order.
    List<String> told() {
        return steps().stream().map(step -> step.status() + " " + step.text()).toList();
    }

    /// Returns the kinds and ids of the scenario events, in order.
    List<String> life() {
        List<String> life = new ArrayList<>();
        journal.entries().forEach(entry -> {
            switch (entry.event()) {
                case Event.ScenarioStarted started -> life.add("started " + started.id());
                case Event.ScenarioEnded ended -> life.add("ended " + ended.id());
                case Event.ScenarioSkipped skipped -> life.add("skipped " + skipped.id() + ": " + skipped.by());
                case Event.ScenarioBlocked blocked -> life.add("blocked " + blocked.id() + ": " + blocked.reason());
                default -> {}
            }
        });
        return life;
    }
}
