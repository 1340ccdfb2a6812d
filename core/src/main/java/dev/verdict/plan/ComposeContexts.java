package dev.verdict.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Finds folders that images are to be built from and files of variables that are not there.
/// Compose would tell of the first only, without its place.
///
/// @param folder of the first file, which Compose takes relative paths from
record ComposeContexts(Path folder, List<Problem> problems) {
    /// What is built from elsewhere: an address, a repository, or a builder's own word.
    private static final Pattern ELSEWHERE = Pattern.compile("(?:[a-z-]+:|git@|github\\.com/|~).*");

    void check(ComposeKeys keys) {
        context(keys)
                // With a variable in it the place may be known to a run only.
                .filter(path -> !path.text().contains("$")
                        && !ELSEWHERE.matcher(path.text()).matches())
                .filter(path -> !isThere(path, Files::isDirectory))
                .ifPresent(path -> problems.add(new Problem(
                        path.position(), "build: there is no folder '" + Wording.shorten(path.text()) + "'")));
        envFiles(keys).stream()
                .filter(path -> !path.text().contains("$") && !path.text().startsWith("~"))
                .filter(path -> !isThere(path, Files::exists))
                .forEach(path -> problems.add(new Problem(
                        path.position(), "env_file: there is no file '" + Wording.shorten(path.text()) + "'")));
    }

    /// What another file includes or extends is relative to itself.
    private boolean isThere(Node.Scalar path, Predicate<Path> kind) {
        return kind.test(folder.resolve(path.text()))
                || kind.test(Path.of(path.position().file()).resolveSibling(path.text()));
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

    private static Optional<Node.Scalar> context(ComposeKeys keys) {
        Optional<Node.Scalar> last = Optional.empty();
        for (ComposeLayers.Layer layer : keys.layers()) {
            Node.Entry build = layer.keys().get("build");
            if (build != null) {
                Map<String, Node.Entry> more = ComposeNodes.entries(build.value());
                Optional<Node.Scalar> here = build.value() instanceof Node.Scalar scalar && !scalar.isNull()
                        ? Optional.of(scalar)
                        : ComposeNodes.scalar(more, "context");
                last = here.isPresent() ? here : last;
            }
        }
        return last;
    }
}
