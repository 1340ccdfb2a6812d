package dev.verdict.plan;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Describes plan files to editors and other tools.
public final class PlanSchema {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PlanSchema() {}

    /// Returns the JSON Schema (draft-07) of the plan file, made of the definitions that the reader
    /// itself uses.
    public static String json() {
        ObjectNode schema = Schemas.empty();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Verdict plan");
        schema.put("description", PlanKeys.ROOT.doc());
        schema.setAll(PlanKeys.ROOT.schema());
        return MAPPER.writeValueAsString(schema) + "\n";
    }
}
