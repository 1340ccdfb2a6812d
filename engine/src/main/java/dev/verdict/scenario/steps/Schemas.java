package dev.verdict.scenario.steps;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.resource.SchemaLoader;
import dev.verdict.json.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Validates JSON against JSON Schemas.
final class Schemas {
    /// Values with nothing in common: a schema that all of them fit asks for nothing.
    private static final List<String> UNALIKE = List.of("null", "0", "\"x\"", "[]", "{}", "true");

    /// Reads schemas, and what they refer to, from files alone: a check does not depend on the
    /// network.
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(SchemaLoader.builder()
                        .resourceLoaders(loaders -> loaders.add(Schemas::open))
                        .build()));
    }

    private static @Nullable InputStreamSource open(AbsoluteIri iri) {
        return iri.getScheme().equals("file") ? () -> Files.newInputStream(Path.of(URI.create(iri.toString()))) : null;
    }

    private Schemas() {}

    /// Expects JSON that fits the schema in a file; references in it start from the file.
    static Expectation file(Path file, String shown) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no schema " + shown);
        }
        Schema schema = registry().getSchema(SchemaLocation.of(file.toUri().toString()));
        return Expectation.of(
                        "fits the schema " + shown,
                        content -> content.json()
                                .map(json -> errors(schema, json).isEmpty())
                                .orElse(false))
                .showing(content -> content.json()
                        .map(json -> errors(schema, json))
                        .filter(errors -> !errors.isEmpty())
                        .map(errors -> String.join("\n", errors) + "\n" + content.shown())
                        .orElseGet(content::shown))
                .weakIf(fitsAnything(schema), "everything fits the schema " + shown);
    }

    private static List<String> errors(Schema schema, JsonNode json) {
        return schema.validate(json).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .limit(10)
                .toList();
    }

    private static boolean fitsAnything(Schema schema) {
        return Stream.concat(UNALIKE.stream(), Stream.of("[1]", "{\"a\":1}"))
                .flatMap(text -> Json.parse(text).stream())
                .allMatch(json -> errors(schema, json).isEmpty());
    }
}
