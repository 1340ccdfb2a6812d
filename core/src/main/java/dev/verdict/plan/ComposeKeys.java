package dev.verdict.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks through the layers of one service: a later one wins, lists add up.
record ComposeKeys(List<ComposeLayers.Layer> layers, ComposeLayers file) {
    ComposeKeys {
        layers = List.copyOf(layers);
    }

    /// Says what a service waits for.
    record Dependency(Position position, String condition, boolean required) {}

    Position position() {
        return layers.getLast().position();
    }

    /// Returns everything that stands under the service.
    List<Node> values() {
        List<Node> values = new ArrayList<>();
        layers.forEach(layer -> layer.keys().values().forEach(entry -> values.add(entry.value())));
        return values;
    }

    Optional<Node> value(String key) {
        Optional<Node> last = Optional.empty();
        for (ComposeLayers.Layer layer : layers) {
            Node.Entry entry = layer.keys().get(key);
            if (entry != null) {
                last = Optional.of(entry.value());
            }
        }
        return last.filter(node -> !ComposeNodes.isNothing(node));
    }

    Optional<Node.Scalar> scalar(String key) {
        return value(key).filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast);
    }

    Optional<ComposeService.Located> located(String key) {
        return scalar(key).map(scalar -> new ComposeService.Located(file.fill(scalar), scalar.position()));
    }

    List<Node> list(String key) {
        List<Node> all = new ArrayList<>();
        layers.forEach(layer -> all.addAll(ComposeNodes.items(layer.keys(), key)));
        return all;
    }

    /// Returns a key's mapping in each layer that has one.
    List<Map<String, Node.Entry>> mapping(String key) {
        return layers.stream()
                .map(layer -> ComposeNodes.entries(layer.keys(), key))
                .filter(entries -> !entries.isEmpty())
                .toList();
    }

    List<String> texts(String key) {
        return list(key).stream()
                .filter(Node.Scalar.class::isInstance)
                .map(node -> file.fill((Node.Scalar) node))
                .toList();
    }

    /// Returns what the service waits for, by name.
    Map<String, Dependency> dependencies() {
        Map<String, Dependency> all = new LinkedHashMap<>();
        for (ComposeLayers.Layer layer : layers) {
            Node.Entry entry = layer.keys().get("depends_on");
            if (entry != null && entry.value() instanceof Node.Sequence) {
                ComposeNodes.items(entry.value()).forEach(node -> {
                    if (node instanceof Node.Scalar scalar) {
                        all.put(file.fill(scalar), new Dependency(scalar.position(), "service_started", true));
                    }
                });
            } else if (entry != null) {
                ComposeNodes.entries(entry.value()).forEach((name, each) -> all.put(name, dependency(each)));
            }
        }
        return all;
    }

    private Dependency dependency(Node.Entry entry) {
        Map<String, Node.Entry> keys = ComposeNodes.entries(entry.value());
        String condition =
                ComposeNodes.scalar(keys, "condition").map(file::fill).orElse("service_started");
        boolean required = ComposeNodes.scalar(keys, "required")
                .map(file::fill)
                .map(text -> !text.equals("false"))
                .orElse(true);
        return new Dependency(entry.key().position(), condition, required);
    }
}
