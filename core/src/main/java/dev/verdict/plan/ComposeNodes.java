package dev.verdict.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes the nodes of a Compose file apart.
final class ComposeNodes {
    private static final String MERGE = "<<";

    private ComposeNodes() {}

    /// Returns a mapping's entries with those of its merge keys below them; none for anything else.
    static Map<String, Node.Entry> entries(Node node) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                if (entry.key().text().equals(MERGE)) {
                    items(entry.value()).forEach(item -> entries(item).forEach(entries::putIfAbsent));
                }
            }
            for (Node.Entry entry : mapping.entries()) {
                if (!entry.key().text().equals(MERGE)) {
                    entries.put(entry.key().text(), entry);
                }
            }
        }
        return entries;
    }

    static Map<String, Node.Entry> entries(Map<String, Node.Entry> parent, String key) {
        Node.Entry entry = parent.get(key);
        return entry == null ? Map.of() : entries(entry.value());
    }

    /// Returns a list's items, or the value alone.
    static List<Node> items(Node node) {
        return node instanceof Node.Sequence sequence ? sequence.nodes() : List.of(node);
    }

    static List<Node> items(Map<String, Node.Entry> parent, String key) {
        Node.Entry entry = parent.get(key);
        return entry == null || isNothing(entry.value()) ? List.of() : items(entry.value());
    }

    static Optional<Node.Scalar> scalar(Map<String, Node.Entry> parent, String key) {
        Node.Entry entry = parent.get(key);
        return entry != null && entry.value() instanceof Node.Scalar scalar && !scalar.isNull()
                ? Optional.of(scalar)
                : Optional.empty();
    }

    static boolean isNothing(Node node) {
        return node instanceof Node.Scalar scalar && scalar.isNull();
    }
}
