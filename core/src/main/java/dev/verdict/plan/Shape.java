package dev.verdict.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a mapping with known keys to a record.
///
/// @param name what it is called in the reference, as `service`
/// @param doc what it is, for people, in Markdown
/// @param example how it is written, in YAML
/// @param keys in the order in which they are read and documented
/// @param choices of which at most one may be there
/// @param needed of which at least one must be there, unless this is empty
/// @param later keys that only a later version of Verdict will know
/// @param build makes the record
record Shape<T>(
        String name,
        String doc,
        String example,
        List<Key<?>> keys,
        List<String> choices,
        List<String> needed,
        Set<String> later,
        Function<Section, T> build)
        implements Kind<T> {
    Shape {
        keys = List.copyOf(keys);
        choices = List.copyOf(choices);
        needed = List.copyOf(needed);
        later = Set.copyOf(later);
    }

    Shape(String name, String doc, String example, List<Key<?>> keys, Function<Section, T> build) {
        this(name, doc, example, keys, List.of(), List.of(), Set.of(), build);
    }

    /// Returns the shape with keys of which at most one may be there.
    Shape<T> choosing(String... names) {
        return new Shape<>(name, doc, example, keys, List.of(names), needed, later, build);
    }

    /// Returns the shape with keys of which at least one must be there.
    Shape<T> needing(String... names) {
        return new Shape<>(name, doc, example, keys, choices, List.of(names), later, build);
    }

    /// Returns the shape with keys that are not known yet.
    Shape<T> awaiting(String... names) {
        return new Shape<>(name, doc, example, keys, choices, needed, Set.of(names), build);
    }

    @Override
    public T read(Node node, String path, Reading reading) {
        reading.place(path, node.position());
        if (!(node instanceof Node.Mapping mapping)) {
            reading.mistaken(node, path, words());
            return read(new Node.Mapping(List.of(), node.position(), node.origin()), path, reading);
        }
        reading.source(path, node.position(), node.origin());
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        mapping.entries().forEach(entry -> entries.put(entry.key().text(), entry));
        entries.values().forEach(entry -> known(entry.key(), entries, path, reading));
        choose(entries, path, reading);
        Map<String, Object> values = new HashMap<>();
        for (Key<?> key : keys) {
            key.read(Optional.ofNullable(entries.get(key.name())), mapping.position(), path, reading)
                    .ifPresent(value -> values.put(key.name(), value));
        }
        return build.apply(new Section(path, values, entries.keySet(), reading));
    }

    private List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    private void known(Node.Scalar key, Map<String, Node.Entry> entries, String path, Reading reading) {
        String text = key.text();
        if (names().contains(text)) {
            return;
        }
        String child = Paths.child(path, text);
        if (later.contains(text)) {
            reading.problem(
                    child, key.position(), "the key '" + text + "' is not supported by this version of Verdict");
        } else {
            reading.problem(
                    child,
                    key.position(),
                    "unknown key '" + Wording.shorten(text) + "'; allowed are " + Wording.list(names())
                            + Nearest.hint(text, names()));
            // the key that was meant is not missing as well
            Nearest.to(text, names())
                    .filter(meant -> !entries.containsKey(meant))
                    .ifPresent(meant -> reading.tellNoMore(Paths.child(path, meant)));
        }
    }

    private void choose(Map<String, Node.Entry> entries, String path, Reading reading) {
        Set<String> chosen = new LinkedHashSet<>(entries.keySet());
        chosen.retainAll(choices);
        if (chosen.size() > 1) {
            String last = chosen.stream().toList().getLast();
            reading.problem(
                    Paths.child(path, last),
                    java.util.Objects.requireNonNull(entries.get(last)).key().position(),
                    Paths.name(path) + ": only one of " + Wording.list(choices) + " is allowed, found "
                            + Wording.list(chosen));
        }
        if (!needed.isEmpty() && needed.stream().noneMatch(key -> isThere(key, entries, path, reading))) {
            reading.problem(
                    Paths.child(path, needed.getFirst()),
                    reading.position(path),
                    name + ": one of " + Wording.list(needed) + " is missing, as " + example);
        }
        for (Key<?> key : keys) {
            Node.Entry entry = entries.get(key.name());
            if (entry != null && !key.needs().isEmpty() && !entries.containsKey(key.needs())) {
                reading.problem(
                        Paths.child(path, key.name()),
                        entry.key().position(),
                        "the key '" + key.name() + "' is allowed only beside '" + key.needs() + "'");
            }
        }
    }

    /// Tells whether a key is there, or was told to be misspelt.
    private static boolean isThere(String key, Map<String, Node.Entry> entries, String path, Reading reading) {
        return entries.containsKey(key) || reading.isBroken(Paths.child(path, key));
    }

    @Override
    public T standIn() {
        throw new IllegalStateException("a " + name + " is never a required key");
    }

    @Override
    public String words() {
        return "a mapping, as " + example;
    }

    @Override
    public Node standard(String text, Position position) {
        return new Node.Mapping(List.of(), position, "default");
    }

    @Override
    public Optional<Shape<?>> shape() {
        return Optional.of(this);
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = Schemas.typed("object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (Key<?> key : keys) {
            ObjectNode property = key.kind().schema();
            property.put("description", key.doc());
            if (key.presence() instanceof Key.Presence.Standard(String text) && !text.isEmpty()) {
                property.put("default", text);
            }
            properties.set(key.name(), property);
            if (key.presence() instanceof Key.Presence.Required) {
                schema.withArray("required").add(key.name());
            }
            if (!key.needs().isEmpty()) {
                schema.withObject("/dependencies").putArray(key.name()).add(key.needs());
            }
        }
        if (!needed.isEmpty()) {
            ArrayNode any = schema.putArray("anyOf");
            needed.forEach(key -> any.addObject().putArray("required").add(key));
        }
        if (!choices.isEmpty()) {
            exclude(schema.putObject("not").putArray("anyOf"));
        }
        return schema;
    }

    private void exclude(ArrayNode pairs) {
        for (int first = 0; first < choices.size(); first++) {
            for (int second = first + 1; second < choices.size(); second++) {
                pairs.addObject().putArray("required").add(choices.get(first)).add(choices.get(second));
            }
        }
    }
}
