package dev.verdict.plan;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Goes along while one plan is read: collects what is wrong and where everything came from.
///
/// A path names a value in the plan, as `system.services.stock.command[0]`. Only the first mistake
/// at a path is told, and none below a broken one, so that no message is merely a consequence.
final class Reading {
    private final Path folder;
    private final Scope scope;
    private final boolean here;
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Set<String> broken = new HashSet<>();
    private final Map<String, Position> positions = new HashMap<>();
    private final Map<String, ResolvedPlan.Source> sources = new LinkedHashMap<>();
    private final Map<String, Text> texts = new LinkedHashMap<>();

    /// @param folder that relative paths start from
    /// @param here whether the files and secrets that the plan names must exist
    Reading(Path folder, Scope scope, boolean here) {
        this.folder = folder;
        this.scope = scope;
        this.here = here;
    }

    Scope scope() {
        return scope;
    }

    /// Says whether the files and secrets that the plan names must exist.
    boolean here() {
        return here;
    }

    Set<Problem> problems() {
        return problems;
    }

    Map<String, ResolvedPlan.Source> sources() {
        return sources;
    }

    /// Returns the texts that may refer to what only the run knows, by path.
    Map<String, Text> texts() {
        return texts;
    }

    /// Notes where the value at a path stands.
    void place(String path, Position position) {
        positions.putIfAbsent(path, position);
    }

    /// Says whether a value was read at a path.
    boolean isPlaced(String path) {
        return positions.containsKey(path);
    }

    /// Returns the line of the value at a path.
    int line(String path) {
        Position position = positions.get(path);
        return position == null ? 0 : position.line();
    }

    /// Returns where the value at a path stands.
    Position position(String path) {
        Position position = positions.get(path);
        if (position == null) {
            throw new IllegalStateException("no value was read at " + path);
        }
        return position;
    }

    void source(String path, Position position, String origin) {
        sources.put(path, new ResolvedPlan.Source(position, origin));
    }

    /// Tells of a mistake at a path whose place is known.
    void problem(String path, String message) {
        problem(path, position(path), message);
    }

    void problem(String path, Position position, String message) {
        if (!isBroken(path)) {
            problems.add(new Problem(position, message));
        }
        broken.add(path);
    }

    /// Tells of mistakes in a file that the plan names.
    void foreign(List<Problem> found) {
        problems.addAll(found);
    }

    /// Returns the folder that relative paths start from.
    Path folder() {
        return folder;
    }

    /// Keeps mistakes at a path to itself: they follow from one that was told elsewhere.
    void tellNoMore(String path) {
        broken.add(path);
    }

    /// Says whether there is a mistake at a path or above it.
    boolean isBroken(String path) {
        if (broken.isEmpty()) {
            return false;
        }
        for (String part = path; !part.isEmpty(); part = Paths.parent(part)) {
            if (broken.contains(part)) {
                return true;
            }
        }
        return broken.contains("");
    }

    /// Returns a scalar's text with its references filled in; tells why if that cannot be.
    Optional<Text> fill(Node node, String path, String expected) {
        place(path, node.position());
        if (!(node instanceof Node.Scalar scalar) || scalar.isNull()) {
            mistaken(node, path, expected);
            return Optional.empty();
        }
        List<String> mistakes = new ArrayList<>();
        Scope.Filled filled = scope.fill(scalar.text(), mistakes);
        if (mistakes.isEmpty()) {
            source(path, scalar.position(), Origins.of(scalar.origin(), filled.origins()));
            return Optional.of(filled.text());
        }
        String name = Paths.name(path);
        mistakes.forEach(mistake -> problems.add(new Problem(scalar.position(), name + ": " + mistake)));
        broken.add(path);
        return Optional.empty();
    }

    /// Tells that something else stands where `expected` should.
    void mistaken(Node node, String path, String expected) {
        place(path, node.position());
        problem(path, node.position(), Paths.name(path) + ": expected " + expected + ", found " + node.words());
    }

    /// Returns the place of a file that the plan names.
    Path resolve(String path) throws Refusal {
        try {
            return folder.resolve(path);
        } catch (InvalidPathException e) {
            throw new Refusal("'" + Wording.shorten(path) + "' is not a path: " + e.getReason());
        }
    }

    /// Refuses a path where nothing is, with the nearest name beside it.
    ///
    /// @param folderWanted whether it must be a folder
    void exists(String path, boolean folderWanted) throws Refusal {
        if (!here) {
            return;
        }
        Path place = resolve(path);
        if (!Files.exists(place)) {
            throw new Refusal("'" + Wording.shorten(path) + "' does not exist in " + folder + neighbour(place));
        }
        if (folderWanted && !Files.isDirectory(place)) {
            throw new Refusal("'" + Wording.shorten(path) + "' is a file; a folder is needed");
        }
    }

    private static String neighbour(Path place) {
        Path parent = place.getParent();
        Path name = place.getFileName();
        String[] names = parent == null ? null : parent.toFile().list();
        return names == null || name == null ? "" : Nearest.hint(name.toString(), List.of(names));
    }
}
