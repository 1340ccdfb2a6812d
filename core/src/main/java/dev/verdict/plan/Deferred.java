package dev.verdict.plan;

import tools.jackson.databind.node.ObjectNode;

/// Reads a text that may refer to what only the run knows: addresses, facts, secrets.
record Deferred() implements Kind<Text> {
    @Override
    public Text read(Node node, String path, Reading reading) {
        Text text = reading.fill(node, path, words()).orElse(standIn());
        reading.texts().put(path, text);
        return text;
    }

    @Override
    public Text standIn() {
        return new Text(java.util.List.of());
    }

    @Override
    public String words() {
        return "a text";
    }

    @Override
    public ObjectNode schema() {
        return Schemas.typed("string", "number", "boolean");
    }
}
