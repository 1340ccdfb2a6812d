package dev.verdict.environment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Looks at what the engine told of the containers' health; without a health check, at the ports.
record HealthProbe(ContainerLife life, PublishedProbe ports) implements Probe {
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
        String last = life.lastCheck();
        return new Answer(false, last.isEmpty() ? "not healthy yet" : "unhealthy: " + last);
    }
}
