package dev.verdict.plan;

import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Reads a single value from its text, after its variables are filled in.
///
/// @param words what it is, as `a duration, as 20s or 2min`
/// @param definition its JSON Schema
/// @param parser makes the value
record Leaf<T>(String words, Supplier<ObjectNode> definition, Parser<T> parser, T standIn) implements Kind<T> {
    /// Makes a value of a text, or says why not.
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text, Reading reading) throws Refusal;
    }

    @Override
    public T read(Node node, String path, Reading reading) {
        return reading.fill(node, path, words)
                .flatMap(text -> plain(text, path, reading))
                .flatMap(text -> parse(text, path, reading))
                .orElse(standIn);
    }

    private Optional<String> plain(Text text, String path, Reading reading) {
        for (Text.Reference reference : text.references()) {
            String shown = new Text(java.util.List.of(reference)).source();
            String what = reference instanceof Text.SecretValue ? "the secret '" : "'";
            reading.problem(
                    path,
                    Paths.name(path) + ": " + what + shown + "' has no value before the run; it may stand in command,"
                            + " directory, env and writes");
        }
        return text.references().isEmpty() ? Optional.of(text.resolve(Text.Reference::toString)) : Optional.empty();
    }

    private Optional<T> parse(String text, String path, Reading reading) {
        try {
            return Optional.of(parser.parse(text, reading));
        } catch (Refusal refusal) {
            reading.problem(path, Paths.name(path) + ": " + refusal.why());
            return Optional.empty();
        }
    }

    @Override
    public ObjectNode schema() {
        return definition.get();
    }
}
