package dev.verdict.plan;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads a mapping of which one key may stand alone, in place of the whole: `compose.yaml` for
/// `{file: compose.yaml}`.
///
/// @param words what it is, as `a Compose file, or a mapping, as {file: compose.yaml}`
record Shortened<T>(Shape<T> whole, Key<?> key, String words) implements Kind<T> {
    @Override
    public T read(Node node, String path, Reading reading) {
        return switch (node) {
            case Node.Scalar scalar when scalar.isNull() -> whole.read(node, path, reading);
            case Node.Scalar _, Node.Sequence _ -> whole.read(wrap(node), path, reading);
            case Node.Mapping _ -> whole.read(node, path, reading);
        };
    }

    private Node wrap(Node node) {
        Node.Scalar name = new Node.Scalar(key.name(), true, node.position(), node.origin());
        return new Node.Mapping(List.of(new Node.Entry(name, node)), node.position(), node.origin());
    }

    @Override
    public T standIn() {
        return whole.standIn();
    }

    @Override
    public Optional<Shape<?>> shape() {
        return Optional.of(whole);
    }

    @Override
    public ObjectNode schema() {
        ObjectNode either = Schemas.empty();
        either.putArray("anyOf").add(key.kind().schema()).add(whole.schema());
        return either;
    }
}
