package dev.verdict.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

/// Is a folder with Compose files, for tests that read them.
abstract class ComposeFolder {
    @TempDir
    Path folder;

    ComposeFile read(String yaml, Map<String, String> environment, String... profiles) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), yaml);
        return read(List.of("compose.yaml"), environment, profiles);
    }

    ComposeFile read(List<String> files, Map<String, String> environment, String... profiles) {
        return ComposeFile.read(
                folder, new Compose(files, List.of(profiles), List.of(), Map.of()), Map.of(), environment);
    }

    List<String> mistakes(String yaml) throws IOException {
        return texts(read(yaml, Map.of()).mistakes());
    }

    List<String> texts(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    static ComposeService service(ComposeFile file, String name) {
        return Objects.requireNonNull(file.services().get(name), () -> name + " is in " + file);
    }
}
