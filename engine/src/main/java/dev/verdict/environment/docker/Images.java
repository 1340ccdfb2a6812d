package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.environment.docker.Wire.Call;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Controls an engine's images.
public final class Images {
    private final Wire wire;

    Images(Wire wire) {
        this.wire = wire;
    }

    /// Is an image.
    ///
    /// @param tags its names; empty for one that lost them
    public record Image(String id, List<String> tags, Map<String, String> labels) {
        public Image {
            tags = List.copyOf(tags);
            labels = Map.copyOf(labels);
        }
    }

    /// Tells whether the engine has the image, so that nothing need be pulled.
    public boolean has(String image) throws InterruptedException {
        return find(image).isPresent();
    }

    /// Returns the image of a name or id, if the engine has it.
    public Optional<Image> find(String image) throws InterruptedException {
        return wire.find(Call.get("/images/%s/json".formatted(path(image)), "inspect image " + image))
                .map(found -> image(found, found.path("Config").path("Labels")));
    }

    /// Lists the images that carry all these labels.
    public List<Image> list(Map<String, String> labels) throws InterruptedException {
        List<Image> images = new ArrayList<>();
        wire.send(Call.get("/images/json", "list images").with(Map.of("filters", Labels.filter(labels))))
                .forEach(image -> images.add(image(image, image.path("Labels"))));
        return List.copyOf(images);
    }

    private static Image image(JsonNode image, JsonNode labels) {
        List<String> tags = new ArrayList<>();
        image.path("RepoTags").forEach(tag -> tags.add(tag.asString("")));
        return new Image(image.path("Id").asString(""), tags, ContainerRecord.strings(labels));
    }

    /// Fetches an image from its registry, without credentials.
    ///
    /// @param progress is told what happens, a line each
    /// @throws EngineException if it cannot be had
    public void pull(String image, Consumer<String> progress, Duration limit) throws InterruptedException {
        String whole =
                image.contains("@") || image.lastIndexOf(':') > image.lastIndexOf('/') ? image : image + ":latest";
        Call call = Call.post("/images/create", "pull image " + image).with(Map.of("fromImage", whole));
        try (Response response = wire.open(call, limit)) {
            tell(response, call.what(), progress, limit);
        }
    }

    /// Removes an image and its untagged parents; one that is gone already is fine.
    public void remove(String image) throws InterruptedException {
        var _ = wire.find(
                Call.delete("/images/" + path(image), "remove image " + image).with(Map.of("force", "true")));
    }

    /// Reads the engine's progress to its end, for at most the limit.
    ///
    /// @throws EngineException if the last of it is an error
    private void tell(Response response, String what, Consumer<String> progress, Duration limit)
            throws InterruptedException {
        wire.within(limit, what, () -> {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    tell(JsonMapper.shared().readTree(line), what, progress);
                }
            }
            return true;
        });
    }

    private static void tell(JsonNode told, String what, Consumer<String> progress) throws IOException {
        String error = told.path("error").asString("");
        if (!error.isEmpty()) {
            throw new EngineException(Kind.REFUSED, "the Docker engine did not %s: %s".formatted(what, error));
        }
        // Bars of bytes would be thousands of lines: only what changes its name is told.
        if (told.path("progressDetail").isEmpty()) {
            String status = told.path("status").asString(told.path("stream").asString(""));
            String layer = told.path("id").asString("");
            status.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> progress.accept(layer.isEmpty() ? line : layer + ": " + line));
        }
    }

    /// Slashes are part of an image's name, and of its path.
    private static String path(String image) {
        return Wire.segment(image).replace("%2F", "/");
    }
}
