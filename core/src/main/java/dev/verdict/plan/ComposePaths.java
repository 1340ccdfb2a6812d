package dev.verdict.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds folders and files that services need and that are not there. Compose would tell of the
/// first only, without its place, or make a folder in the place of a file.
///
/// @param folder of the first file, which Compose takes relative paths from
record ComposePaths(Path folder, ComposeLayers layers) {
    /// What is built from elsewhere: an address, a repository, or a builder's own word.
    private static final Pattern ELSEWHERE = Pattern.compile("(?:[a-z-]+:|git@|github\\.com/|~).*");
    /// The engine takes the second where the first is missing.
    private static final List<String> DOCKERFILES = List.of("Dockerfile", "dockerfile");

    void check(ComposeKeys keys) {
        build(keys);
        envFiles(keys)
                .forEach(file ->
                        there(file, Files::exists, "env_file: there is no file").ifPresent(this::tell));
        for (String kind : List.of("secrets", "configs")) {
            for (Node used : keys.list(kind)) {
                Optional<Node.Scalar> name = used instanceof Node.Scalar scalar
                        ? Optional.of(scalar)
                        : ComposeNodes.scalar(ComposeNodes.entries(used), "source");
                name.map(layers::fill)
                        .flatMap(source ->
                                ComposeNodes.scalar(layers.declared(kind).getOrDefault(source, Map.of()), "file"))
                        .flatMap(file -> there(file, Files::exists, kind + ": there is no file"))
                        .ifPresent(this::tell);
            }
        }
        keys.list("volumes").forEach(volume -> bind(ComposeNodes.entries(volume)));
    }

    private void tell(Problem problem) {
        layers.problems().add(problem);
    }

    private void build(ComposeKeys keys) {
        Optional<Node.Scalar> context = ofBuild(keys, "context");
        if (context.isEmpty() || elsewhere(context.get())) {
            return;
        }
        Optional<Problem> missing = there(context.get(), Files::isDirectory, "build: there is no folder");
        missing.ifPresent(this::tell);
        if (missing.isEmpty()
                && keys.mapping("build").stream().noneMatch(build -> build.containsKey("dockerfile_inline"))) {
            dockerfile(context.get(), ofBuild(keys, "dockerfile"));
        }
    }

    private boolean elsewhere(Node.Scalar context) {
        return layers.known(context)
                .map(text -> ELSEWHERE.matcher(text).matches())
                .orElse(true);
    }

    private void dockerfile(Node.Scalar context, Optional<Node.Scalar> given) {
        String place = layers.fill(context);
        List<String> names =
                given.map(layers::known).map(name -> name.stream().toList()).orElse(DOCKERFILES);
        boolean there = names.stream()
                .anyMatch(name -> resolve(context, place).stream()
                        .map(each -> each.resolve(name))
                        .anyMatch(Files::exists));
        if (!there && !names.isEmpty()) {
            tell(new Problem(
                    given.orElse(context).position(),
                    "build: there is no file '" + Wording.shorten(names.getFirst()) + "' in '" + Wording.shorten(place)
                            + "'"));
        }
    }

    /// Looks for what is mounted in long syntax: the engine refuses what is not there, and only
    /// newer Compose makes a folder of it, unless that is forbidden.
    private void bind(Map<String, Node.Entry> volume) {
        if (ComposeNodes.scalar(volume, "type").map(layers::fill).equals(Optional.of("bind"))) {
            boolean created = !ComposeNodes.scalar(ComposeNodes.entries(volume, "bind"), "create_host_path")
                    .map(layers::fill)
                    .equals(Optional.of("false"));
            ComposeNodes.scalar(volume, "source")
                    .flatMap(source -> there(source, Files::exists, "volumes: there is no file or folder"))
                    .ifPresent(created ? this::notMade : this::tell);
        }
    }

    private void notMade(Problem missing) {
        layers.newer().add(new Problem(missing.position(), missing.message() + ", and Compose 1 makes none"));
    }

    private Optional<Problem> there(Node.Scalar path, Predicate<Path> kind, String otherwise) {
        return layers.known(path)
                .filter(text ->
                        !text.startsWith("~") && resolve(path, text).stream().noneMatch(kind))
                .map(text -> new Problem(path.position(), otherwise + " '" + Wording.shorten(text) + "'"));
    }

    /// What another file includes or extends is relative to itself.
    private List<Path> resolve(Node.Scalar path, String text) {
        return List.of(folder.resolve(text), Path.of(path.position().file()).resolveSibling(text));
    }

    /// Returns the files that must be there.
    private static List<Node.Scalar> envFiles(ComposeKeys keys) {
        List<Node.Scalar> files = new ArrayList<>();
        for (Node node : keys.list("env_file")) {
            if (node instanceof Node.Scalar scalar) {
                files.add(scalar);
            } else {
                Map<String, Node.Entry> more = ComposeNodes.entries(node);
                boolean required = ComposeNodes.scalar(more, "required")
                        .map(text -> !text.text().equals("false"))
                        .orElse(true);
                ComposeNodes.scalar(more, "path").filter(_ -> required).ifPresent(files::add);
            }
        }
        return files;
    }

    /// Returns what the last layer says of a build; `build: FOLDER` is short for its context.
    private static Optional<Node.Scalar> ofBuild(ComposeKeys keys, String key) {
        Optional<Node.Scalar> last = Optional.empty();
        for (ComposeLayers.Layer layer : keys.layers()) {
            Optional<Node.Scalar> here = key.equals("context")
                    ? ComposeNodes.scalar(layer.keys(), "build")
                            .or(() -> ComposeNodes.scalar(ComposeNodes.entries(layer.keys(), "build"), key))
                    : ComposeNodes.scalar(ComposeNodes.entries(layer.keys(), "build"), key);
            last = here.isPresent() ? here : last;
        }
        return last;
    }
}
