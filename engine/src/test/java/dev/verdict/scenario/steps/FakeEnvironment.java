package dev.verdict.scenario.steps;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.Environment;
import dev.verdict.environment.Net;
import dev.verdict.environment.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Is one service `stock` whose life is only remembered; its port is where a test says.
final class FakeEnvironment implements Environment {
    final List<String> asked = new ArrayList<>();
    private final Path log;
    private final Endpoint endpoint;
    private volatile State state = new State.Ready();
    private int restarts;

    FakeEnvironment(Path log, Endpoint endpoint) {
        this.log = log;
        this.endpoint = endpoint;
    }

    void print(Instant at, String text) throws IOException {
        Files.writeString(log, at + " out " + text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void exit(int code) {
        state = new State.Exited(code, false);
    }

    @Override
    public void up() {}

    @Override
    public Endpoint endpoint(String service, String port) {
        return endpoint;
    }

    @Override
    public void moved(String container) {}

    @Override
    public State state(String service) {
        return state;
    }

    @Override
    public int restarts(String service) {
        return restarts;
    }

    @Override
    public Path log(String service) {
        return log;
    }

    @Override
    public Map<String, String> marks() {
        return Map.of("VERDICT_MARK", "fake");
    }

    @Override
    public void stop(String service, String reason) {
        asked.add("stop " + reason);
        state = new State.Exited(143, true);
    }

    @Override
    public void signal(String service, String signal, String reason) {
        asked.add(signal + " " + reason);
        if (signal.equals("KILL")) {
            state = new State.Exited(137, true);
        }
    }

    @Override
    public void pause(String service, String reason) {
        asked.add("pause " + reason);
    }

    @Override
    public void resume(String service, String reason) {
        asked.add("resume " + reason);
    }

    @Override
    public void expect(String service, String signal, String reason) {
        asked.add("expect " + signal + " " + reason);
    }

    @Override
    public List<Path> writes(String service) {
        return List.of();
    }

    @Override
    public Optional<Net> net(String service) {
        return Optional.empty();
    }

    @Override
    public Place place(String service) {
        return new Place.Processes(1);
    }

    @Override
    public Duration start(String service, String reason) {
        asked.add("start " + reason);
        restarts++;
        state = new State.Ready();
        return Duration.ZERO;
    }

    @Override
    public void close() {}
}
