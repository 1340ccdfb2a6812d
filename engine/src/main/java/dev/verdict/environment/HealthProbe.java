package dev.verdict.environment;

import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.EngineException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Looks at what is known of the containers' health; without a health check, at the ports.
///
/// An engine makes its first check only when an interval is over. So that nobody waits for that,
/// the check's own command is run in the container at once, and then more and more seldom.
final class HealthProbe implements Probe {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(30);

    private final ContainerLife life;
    private final Engine engine;
    private final PublishedProbe ports;
    private boolean eager;

    HealthProbe(ContainerLife life, Engine engine, PublishedProbe ports) {
        this.life = life;
        this.engine = engine;
        this.ports = ports;
    }

    @Override
    public String name() {
        if (life.isChecked()) {
            return "health check";
        }
        return ports.endpoints().isEmpty() ? "container runs" : ports.name();
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException {
        if (!life.isChecked()) {
            return ports.ask(limit, died);
        }
        if (life.isHealthy()) {
            return new Answer(true, "healthy");
        }
        if (!eager) {
            eager = true;
            Thread.ofVirtual().name("health check").start(this::check);
        }
        String last = life.lastCheck();
        return new Answer(false, last.isEmpty() ? "not healthy yet" : "unhealthy: " + last);
    }

    /// Runs the checks until all have passed once, or the life is over.
    private void check() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!life.unsure().isEmpty() && !life.endsWithin(pause)) {
                for (Map.Entry<String, List<String>> container : life.unsure().entrySet()) {
                    if (passes(container.getKey(), container.getValue())) {
                        life.healthy(container.getKey());
                    }
                }
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean passes(String container, List<String> command) throws InterruptedException {
        try {
            OutputStream nowhere = OutputStream.nullOutputStream();
            return engine.containers().exec(container).run(command, nowhere, nowhere, LONGEST_CHECK) == 0;
        } catch (EngineException e) {
            // It may have ended or cannot be asked yet; what the engine itself tells counts.
            return false;
        }
    }
}
