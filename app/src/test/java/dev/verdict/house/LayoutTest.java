package dev.verdict.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds each module to its own rooms, and each package to a `package-info` that says its job and
/// turns the null checks on.
final class LayoutTest {
    private static final List<String> MODULES = List.of("core", "engine", "junit", "app");

    @TempDir
    Path planted;

    @Test
    void every_room_lies_in_its_module_and_says_its_job() {
        assertThat(problems(Repository.root())).isEmpty();
    }

    @Test
    void a_room_in_the_wrong_module_is_reported() throws IOException {
        plant("core/src/main/java/dev/verdict/scenario/package-info.java", "/// Says.\n@NullMarked\n");
        assertThat(problems(planted)).containsExactly("core holds scenario, which is no room of that module");
    }

    @Test
    void code_outside_of_any_room_is_reported() throws IOException {
        plant("app/src/main/java/dev/verdict/attic/package-info.java", "/// Says.\n@NullMarked\n");
        plant("app/src/main/java/org/example/package-info.java", "/// Says.\n@NullMarked\n");
        plant("app/src/main/java/dev/verdict/Top.java", "");
        assertThat(problems(planted))
                .containsExactlyInAnyOrder(
                        "app holds attic, which is no room of that module",
                        "app holds org.example outside of any room",
                        "app holds dev.verdict outside of any room",
                        "app: dev.verdict has no package-info that says its job and is @NullMarked");
    }

    @Test
    void a_package_without_its_job_or_without_null_checks_is_reported() throws IOException {
        plant("core/src/main/java/dev/verdict/plan/Plan.java", "");
        plant("core/src/main/java/dev/verdict/journal/package-info.java", "/// Says.\n");
        plant("core/src/main/java/dev/verdict/judge/package-info.java", "@NullMarked\n");
        assertThat(problems(planted))
                .containsExactlyInAnyOrder(
                        "core: dev.verdict.plan has no package-info that says its job and is @NullMarked",
                        "core: dev.verdict.journal has no package-info that says its job and is @NullMarked",
                        "core: dev.verdict.judge has no package-info that says its job and is @NullMarked");
    }

    private void plant(String path, String text) throws IOException {
        Path file = planted.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static List<String> problems(Path root) {
        List<String> problems = new ArrayList<>();
        for (String module : MODULES) {
            Path sources = root.resolve(module).resolve("src/main/java");
            if (Files.isDirectory(sources)) {
                packages(sources).forEach(name -> check(module, sources, name, problems));
            }
        }
        return problems;
    }

    private static Set<String> packages(Path sources) {
        Set<String> packages = new TreeSet<>();
        for (Path file : Repository.files(sources, ".java")) {
            Path folder = file.resolveSibling(".").normalize();
            packages.add(sources.relativize(folder).toString().replace('/', '.'));
        }
        return packages;
    }

    private static void check(String module, Path sources, String name, List<String> problems) {
        Optional<String> room =
                name.startsWith("dev.verdict.") ? Optional.of(name.split("\\.", -1)[2]) : Optional.empty();
        if (room.isEmpty()) {
            problems.add(module + " holds " + name + " outside of any room");
        } else if (room.flatMap(Room::named)
                .filter(found -> found.module().equals(module))
                .isEmpty()) {
            problems.add(module + " holds " + room.get() + ", which is no room of that module");
        }
        Path info = sources.resolve(name.replace('.', '/')).resolve("package-info.java");
        String text = Files.exists(info) ? Repository.read(info) : "";
        if (!text.startsWith("///") || !text.contains("@NullMarked")) {
            problems.add(module + ": " + name + " has no package-info that says its job and is @NullMarked");
        }
    }
}
