package dev.verdict.environment;

import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.EngineException;
import dev.verdict.environment.docker.WatchedContainer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Runs a command in the service's containers until it ends with 0 in each.
record ExecProbe(Engine engine, Supplier<List<WatchedContainer>> containers, List<String> command) implements Probe {
    @Override
    public String name() {
        return String.join(" ", command) + " in the container";
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            for (WatchedContainer container : containers.get()) {
                int code = engine.containers().exec(container.id()).run(command, said, said, limit);
                if (code != 0) {
                    return new Answer(
                            false,
                            "exit code %d %s"
                                    .formatted(
                                            code,
                                            said.toString(StandardCharsets.UTF_8)
                                                    .strip()));
                }
            }
            return new Answer(true, "exit code 0");
        } catch (EngineException e) {
            return new Answer(false, String.valueOf(e.getMessage()));
        }
    }
}
