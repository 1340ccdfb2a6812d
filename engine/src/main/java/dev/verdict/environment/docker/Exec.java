package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.environment.docker.Wire.Call;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/// Runs a command in a container that runs. Its standard input is empty. Not for use by several
/// threads.
public final class Exec {
    private final Wire wire;
    private final String container;
    private final Map<String, Object> config = new LinkedHashMap<>();

    Exec(Wire wire, String container) {
        this.wire = wire;
        this.container = container;
    }

    public Exec env(Map<String, String> variables) {
        config.put(
                "Env",
                variables.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        return this;
    }

    public Exec user(String user) {
        config.put("User", user);
        return this;
    }

    public Exec directory(String directory) {
        config.put("WorkingDir", directory);
        return this;
    }

    /// Runs the command and hands on what it writes as it comes.
    ///
    /// @param limit after which nobody waits any more; the engine knows no way to end the command,
    ///     which so goes on in the container
    /// @return its exit code; 126 or 127 where it could not be run
    /// @throws EngineException also at the time limit
    public int run(List<String> command, OutputStream out, OutputStream err, Duration limit)
            throws InterruptedException {
        config.put("AttachStdout", true);
        config.put("AttachStderr", true);
        config.put("Cmd", List.copyOf(command));
        String what = "run %s in container %s".formatted(command.isEmpty() ? "nothing" : command.getFirst(), container);
        String id = wire.send(
                        Call.post(Containers.path(container) + "/exec", what).sending(config))
                .path("Id")
                .asString("");
        try (Response response = wire.open(
                Call.post("/exec/%s/start".formatted(id), what).sending(Map.of("Detach", false, "Tty", false)),
                Wire.SOON)) {
            copy(response, out, err, what, limit);
        }
        return exitCode(id, what);
    }

    private void copy(Response response, OutputStream out, OutputStream err, String what, Duration limit)
            throws InterruptedException {
        FutureTask<Boolean> copied = new FutureTask<>(() -> {
            new Frames(response.getBody(), false)
                    .readAll((stream, buffer, length) -> (stream.equals("out") ? out : err).write(buffer, 0, length));
            return true;
        });
        Thread thread = Thread.ofVirtual().name("exec-" + container).start(copied);
        try {
            copied.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new EngineException(
                    Kind.REFUSED,
                    "the command did not end within %d s: %s; it runs on in the container"
                            .formatted(limit.toSeconds(), what),
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? wire.unreachable(what, io)
                    : new IllegalStateException("cannot " + what, e);
        } finally {
            thread.interrupt();
        }
    }

    private int exitCode(String id, String what) throws InterruptedException {
        JsonNode ended = wire.send(Call.get("/exec/%s/json".formatted(id), what));
        if (!ended.path("ExitCode").isNumber()) {
            throw new EngineException(Kind.REFUSED, "the engine does not know how the command ended: " + what);
        }
        return ended.path("ExitCode").asInt();
    }
}
