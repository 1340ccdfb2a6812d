package dev.verdict.environment.docker;

import dev.verdict.environment.docker.Wire.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Controls an engine's volumes.
public final class Volumes {
    private final Wire wire;

    Volumes(Wire wire) {
        this.wire = wire;
    }

    /// Is a volume.
    public record Volume(String name, Map<String, String> labels) {
        public Volume {
            labels = Map.copyOf(labels);
        }
    }

    /// Creates a volume on the engine's machine.
    public void create(String name, Map<String, String> labels) throws InterruptedException {
        wire.send(Call.post("/volumes/create", "create volume " + name)
                .sending(Map.of("Name", name, "Labels", Map.copyOf(labels))));
    }

    /// Says whether there is a volume of this name.
    public boolean has(String volume) throws InterruptedException {
        return wire.find(Call.get("/volumes/" + Wire.segment(volume), "inspect volume " + volume))
                .isPresent();
    }

    /// Lists the volumes that carry all these labels; all there are for no labels.
    public List<Volume> list(Map<String, String> labels) throws InterruptedException {
        List<Volume> volumes = new ArrayList<>();
        wire.send(Call.get("/volumes", "list volumes").with(Map.of("filters", Labels.filter(labels))))
                .path("Volumes")
                .forEach(volume -> volumes.add(
                        new Volume(volume.path("Name").asString(""), ContainerRecord.strings(volume.path("Labels")))));
        return List.copyOf(volumes);
    }

    /// Removes a volume; one that is gone already is fine, one in use is a conflict.
    public void remove(String volume) throws InterruptedException {
        var _ = wire.find(Call.delete("/volumes/" + Wire.segment(volume), "remove volume " + volume));
    }
}
