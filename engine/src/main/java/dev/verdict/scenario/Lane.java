package dev.verdict.scenario;

import io.cucumber.core.backend.StepDefinition;
import io.cucumber.core.runner.Runner;
import io.cucumber.plugin.event.EmbedEvent;
import io.cucumber.plugin.event.TestStepFinished;
import io.cucumber.plugin.event.TestStepStarted;
import io.cucumber.plugin.event.WriteEvent;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs one scenario at a time with a runner of Cucumber's, which takes long to make.
final class Lane {
    private final SuiteGlue glue;
    private final Runner runner;
    private @Nullable Scene scene;

    /// Is who listens to the scenario that runs.
    private record Scene(StepRecorder recorder, JournaledEvidence evidence) {}

    Lane(SuiteGlue glue, Set<StepDefinition> steps) {
        this.glue = glue;
        ScenarioBus bus = new ScenarioBus();
        bus.registerHandlerFor(
                TestStepStarted.class, event -> scene().recorder().started(event.getTestStep()));
        bus.registerHandlerFor(TestStepFinished.class, this::finished);
        bus.registerHandlerFor(EmbedEvent.class, this::embedded);
        bus.registerHandlerFor(
                WriteEvent.class,
                event -> scene().evidence()
                        .attach("log", "text/plain", event.getText().getBytes(StandardCharsets.UTF_8)));
        runner = glue.runner(bus, steps);
    }

    /// Runs a scenario on this thread.
    void run(FoundScenario scenario, World world, StepRecorder recorder, JournaledEvidence evidence) {
        scene = new Scene(recorder, evidence);
        glue.objects().enter(world, recorder::guard);
        try {
            runner.runPickle(scenario.pickle());
        } finally {
            glue.objects().stop();
            scene = null;
        }
    }

    void beforeAll() {
        runner.runBeforeAllHooks();
    }

    void afterAll() {
        runner.runAfterAllHooks();
    }

    private void finished(TestStepFinished event) {
        boolean failed = scene().recorder().finished(event.getTestStep(), event.getResult());
        if (failed) {
            scene().evidence().keepRecent();
        }
    }

    private void embedded(EmbedEvent event) {
        String name = Objects.requireNonNullElse(event.getName(), "attachment");
        scene().evidence().attach(name, event.getMediaType(), event.getData());
    }

    private Scene scene() {
        return Objects.requireNonNull(scene, "a runner's events belong to a scenario");
    }
}
