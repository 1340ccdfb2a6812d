package dev.verdict.plan;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes the pieces of a JSON Schema.
final class Schemas {
    private Schemas() {}

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode typed(String... types) {
        ObjectNode schema = empty();
        if (types.length == 1) {
            schema.put("type", types[0]);
        } else {
            for (String type : types) {
                schema.withArray("type").add(type);
            }
        }
        return schema;
    }
}
