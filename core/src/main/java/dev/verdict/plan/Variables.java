package dev.verdict.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads the variables one after the other, so that each may use those before it.
record Variables() implements Kind<Map<String, String>> {
    private static final Named<String> TEXTS =
            Named.of(Names.VARIABLE, Kinds.TEXT, "a mapping of names to texts, as {size: 5MB}");

    @Override
    public Map<String, String> read(Node node, String path, Reading reading) {
        if (!(node instanceof Node.Mapping mapping)) {
            return TEXTS.read(node, path, reading);
        }
        Map<String, String> read = new LinkedHashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            String child = Paths.child(path, name);
            Optional<String> why = Names.VARIABLE.refuse(name).or(() -> taken(name, reading.scope()));
            if (why.isPresent()) {
                reading.problem(child, entry.key().position(), why.get());
                continue;
            }
            String value = Kinds.TEXT.read(given(entry, reading.scope()), child, reading);
            read.put(name, value);
            ResolvedPlan.Source source = reading.sources().get(child);
            reading.scope().define(name, new Scope.Value(value, source == null ? "plan" : source.origin()));
        }
        return read;
    }

    private static Optional<String> taken(String name, Scope scope) {
        if (scope.values().containsKey(name)) {
            return Optional.of("the variable '" + name + "' stands also in the matrix");
        }
        if (scope.secrets().contains(name)) {
            return Optional.of("the variable '" + name + "' stands also in the secrets");
        }
        return Optional.empty();
    }

    /// Returns what `--var` gives in place of the plan's value; there `$` stands for itself.
    private static Node given(Node.Entry entry, Scope scope) {
        return scope.given(entry.key().text())
                .<Node>map(value -> new Node.Scalar(
                        value.replace("$", "$$"), false, entry.value().position(), "--var"))
                .orElse(entry.value());
    }

    @Override
    public Map<String, String> standIn() {
        return Map.of();
    }

    @Override
    public Node standard(String text, Position position) {
        return TEXTS.standard(text, position);
    }

    @Override
    public String words() {
        return TEXTS.words();
    }

    @Override
    public ObjectNode schema() {
        return TEXTS.schema();
    }
}
