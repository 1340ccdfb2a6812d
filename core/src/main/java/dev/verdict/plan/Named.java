package dev.verdict.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads a mapping whose keys are names of the user's choice.
///
/// @param names what a name may be
/// @param words what it is, as `a mapping of names to texts, as {PORT: 8080}`
/// @param least how many there must be
record Named<T>(Names names, Kind<T> value, String words, int least) implements Kind<Map<String, T>> {
    static <T> Named<T> of(Names names, Kind<T> value, String words) {
        return new Named<>(names, value, words, 0);
    }

    @Override
    public Map<String, T> read(Node node, String path, Reading reading) {
        reading.place(path, node.position());
        Map<String, T> read = new LinkedHashMap<>();
        if (!(node instanceof Node.Mapping mapping)) {
            reading.mistaken(node, path, words);
            return read;
        }
        if (mapping.entries().size() < least) {
            reading.problem(path, node.position(), Paths.name(path) + ": is empty; expected " + words);
        }
        for (Node.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            String child = Paths.child(path, name);
            names.refuse(name)
                    .ifPresentOrElse(why -> reading.problem(child, entry.key().position(), why), () -> {
                        reading.place(child, entry.key().position());
                        read.put(name, value.read(entry.value(), child, reading));
                    });
        }
        return read;
    }

    @Override
    public Map<String, T> standIn() {
        return Map.of();
    }

    @Override
    public Node standard(String text, Position position) {
        return new Node.Mapping(java.util.List.of(), position, "default");
    }

    @Override
    public Optional<Shape<?>> shape() {
        return value.shape();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.typed("object");
        schema.putObject("propertyNames").put("pattern", "^(?:" + names.pattern() + ")$");
        schema.set("additionalProperties", value.schema());
        if (least > 0) {
            schema.put("minProperties", least);
        }
        return schema;
    }
}
