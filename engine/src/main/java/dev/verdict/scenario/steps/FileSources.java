package dev.verdict.scenario.steps;

import dev.verdict.json.Json;
import dev.verdict.scenario.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/// Reads files and folders below the plan's folder, and writes a scenario's input files.
final class FileSources {
    private static final byte[] NOTHING = {};

    /// Bounds what of one file goes into the evidence: 1 MiB; a larger one is there by its digest.
    private static final long MAX_KEPT = 1 << 20;

    private final World world;
    private final Observer observer;

    FileSources(World world, Observer observer) {
        this.world = world;
        this.observer = observer;
    }

    Path path(String name) {
        return world.system().directory().resolve(name).normalize();
    }

    Source file(String name) {
        Path path = path(name);
        return new Look("file " + name, () -> {
            try {
                return Files.isDirectory(path) ? folderInstead(name) : read(name, path);
            } catch (NoSuchFileException e) {
                observer.seen("file", name, name + " is absent", NOTHING);
                return new Content.Absent("absent");
            } catch (IOException e) {
                throw new NoAnswer("file " + name + ": " + e.getMessage(), e);
            }
        });
    }

    private Content folderInstead(String name) {
        observer.seen("file", name, name + " is a folder", NOTHING);
        return new Content.Unreadable("a folder");
    }

    private Content read(String name, Path path) throws IOException {
        long size = Files.size(path);
        Content content =
                size > Content.MAX_BYTES ? new Content.Large(path, size) : new Content.Raw(Files.readAllBytes(path));
        boolean kept = content.size() <= MAX_KEPT;
        observer.seen(
                "file",
                name,
                name + ", " + content.size() + " bytes" + (kept ? "" : ", SHA-256 " + content.sha256()),
                kept ? ((Content.Raw) content).bytes() : NOTHING);
        return content;
    }

    Source folder(String name) {
        Path path = path(name);
        return new Look("folder " + name, () -> {
            if (!Files.isDirectory(path)) {
                observer.seen("file", name, name + " is absent", NOTHING);
                return new Content.Absent("absent");
            }
            return listing(name);
        });
    }

    /// Offers the paths of the files in a folder, or of those that a pattern matches.
    Source list(String folder) {
        return new Look("files in " + folder, () -> listing(folder));
    }

    private Content listing(String folder) throws NoAnswer {
        try {
            Path root = world.system().directory();
            if (!Folders.exists(root, folder)) {
                observer.seen("file", folder, folder + " is absent", NOTHING);
                return new Content.Absent("there is no folder " + folder);
            }
            List<Path> files = Folders.files(root, folder);
            ArrayNode names = Json.MAPPER.createArrayNode();
            files.forEach(file ->
                    names.add(file.startsWith(root) ? root.relativize(file).toString() : file.toString()));
            observer.seen(
                    "file",
                    folder,
                    files.size() + " files in " + folder,
                    names.toString().getBytes(StandardCharsets.UTF_8));
            return Content.of(names);
        } catch (IOException | UncheckedIOException e) {
            throw new NoAnswer("files in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Writes a file; the scenario's end brings back what was there before.
    void write(String name, String text) throws IOException {
        Path path = path(name);
        Deque<Path> made = new ArrayDeque<>();
        for (Path folder = path.getParent(); folder != null && !Files.exists(folder); folder = folder.getParent()) {
            made.addLast(folder);
        }
        boolean existed = Files.exists(path);
        byte[] before = existed ? Files.readAllBytes(path) : NOTHING;
        world.closing(() -> {
            if (existed) {
                Files.write(path, before);
                return;
            }
            Files.deleteIfExists(path);
            for (Path folder : made) {
                deleteIfEmpty(folder);
            }
        });
        if (!made.isEmpty()) {
            Files.createDirectories(made.getFirst());
        }
        Files.writeString(path, text);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }
}
