package dev.verdict.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Defines the keys of what does not run as a process of this machine: containers, Compose files,
/// and what runs already.
final class ContainerKeys {
    private static final String NAMED_TEXTS = "a mapping of names to texts, as {MODE: test}";

    // Images that are built

    static final Key<Text> CONTEXT =
            Key.required("context", new Deferred(), "The folder that is built, relative to the plan's folder.");
    static final Key<Text> DOCKERFILE = Key.optional(
            "dockerfile", new Deferred(), "The file that says how, relative to `context`; by default `Dockerfile`.");
    static final Key<Map<String, Text>> ARGS =
            Key.standard("args", Named.of(Names.ENVIRONMENT, new Deferred(), NAMED_TEXTS), "", "Build arguments.");
    static final Shape<Runs.Source.Build> BUILD = new Shape<>(
            "build",
            "How an image is built.",
            "{context: stock, args: {VERSION: \"3\"}}",
            List.of(CONTEXT, DOCKERFILE, ARGS),
            section -> new Runs.Source.Build(
                    section.optional(CONTEXT).orElse(Text.of(".")), section.optional(DOCKERFILE), section.get(ARGS)));
    static final Shortened<Runs.Source.Build> BUILD_KIND =
            new Shortened<>(BUILD, CONTEXT, "a folder, or a mapping, as " + BUILD.example());

    // Compose files

    static final Key<List<String>> FILE = Key.required(
            "file",
            Several.of(Kinds.PLACE, "a Compose file or a list of them, as compose.yaml")
                    .notEmpty()
                    .orOne(),
            "The Compose file, relative to the plan's folder; several are merged as Compose does it. They are used"
                    + " as they are.");
    static final Key<List<String>> PROFILES = Key.standard(
            "profiles", Several.of(Kinds.NAME, "a list of names, as [test]"), "", "Profiles that are switched on.");
    static final Key<List<String>> ENV_FILES = Key.standard(
            "envFiles",
            Several.of(Kinds.PLACE, "a list of files, as [test.env]"),
            "",
            "Files that set variables of the Compose file, relative to the plan's folder. By default `.env` beside"
                    + " the Compose file.");
    static final Key<Map<String, Text>> COMPOSE_ENV = Key.standard(
            "env",
            Named.of(Names.ENVIRONMENT, new Deferred(), NAMED_TEXTS),
            "",
            "Variables of the Compose file, before those of the environment and of `envFiles`.");
    static final Shape<Compose> COMPOSE = new Shape<>(
            "compose",
            "A Compose file whose services are services of the plan, with the ports that it publishes or exposes:"
                    + " they are called by their number inside the container. See [compose.md](compose.md).",
            "{file: compose.yaml, profiles: [test]}",
            List.of(FILE, PROFILES, ENV_FILES, COMPOSE_ENV),
            section -> new Compose(
                    section.get(FILE), section.get(PROFILES), section.get(ENV_FILES), section.get(COMPOSE_ENV)));
    static final Shortened<Compose> COMPOSE_KIND =
            new Shortened<>(COMPOSE, FILE, "a Compose file, or a mapping, as " + COMPOSE.example());

    // What runs already

    /// Is where something listens: `HOST:PORT` or `http://HOST:PORT`.
    static final Leaf<Runs.Location> LOCATION = new Leaf<>(
            "an address, as db.example.org:5432 or http://127.0.0.1:8080",
            () -> Schemas.typed("string"),
            (text, _) -> location(text),
            new Runs.Location("", 0));
    static final Named<Map<String, Runs.Location>> EXISTING = Named.of(
            Names.SERVICE,
            Named.of(Names.PORT, LOCATION, "a mapping of ports to addresses, as {http: 127.0.0.1:8080}"),
            "a mapping of names to ports' addresses, as {billing: {http: 127.0.0.1:8080}}");

    private ContainerKeys() {}

    private static Runs.Location location(String text) throws Refusal {
        String bare = text.startsWith("http://") ? text.substring("http://".length()) : text;
        if (bare.contains("://")) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not an address; only HOST:PORT and http://HOST:PORT"
                    + " lead over the gateway");
        }
        String address = bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare;
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        String host = colon < 0 || bracketed ? address : address.substring(0, colon);
        String port = colon < 0 || bracketed ? (text.equals(bare) ? "" : "80") : address.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw new Refusal("'" + Wording.shorten(text) + "' names no port, 1 to 65535; write HOST:PORT");
        }
        if (!host.matches("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]")) {
            throw new Refusal("'" + Wording.shorten(text) + "' names no host; write HOST:PORT");
        }
        return new Runs.Location(host, Integer.parseInt(port));
    }

    /// Returns what the keys of a service say about a container; empty if they speak of none.
    static Optional<Runs> container(Section section, List<Text> command, Limits limits, Runs.Own own) {
        List<Text> volumes = section.get(ServiceKeys.VOLUMES);
        return section.optional(ServiceKeys.IMAGE)
                .<Runs.Source>map(Runs.Source.Image::new)
                .or(() -> section.optional(ServiceKeys.BUILD))
                .map(source -> new Runs.Container(source, command, volumes, limits, own));
    }
}
