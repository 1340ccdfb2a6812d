package dev.verdict.environment.docker;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// Is something that happened to a container, as the engine tells it.
///
/// @param action the engine's word: `create`, `start`, `die`, `oom`, `kill`, `stop`, `pause`,
///     `unpause`, `health_status`, `destroy`, …
/// @param detail what follows the action, as `healthy`; empty if nothing does
/// @param container its id
/// @param attributes its labels, and `name`, `image`, `exitCode`, `signal`
/// @param nanos since 1970, by the engine's clock
public record EngineEvent(String action, String detail, String container, Map<String, String> attributes, long nanos) {
    public EngineEvent {
        attributes = Map.copyOf(attributes);
    }

    static EngineEvent of(JsonNode json) {
        String action = json.path("Action").asString("");
        int colon = action.indexOf(": ");
        return new EngineEvent(
                colon < 0 ? action : action.substring(0, colon),
                colon < 0 ? "" : action.substring(colon + 2),
                json.path("Actor").path("ID").asString(""),
                ContainerRecord.strings(json.path("Actor").path("Attributes")),
                json.path("timeNano").asLong(0));
    }

    /// Returns the service of the plan, if the container carries its label.
    public Optional<String> service() {
        return Optional.ofNullable(attributes.get(Labels.SERVICE));
    }

    /// Returns the container's name.
    public String name() {
        return attributes.getOrDefault("name", "");
    }

    /// Returns the exit code of a `die`.
    public OptionalInt exitCode() {
        String code = attributes.getOrDefault("exitCode", "");
        return code.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(code)) : OptionalInt.empty();
    }
}
