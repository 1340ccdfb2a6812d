package dev.verdict.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what services name and the files do not have: other services, and networks, volumes,
/// secrets and configs of their top.
///
/// @param on the services that are switched on
record ComposeReferences(ComposeLayers layers, Map<String, ComposeKeys> on) {
    private static final String SERVICE = "service:";
    /// Is made by Compose without being asked.
    private static final String DEFAULT = "default";

    private static final String CONTAINER = "container:";

    void check(ComposeKeys keys) {
        keys.dependencies().forEach((needed, dependency) -> {
            if (dependency.required()) {
                service("depends_on", needed, dependency.position());
            }
        });
        for (String key : List.of("network_mode", "pid", "ipc")) {
            keys.scalar(key)
                    .ifPresent(shared -> layers.known(shared).ifPresent(text -> {
                        if (text.startsWith(SERVICE)) {
                            service(key, text.substring(SERVICE.length()), shared.position());
                        }
                        container(text, shared.position());
                    }));
        }
        for (String key : List.of("links", "volumes_from")) {
            scalars(keys.list(key))
                    .forEach(named -> layers.known(named).ifPresent(text -> {
                        if (!text.startsWith(CONTAINER)) {
                            service(key, text.split(":", 2)[0], named.position());
                        }
                        container(text, named.position());
                    }));
        }
        scalars(keys.list("external_links"))
                .forEach(named -> layers.known(named).ifPresent(text -> container(CONTAINER + text, named.position())));
        networks(keys);
        keys.list("volumes").forEach(this::volume);
        for (String kind : List.of("secrets", "configs")) {
            for (Node node : keys.list(kind)) {
                source(node, "source").ifPresent(named -> declared(kind, named));
            }
        }
    }

    /// Notes a container that is to be there already, unless the file itself calls one so.
    private void container(String text, Position position) {
        if (text.startsWith(CONTAINER)) {
            String name = text.substring(CONTAINER.length()).split(":", 2)[0];
            boolean own = on.values().stream()
                    .flatMap(keys -> keys.located("container_name").stream())
                    .anyMatch(called -> called.text().equals(name));
            if (!own) {
                outside(ComposeFile.Kind.CONTAINER, name, position);
            }
        }
    }

    private void outside(ComposeFile.Kind kind, String name, Position position) {
        layers.outside().add(new ComposeFile.Outside(kind, new ComposeService.Located(name, position)));
    }

    /// Notes a network or a volume that is to be there already.
    private void external(ComposeFile.Kind kind, String name, Map<String, Node.Entry> said) {
        Node.Entry external = said.get("external");
        if (external == null
                || ComposeNodes.scalar(said, "external").map(layers::fill).equals(Optional.of("false"))) {
            return;
        }
        Optional<Node.Scalar> other = ComposeNodes.scalar(ComposeNodes.entries(external.value()), "name")
                .or(() -> ComposeNodes.scalar(said, "name"));
        Optional<String> called = other.isPresent() ? layers.known(other.get()) : Optional.of(name);
        called.ifPresent(text -> outside(
                kind,
                text,
                other.map(Node.Scalar::position).orElse(external.key().position())));
    }

    private static List<Node.Scalar> scalars(List<Node> nodes) {
        return nodes.stream()
                .filter(Node.Scalar.class::isInstance)
                .map(Node.Scalar.class::cast)
                .toList();
    }

    private static Optional<Node.Scalar> source(Node node, String key) {
        return node instanceof Node.Scalar scalar
                ? Optional.of(scalar)
                : ComposeNodes.scalar(ComposeNodes.entries(node), key);
    }

    private void service(String key, String name, Position position) {
        if (on.containsKey(name)) {
            return;
        }
        List<ComposeLayers.Layer> off = layers.services().get(name);
        String why = off == null
                ? "unknown service '" + Wording.shorten(name) + "'; the file has " + Wording.list(on.keySet())
                        + Nearest.hint(name, on.keySet())
                : "the service '" + name + "' is switched off: it belongs to the profiles "
                        + Wording.list(new ComposeKeys(off, layers).texts("profiles"));
        tell(position, key + ": " + why);
    }

    private void networks(ComposeKeys keys) {
        List<Node> networks = keys.list("networks");
        keys.scalar("network_mode")
                .filter(_ -> !networks.isEmpty())
                .ifPresent(mode -> tell(mode.position(), "network_mode: cannot stand beside 'networks'"));
        if (networks.isEmpty() && keys.scalar("network_mode").isEmpty()) {
            external(
                    ComposeFile.Kind.NETWORK,
                    DEFAULT,
                    layers.declared("networks").getOrDefault(DEFAULT, Map.of()));
        }
        for (Node node : networks) {
            if (node instanceof Node.Scalar scalar) {
                declared("networks", scalar);
            }
            ComposeNodes.entries(node).values().forEach(entry -> declared("networks", entry.key()));
        }
    }

    private void volume(Node node) {
        if (node instanceof Node.Scalar scalar) {
            layers.known(scalar)
                    .filter(text -> text.matches("[^./~\\\\][^:\\\\]*:.+") && !text.matches("[A-Za-z]:[/\\\\].*"))
                    .ifPresent(text -> declared("volumes", text.split(":", 2)[0], scalar.position()));
            return;
        }
        Map<String, Node.Entry> keys = ComposeNodes.entries(node);
        if (ComposeNodes.scalar(keys, "type").map(layers::fill).equals(Optional.of("volume"))) {
            ComposeNodes.scalar(keys, "source").ifPresent(named -> declared("volumes", named));
        }
    }

    private void declared(String kind, Node.Scalar named) {
        layers.known(named).ifPresent(name -> declared(kind, name, named.position()));
    }

    private void declared(String kind, String name, Position position) {
        Map<String, Node.Entry> said = layers.declared(kind).getOrDefault(name, Map.of());
        switch (kind) {
            case "networks" -> external(ComposeFile.Kind.NETWORK, name, said);
            case "volumes" -> external(ComposeFile.Kind.VOLUME, name, said);
            default -> {} // Secrets and configs of elsewhere are for clusters only.
        }
        Set<String> known = layers.declared(kind).keySet();
        if (!known.contains(name) && !(kind.equals("networks") && name.equals(DEFAULT))) {
            tell(
                    position,
                    kind + ": '" + Wording.shorten(name) + "' is not declared under '" + kind
                            + ":' at the top of the file"
                            + (known.isEmpty()
                                    ? ""
                                    : ", which has " + Wording.list(known) + Nearest.hint(name, known)));
        }
    }

    private void tell(Position position, String why) {
        layers.problems().add(new Problem(position, why));
    }
}
