package dev.verdict.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Collects what Compose files say of each service, layer upon layer: what a service extends, then
/// each file in order.
final class ComposeLayers {
    private static final Set<String> FILLED_IN = Set.of("services", "volumes", "networks", "secrets", "configs");
    /// What may stand beside `services`; and so may whatever begins with `x-`.
    private static final Set<String> TOP =
            Set.of("version", "name", "services", "include", "volumes", "networks", "secrets", "configs", "models");

    private static final int DEEPEST = 20;

    private final ComposeVariables variables;
    private final List<Problem> problems;
    private final List<Problem> newer = new ArrayList<>();
    private final List<ComposeFile.Outside> outside = new ArrayList<>();
    private final Map<String, List<Layer>> services = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Node.Entry>>> declared = new HashMap<>();
    private final Map<Path, Map<String, Node.Entry>> read = new HashMap<>();
    private Optional<String> version = Optional.empty();

    ComposeLayers(ComposeVariables variables, List<Problem> problems) {
        this.variables = variables;
        this.problems = problems;
    }

    /// Is what one place says of a service.
    record Layer(Position position, Map<String, Node.Entry> keys) {}

    Map<String, List<Layer>> services() {
        return services;
    }

    List<Problem> problems() {
        return problems;
    }

    /// Returns what the first Compose does not know.
    List<Problem> newer() {
        return newer;
    }

    /// Returns what must be there already.
    List<ComposeFile.Outside> outside() {
        return outside;
    }

    String fill(Node.Scalar scalar) {
        return variables.fill(scalar, new ArrayList<>());
    }

    /// Returns a text whose variables all have values, and none that only the run knows.
    Optional<String> known(Node.Scalar scalar) {
        List<Problem> unset = new ArrayList<>();
        String filled = variables.fill(scalar, unset);
        boolean isKnown = unset.isEmpty() && !(scalar.text().contains("$") && filled.contains(SystemDraft.UNKNOWN));
        return isKnown ? Optional.of(filled) : Optional.empty();
    }

    /// Returns what the files' top says of each volume, network, secret or config, by name.
    Map<String, Map<String, Node.Entry>> declared(String kind) {
        return declared.getOrDefault(kind, Map.of());
    }

    /// Returns the version that the first file names; empty if it names none.
    String version() {
        return version.orElse("");
    }

    /// Adds a file, and what it includes below it.
    void add(Path file) {
        add(file, new LinkedHashSet<>());
    }

    private void add(Path file, Set<Path> trail) {
        Map<String, Node.Entry> root = load(file);
        if (!trail.add(file) || trail.size() > DEEPEST) {
            problems.add(new Problem(new Position(file.toString(), 1, 1), "include: the file includes itself"));
            return;
        }
        checkFormat(root);
        if (version.isEmpty()) {
            version = Optional.of(
                    ComposeNodes.scalar(root, "version").map(this::fill).orElse(""));
        }
        for (Node include : ComposeNodes.items(root, "include")) {
            List<Node> paths = include instanceof Node.Mapping
                    ? ComposeNodes.items(ComposeNodes.entries(include), "path")
                    : List.of(include);
            paths.forEach(path -> sibling(file, path).ifPresent(included -> add(included, trail)));
        }
        trail.remove(file);
        ComposeNodes.entries(root, "services").forEach((name, entry) -> {
            List<Layer> layers = services.computeIfAbsent(name, _ -> new ArrayList<>());
            layers.addAll(layers(file, name, entry, new LinkedHashSet<>()));
        });
        root.forEach((key, entry) -> {
            if (FILLED_IN.contains(key) && !key.equals("services")) {
                check(entry.value());
                ComposeNodes.entries(entry.value())
                        .forEach((name, each) -> declared.computeIfAbsent(key, _ -> new LinkedHashMap<>())
                                .computeIfAbsent(name, _ -> new LinkedHashMap<>())
                                .putAll(ComposeNodes.entries(each.value())));
            }
        });
    }

    /// Refuses the format of 2014, in which services stood at the top: what Verdict adds cannot be
    /// merged into it.
    private void checkFormat(Map<String, Node.Entry> root) {
        if (!root.containsKey("services")) {
            root.values().stream()
                    .map(Node.Entry::key)
                    .filter(key -> !TOP.contains(key.text()) && !key.text().startsWith("x-"))
                    .findFirst()
                    .ifPresent(key -> problems.add(new Problem(
                            key.position(),
                            "'" + Wording.shorten(key.text()) + "' stands at the top of the file, as in Compose's first"
                                    + " format, which is not read; put it under 'services:'"
                                    + Nearest.hint(key.text(), TOP))));
        }
    }

    /// Tells of every variable that has no value.
    void check(Node node) {
        switch (node) {
            case Node.Scalar scalar -> variables.fill(scalar, problems);
            case Node.Sequence sequence -> sequence.nodes().forEach(this::check);
            case Node.Mapping mapping -> mapping.entries().forEach(entry -> check(entry.value()));
        }
    }

    private List<Layer> layers(Path file, String name, Node.Entry service, Set<String> trail) {
        List<Layer> layers = new ArrayList<>();
        Map<String, Node.Entry> keys = ComposeNodes.entries(service.value());
        if (!(service.value() instanceof Node.Mapping)) {
            problems.add(new Problem(service.key().position(), "services: '" + name + "' is no mapping"));
        }
        Node.Entry extended = keys.get("extends");
        if (extended != null) {
            layers.addAll(extended(file, extended, trail));
        }
        layers.add(new Layer(service.key().position(), keys));
        return layers;
    }

    private List<Layer> extended(Path file, Node.Entry entry, Set<String> trail) {
        Map<String, Node.Entry> keys = ComposeNodes.entries(entry.value());
        Optional<Node.Scalar> name = entry.value() instanceof Node.Scalar scalar
                ? Optional.of(scalar)
                : ComposeNodes.scalar(keys, "service");
        Optional<Node.Scalar> other = ComposeNodes.scalar(keys, "file");
        Optional<Path> where = other.isPresent() ? sibling(file, other.get()) : Optional.of(file);
        if (name.isEmpty() || where.isEmpty()) {
            return List.of();
        }
        String base = fill(name.get());
        Map<String, Node.Entry> known = ComposeNodes.entries(load(where.get()), "services");
        Node.Entry found = known.get(base);
        if (found == null) {
            problems.add(new Problem(
                    name.get().position(),
                    "extends: there is no service '" + Wording.shorten(base) + "' in " + where.get() + "; it has "
                            + Wording.list(known.keySet()) + Nearest.hint(base, known.keySet())));
            return List.of();
        }
        if (!trail.add(where.get() + ":" + base) || trail.size() > DEEPEST) {
            problems.add(new Problem(name.get().position(), "extends: '" + base + "' extends itself"));
            return List.of();
        }
        return layers(where.get(), base, found, trail);
    }

    private Optional<Path> sibling(Path file, Node path) {
        if (!(path instanceof Node.Scalar scalar)) {
            return Optional.empty();
        }
        Path place = file.resolveSibling(variables.fill(scalar, problems)).normalize();
        if (!Files.isRegularFile(place)) {
            problems.add(new Problem(path.position(), "there is no file " + place));
            return Optional.empty();
        }
        return Optional.of(place);
    }

    private Map<String, Node.Entry> load(Path file) {
        return read.computeIfAbsent(file, this::parse);
    }

    private void tag(Position position, String tag) {
        if (tag.startsWith("!")) {
            newer.add(ComposeFirst.problem(position, tag));
        }
    }

    private Map<String, Node.Entry> parse(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Node root = Yaml.parseForeign(text, file.toString(), "Compose file", problems, this::tag);
            newer.addAll(ComposeFirst.unknown(root));
            return ComposeNodes.entries(root);
        } catch (IOException e) {
            problems.add(new Problem(new Position(file.toString(), 1, 1), "cannot be read: " + e.getMessage()));
        } catch (PlanException e) {
            problems.addAll(e.problems());
        }
        return Map.of();
    }
}
