package dev.verdict.environment;

import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.EngineException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks at what is known of the containers' health; without a health check, at the ports.
///
/// An engine makes its first check only when an interval is over. So that nobody waits for that,
/// the check's own command is run in the container at once, and then more and more seldom. While
/// Compose still starts others, a moment is left for the engine's own check: commands in twenty
/// containers would only keep the twenty-first from its processor.
final class HealthProbe implements Probe {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration OTHERS = Duration.ofMillis(1500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(30);

    private final ContainerLife life;
    private final Engine engine;
    private final PublishedProbe ports;
    private final CompletableFuture<?> begun;
    private boolean eager;

    /// @param begun completes when no container is left to be started
    HealthProbe(ContainerLife life, Engine engine, PublishedProbe ports, CompletableFuture<?> begun) {
        this.life = life;
        this.engine = engine;
        this.ports = ports;
        this.begun = begun;
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
        if (!eager && !life.isHealthy()) {
            eager = true;
            Thread.ofVirtual().name("health check").start(this::check);
        }
        life.awaitNews(limit.compareTo(LONGEST_WAIT) < 0 ? limit : LONGEST_WAIT);
        if (life.isHealthy()) {
            return new Answer(true, "healthy");
        }
        String last = life.lastCheck();
        return new Answer(false, last.isEmpty() ? "not healthy yet" : "unhealthy: " + last);
    }

    /// Runs the checks until all have passed once, or the life is over.
    private void check() {
        Duration pause = FIRST_PAUSE;
        try {
            awaitOthers();
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

    private void awaitOthers() throws InterruptedException {
        try {
            CompletableFuture.anyOf(begun, life.died()).get(OTHERS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Failed or still at it: the container is asked all the same.
            return;
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
