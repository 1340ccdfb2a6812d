package dev.verdict.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a list.
///
/// @param words what it is, as `a list of texts, as [java, -jar, stock.jar]`
/// @param least how many items there must be
/// @param single whether one item may stand without a list around it
record Several<T>(Kind<T> item, String words, int least, boolean single) implements Kind<List<T>> {
    static <T> Several<T> of(Kind<T> item, String words) {
        return new Several<>(item, words, 0, false);
    }

    Several<T> notEmpty() {
        return new Several<>(item, words, 1, single);
    }

    Several<T> orOne() {
        return new Several<>(item, words, least, true);
    }

    @Override
    public List<T> read(Node node, String path, Reading reading) {
        reading.place(path, node.position());
        List<Node> nodes = switch (node) {
            case Node.Sequence sequence -> sequence.nodes();
            case Node.Scalar scalar when single && !scalar.isNull() -> List.of(scalar);
            case Node.Mapping mapping when single && item.shape().isPresent() -> List.of(mapping);
            case Node.Scalar _, Node.Mapping _ -> {
                reading.mistaken(node, path, words);
                yield List.of();
            }
        };
        if (nodes.size() < least) {
            reading.problem(path, node.position(), Paths.name(path) + ": the list is empty; expected " + words);
        }
        List<T> items = new ArrayList<>();
        for (Node child : nodes) {
            String childPath = Paths.item(path, items.size());
            reading.place(childPath, child.position());
            items.add(item.read(child, childPath, reading));
        }
        return items;
    }

    @Override
    public List<T> standIn() {
        return List.of();
    }

    @Override
    public Node standard(String text, Position position) {
        List<Node> nodes = text.isEmpty() ? List.of() : List.of(item.standard(text, position));
        return new Node.Sequence(nodes, position, "default");
    }

    @Override
    public Optional<Shape<?>> shape() {
        return item.shape();
    }

    @Override
    public ObjectNode schema() {
        ObjectNode list = Schemas.typed("array");
        list.set("items", item.schema());
        if (least > 0) {
            list.put("minItems", least);
        }
        if (!single) {
            return list;
        }
        ObjectNode either = Schemas.empty();
        ArrayNode kinds = either.putArray("anyOf");
        kinds.add(item.schema());
        kinds.add(list);
        return either;
    }
}
