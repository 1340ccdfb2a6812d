package dev.verdict.run;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.Environment;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.environment.Net;
import dev.verdict.environment.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stands for an environment that cannot be had: every service has failed for the same reason, so
/// that every scenario is blocked by it.
record Unavailable(String reason) implements Environment {
    @Override
    public void up() {}

    @Override
    public State state(String service) {
        return new State.Failed(reason);
    }

    @Override
    public Endpoint endpoint(String service, String port) {
        throw new EnvironmentException(reason);
    }

    @Override
    public void moved(String container) {}

    @Override
    public int restarts(String service) {
        return 0;
    }

    @Override
    public Path log(String service) {
        throw new EnvironmentException(reason);
    }

    @Override
    public Map<String, String> marks() {
        return Map.of(); // No ledger was opened, and nobody will audit.
    }

    @Override
    public void stop(String service, String why) {
        throw new EnvironmentException(reason);
    }

    @Override
    public void signal(String service, String signal, String why) {
        throw new EnvironmentException(reason);
    }

    @Override
    public void pause(String service, String why) {
        throw new EnvironmentException(reason);
    }

    @Override
    public void resume(String service, String why) {
        // Nothing was ever paused.
    }

    @Override
    public void expect(String service, String signal, String why) {
        throw new EnvironmentException(reason);
    }

    @Override
    public List<Path> writes(String service) {
        throw new EnvironmentException(reason);
    }

    @Override
    public Optional<Net> net(String service) {
        return Optional.empty();
    }

    @Override
    public Place place(String service) {
        throw new EnvironmentException(reason);
    }

    @Override
    public Duration start(String service, String why) {
        throw new EnvironmentException(reason);
    }

    @Override
    public void close() {}
}
