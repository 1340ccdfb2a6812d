package dev.verdict.environment.docker;

import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.environment.docker.Wire.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Controls an engine's containers. A container is named by its id, or by its name.
public final class Containers {
    private final Wire wire;

    Containers(Wire wire) {
        this.wire = wire;
    }

    /// Is a container as a list shows it.
    ///
    /// @param status the engine's word, as `running` or `exited`
    public record Listed(String id, String name, String image, String status, Map<String, String> labels) {
        public Listed {
            labels = Map.copyOf(labels);
        }
    }

    /// Creates a container, and does not start it.
    ///
    /// @return its id
    public String create(ContainerSpec spec) throws InterruptedException {
        Map<String, String> query = spec.name().isEmpty() ? Map.of() : Map.of("name", spec.name());
        return wire.send(Call.post(
                                "/containers/create", "create container %s of %s".formatted(spec.name(), spec.image()))
                        .with(query)
                        .sending(spec.json()))
                .path("Id")
                .asString("");
    }

    /// Starts a container; does nothing to one that runs.
    public void start(String container) throws InterruptedException {
        act(container, "start", Map.of(), Wire.SOON);
    }

    /// Sends the container's stop signal, waits, and kills it if it did not end within the time;
    /// does nothing to one that does not run.
    ///
    /// @param within whole seconds count
    public void stop(String container, Duration within) throws InterruptedException {
        act(container, "stop", Map.of("t", Long.toString(within.toSeconds())), within.plus(Wire.SOON));
    }

    /// Stops and starts a container.
    public void restart(String container, Duration within) throws InterruptedException {
        act(container, "restart", Map.of("t", Long.toString(within.toSeconds())), within.plus(Wire.SOON));
    }

    /// Sends the main process a signal, as `KILL` or `HUP`; a container that does not run is a
    /// conflict.
    public void kill(String container, String signal) throws InterruptedException {
        act(container, "kill", Map.of("signal", signal), Wire.SOON);
    }

    /// Freezes every process of a container.
    public void pause(String container) throws InterruptedException {
        act(container, "pause", Map.of(), Wire.SOON);
    }

    /// Lets the processes of a paused container go on.
    public void unpause(String container) throws InterruptedException {
        act(container, "unpause", Map.of(), Wire.SOON);
    }

    private void act(String container, String verb, Map<String, String> query, Duration limit)
            throws InterruptedException {
        wire.send(
                Call.post(path(container) + "/" + verb, verb + " container " + container)
                        .with(query),
                limit);
    }

    /// Waits until a container does not run.
    ///
    /// @return its exit code
    public int await(String container, Duration limit) throws InterruptedException {
        return wire.send(Call.post(path(container) + "/wait", "see container %s end".formatted(container)), limit)
                .path("StatusCode")
                .asInt(0);
    }

    /// Removes a container with its anonymous volumes; one that is gone already is fine.
    ///
    /// @param force kills it first if it runs
    public void remove(String container, boolean force) throws InterruptedException {
        try {
            var _ = wire.find(Call.delete(path(container), "remove container " + container)
                    .with(Map.of("force", Boolean.toString(force), "v", "true")));
        } catch (EngineException e) {
            // A conflict on removal says that its removal is under way.
            if (!underWay(e)) {
                throw e;
            }
        }
    }

    private static boolean underWay(EngineException e) {
        return e.kind() == Kind.CONFLICT && String.valueOf(e.getMessage()).contains("already in progress");
    }

    /// Says what the engine knows about a container.
    public ContainerRecord inspect(String container) throws InterruptedException {
        return ContainerRecord.of(wire.send(inspecting(container)));
    }

    private static Call inspecting(String container) {
        return Call.get(path(container) + "/json", "inspect container " + container);
    }

    /// Says what the engine knows about a container, if there is one.
    public Optional<ContainerRecord> find(String container) throws InterruptedException {
        return wire.find(inspecting(container)).map(ContainerRecord::of);
    }

    /// Lists the containers, running or not, that carry all these labels.
    public List<Listed> list(Map<String, String> labels) throws InterruptedException {
        JsonNode listed = wire.send(Call.get("/containers/json", "list containers")
                .with(Map.of("all", "true", "filters", Labels.filter(labels))));
        List<Listed> containers = new ArrayList<>();
        listed.forEach(container -> containers.add(new Listed(
                container.path("Id").asString(""),
                ContainerRecord.name(container.path("Names").path(0).asString("")),
                container.path("Image").asString(""),
                container.path("State").asString(""),
                ContainerRecord.strings(container.path("Labels")))));
        return List.copyOf(containers);
    }

    /// Changes what a running container may use.
    ///
    /// @throws EngineException if the engine or the kernel refuses, as some kernels do when a limit
    ///     is lowered below what is in use; also if it was accepted and not done
    public void limit(String container, ContainerLimits limits) throws InterruptedException {
        JsonNode answer =
                wire.send(Call.post(path(container) + "/update", "change the limits of container " + container)
                        .sending(limits.json()));
        if (!answer.path("Warnings").isEmpty()) {
            throw new EngineException(
                    Kind.REFUSED,
                    "the Docker engine did not change the limits of container %s as asked: %s"
                            .formatted(
                                    container, answer.path("Warnings").path(0).asString("")));
        }
        ContainerRecord.Limits now = inspect(container).limits();
        Map<String, Object> there = new LinkedHashMap<>(new ContainerLimits(
                        limits.memory().isPresent() ? OptionalLong.of(now.memory()) : limits.memory(),
                        limits.cpus().isPresent() ? OptionalDouble.of(now.cpus()) : limits.cpus(),
                        limits.processes().isPresent() ? OptionalLong.of(now.processes()) : limits.processes())
                .json());
        if (!there.equals(limits.json())) {
            throw new EngineException(
                    Kind.REFUSED,
                    "the Docker engine accepted limits %s for container %s, but has %s"
                            .formatted(limits.json(), container, there));
        }
    }

    /// Runs a command in a container.
    public Exec exec(String container) {
        return new Exec(wire, container);
    }

    /// Copies files into and out of a container.
    public Copies copies(String container) {
        return new Copies(wire, container);
    }

    static String path(String container) {
        return "/containers/" + Wire.segment(container);
    }
}
