package dev.verdict.scenario;

import io.cucumber.core.eventbus.AbstractEventBus;
import io.cucumber.messages.types.Envelope;
import java.time.Instant;
import java.util.UUID;

/// Carries the events of one runner, on the thread that runs it: no lock, and ids from a counter,
/// for nobody but the runner itself sees them.
final class ScenarioBus extends AbstractEventBus {
    private long ids;

    @Override
    public <T> void send(T event) {
        if (!(event instanceof Envelope)) {
            super.send(event);
        }
    }

    @Override
    public Instant getInstant() {
        return Instant.now();
    }

    @Override
    public UUID generateId() {
        return new UUID(0, ++ids);
    }
}
