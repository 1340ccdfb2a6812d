package dev.verdict.scenario.steps;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Lists folders.
final class Folders {
    private static final String GLOB = "*?[{";

    private Folders() {}

    /// Says whether the folder is there, or the one below which a glob looks.
    static boolean exists(Path root, String folderOrGlob) {
        return Files.isDirectory(fixedPart(root.resolve(folderOrGlob).normalize()));
    }

    /// Returns the files below a folder, or those that a glob matches (`out/*.json`,
    /// `out/**.json`), sorted.
    static List<Path> files(Path root, String folderOrGlob) throws IOException {
        Path pattern = root.resolve(folderOrGlob).normalize();
        Path top = fixedPart(pattern);
        String glob = top.equals(pattern) ? escaped(pattern) + "/**" : pattern.toString();
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> tree = Files.walk(top)) {
            return tree.filter(Files::isRegularFile)
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
        }
    }

    private static Path fixedPart(Path pattern) {
        Path top = pattern;
        while (top.toString().chars().anyMatch(c -> GLOB.indexOf(c) >= 0)) {
            top = Objects.requireNonNull(top.getParent(), "a root has no glob");
        }
        return top;
    }

    private static String escaped(Path path) {
        return path.toString().replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1");
    }
}
