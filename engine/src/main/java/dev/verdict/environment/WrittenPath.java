package dev.verdict.environment;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Remembers what was below a declared path before the run.
///
/// @param path absolute
/// @param existed whether the path itself was there
/// @param entries relative to `path`
record WrittenPath(String path, boolean existed, List<String> entries) {
    /// Bounds the time and the ledger that a declared path may cost.
    static final int MAX_ENTRIES = 100_000;

    WrittenPath {
        entries = List.copyOf(entries);
    }

    /// Looks at a path without following links.
    static WrittenPath look(Path path) throws IOException {
        List<String> entries = new ArrayList<>();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return add(directory);
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    return add(file);
                }

                private FileVisitResult add(Path entry) {
                    if (!entry.equals(path)) {
                        entries.add(path.relativize(entry).toString());
                    }
                    return entries.size() > MAX_ENTRIES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }
            });
        }
        if (entries.size() > MAX_ENTRIES) {
            throw new IOException("more than %,d files are below %s: declare a narrower path under `writes`"
                    .formatted(MAX_ENTRIES, path));
        }
        return new WrittenPath(path.toString(), Files.exists(path, LinkOption.NOFOLLOW_LINKS), entries);
    }

    /// Returns what is new since, without what is below something new, and without what is below
    /// `except`.
    List<Path> added(Path except) throws IOException {
        Path root = Path.of(path);
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        if (!existed && !except.startsWith(root)) {
            return List.of(root);
        }
        Set<String> before = new HashSet<>(entries);
        List<Path> added = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (directory.startsWith(except)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                boolean leadsToExcept = except.startsWith(directory);
                return !leadsToExcept && isNew(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                isNew(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }

            private boolean isNew(Path entry) {
                boolean fresh = !entry.equals(root)
                        && !before.contains(root.relativize(entry).toString());
                if (fresh) {
                    added.add(entry);
                }
                return fresh;
            }
        });
        return added;
    }

    /// Removes a file, or a directory with everything below it, without following links.
    static void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Describes a leftover for people: how much it is.
    static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        if (!Files.isDirectory(path)) {
            return Files.size(path) + " bytes";
        }
        try (var below = Files.walk(path)) {
            return "directory with %d files"
                    .formatted(below.filter(Files::isRegularFile).count());
        }
    }
}
