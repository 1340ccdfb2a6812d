package dev.verdict.plan;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads a secret: a name, or a mapping with a file.
record Secrets() implements Kind<Secret> {
    static final Key<String> NAME =
            Key.required("name", Kinds.SECRET_NAME, "How the plan refers to the secret: `${NAME}`.");
    static final Key<String> FILE =
            Key.required("file", Kinds.TEXT, "The file that holds the value, relative to the plan's folder.");
    static final Shape<Secret> FROM_FILE = new Shape<>(
            "secret",
            "A secret whose value stands in a file.",
            "{name: SHOP_TOKEN, file: token.txt}",
            List.of(NAME, FILE),
            section -> new Secret(section.get(NAME), Optional.of(section.get(FILE))));

    @Override
    public Secret read(Node node, String path, Reading reading) {
        Secret secret = switch (node) {
            case Node.Mapping mapping -> FROM_FILE.read(mapping, path, reading);
            case Node.Scalar _, Node.Sequence _ ->
                new Secret(Kinds.SECRET_NAME.read(node, path, reading), Optional.empty());
        };
        if (!reading.isBroken(path) && !reading.isBroken(Paths.child(path, "name"))) {
            declare(secret, path, reading);
        }
        return secret;
    }

    private static void declare(Secret secret, String path, Reading reading) {
        String name = secret.name();
        if (reading.scope().secrets().contains(name)) {
            reading.problem(path, "secrets: '" + name + "' stands twice");
        }
        reading.scope().secret(name);
        if (reading.scope().given(name).isPresent()) {
            reading.problem(
                    path,
                    "secrets: '" + name + "' is given with --var, where others see it; a secret comes from the"
                            + " environment or a file");
        }
        if (!reading.here()) {
            return;
        }
        if (secret.file().isPresent()) {
            String place = Paths.child(path, "file");
            try {
                reading.exists(secret.file().get(), false);
                if (!Files.isRegularFile(reading.resolve(secret.file().get()))) {
                    throw new Refusal("'" + secret.file().get() + "' is not a file");
                }
            } catch (Refusal refusal) {
                reading.problem(place, "file: " + refusal.why());
            }
        } else if (!reading.scope().inEnvironment(name)) {
            reading.problem(
                    path,
                    "secrets: '" + name + "' is not set in the environment; set it, or write {name: " + name
                            + ", file: PATH}");
        }
    }

    @Override
    public Secret standIn() {
        return new Secret("", Optional.empty());
    }

    @Override
    public String words() {
        return "a name, or a mapping, as {name: SHOP_TOKEN, file: token.txt}";
    }

    @Override
    public Optional<Shape<?>> shape() {
        return Optional.of(FROM_FILE);
    }

    @Override
    public ObjectNode schema() {
        ObjectNode either = Schemas.empty();
        either.putArray("anyOf").add(Kinds.SECRET_NAME.schema()).add(FROM_FILE.schema());
        return either;
    }
}
