package dev.verdict.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys under `artifacts`.
final class ArtifactKeys {
    /// Is the first part of a reference to an artifact: `${artifact.model.path}`.
    static final String FIRST = "artifact";

    static final List<String> FIELDS = List.of("path", "sha256", "size");

    static final Key<Long> SIZE = Key.required("size", Kinds.SIZE, "How large it is.");
    static final Key<Long> SEED = Key.standard(
            "seed",
            new Leaf<>(
                    "a whole number",
                    () -> {
                        ObjectNode either = Schemas.empty();
                        either.putArray("anyOf").add(Schemas.typed("integer")).add(Kinds.matching("-?[0-9]+"));
                        return either;
                    },
                    (text, _) -> seed(text),
                    1L),
            "1",
            "Makes its bytes: the same for the same size and seed, on every machine.");
    static final Key<Long> COPIES = Key.standard(
            "copies",
            Kinds.count("a count", 0, 1_000),
            "1",
            "How many more of it the system and the scenarios make. What would not fit on the disk is told before anything"
                    + " starts.");
    static final Shape<Artifact> ARTIFACT = new Shape<>(
            "artifact",
            "A file that is made before the system starts: incompressible, no two blocks of it alike. `${artifact.NAME.path}`,"
                    + " `.sha256` and `.size` tell of it, also in features; see [integrity.md](integrity.md).",
            "{size: 5MB, seed: 7}",
            List.of(SIZE, SEED, COPIES),
            section -> new Artifact(
                    section.name(),
                    section.get(SIZE),
                    section.get(SEED),
                    section.get(COPIES).intValue()));
    static final Key<Map<String, Artifact>> ARTIFACTS = Key.standard(
            "artifacts",
            Named.of(Names.ARTIFACT, ARTIFACT, "a mapping of names to artifacts, as {model: {size: 5MB, seed: 7}}"),
            "",
            "Files that are made before the system starts, by name.");

    private ArtifactKeys() {}

    private static long seed(String text) throws Refusal {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not a whole number of 64 bits");
        }
    }

    /// Says whether a name with points in it is of an artifact.
    static boolean names(String reference) {
        return reference.startsWith(FIRST + ".");
    }

    /// Returns what is wrong with a reference to an artifact.
    static Optional<String> wrong(String reference, Set<String> known) {
        String[] parts = reference.split("\\.", -1);
        if (parts.length != 3 || !FIELDS.contains(parts[2])) {
            String field = parts.length == 3 ? parts[2] : "";
            return Optional.of("an artifact has "
                    + FIELDS.stream()
                            .map(each -> "${artifact.NAME." + each + "}")
                            .collect(Collectors.joining(", "))
                    + Nearest.hint(field, FIELDS));
        }
        return known.contains(parts[1])
                ? Optional.empty()
                : Optional.of("unknown artifact '" + Wording.shorten(parts[1]) + "'; the plan has "
                        + (known.isEmpty() ? "none" : Wording.list(known)) + Nearest.hint(parts[1], known));
    }

    static ObjectNode json(Artifact artifact) {
        ObjectNode json = Schemas.empty();
        json.put(SIZE.name(), Amounts.write(artifact.size()));
        json.put(SEED.name(), artifact.seed());
        json.put(COPIES.name(), artifact.copies());
        return json;
    }
}
