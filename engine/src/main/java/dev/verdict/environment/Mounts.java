package dev.verdict.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the table of mounts.
final class Mounts {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    private Mounts() {}

    /// Returns where something with this source is mounted, the last mount first.
    static List<Path> of(String source) {
        List<Path> paths = new ArrayList<>();
        if (!Files.isReadable(TABLE)) {
            return paths;
        }
        try {
            // As in proc(5): the path is the fifth word, the source the second after a lone dash.
            for (String line : Files.readAllLines(TABLE, StandardCharsets.UTF_8)) {
                List<String> words = List.of(line.split(" "));
                int dash = words.indexOf("-");
                if (dash > 0 && words.size() > dash + 2 && words.get(dash + 2).equals(source)) {
                    paths.add(Path.of(unescaped(words.get(4))));
                }
            }
        } catch (IOException e) {
            throw new EnvironmentException("the table of mounts cannot be read: " + e.getMessage(), e);
        }
        return paths.reversed();
    }

    static boolean at(Path path, String source) {
        return of(source).contains(path);
    }

    private static String unescaped(String path) {
        return path.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
