package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Compose;
import dev.verdict.plan.ComposeFile;
import dev.verdict.plan.ComposeService;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Reads Compose files of others (their README says whose) beside `docker-compose config`, and asks
/// the engine for what they need.
@Tag("slow")
@Tag("docker")
@Timeout(120)
final class ComposeFilesTest {
    private static final Path FILES = Path.of("src/test/resources/dev/verdict/environment/compose-files");
    private static final Pattern MISSING =
            Pattern.compile("([^ ;=]+):(\\d+):\\d+: image (\\S+) of service (\\S+) is not here, and cannot be pulled");

    /// Those that a plan cannot use, and why.
    private static final Map<String, String> REFUSED = Map.of(
            "registry", "docker-compose.yml:1:1: 'nginx' stands at the top of the file",
            "registry-integration", "docker-compose.yml:1:1: 'nginx' stands at the top of the file",
            "compose-v1-config", "docker-compose.yml:1:1: 'net' stands at the top of the file",
            "docker-cli", "compose-env.yaml:16:18: build: there is no folder './testdata'",
            "compose-unicode-environment", "docker-compose.yml:7:12: variable 'BAR' is not set");

    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path folder;

    static Stream<String> usable() throws IOException {
        return all().filter(name -> !REFUSED.containsKey(name));
    }

    static Stream<String> refused() {
        return REFUSED.keySet().stream().sorted();
    }

    private static Stream<String> all() throws IOException {
        try (Stream<Path> folders = Files.list(FILES)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /// Copies a project's files, and returns those that are Compose's, the first of them first.
    private List<String> copy(String project) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(FILES.resolve(project))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                Files.copy(file, folder.resolve(name));
                if (name.matches(".*\\.ya?ml") && !name.contains("healthcheck-1") && !name.contains("connhelper")) {
                    names.add(name);
                }
            }
        }
        // The projects have one; only their Compose files were copied.
        Files.createFile(folder.resolve("Dockerfile"));
        // As Compose's own names: docker-compose.yml before docker-compose.override.yml, compose-env.yaml
        // before compose-env.experimental.yaml.
        names.sort((one, other) -> Integer.compare(one.length(), other.length()));
        if (names.remove("docker-compose.yml")) {
            names.addFirst("docker-compose.yml");
        }
        return names;
    }

    @Test
    void there_are_at_least_twenty_five() throws IOException {
        assertThat(all().count()).isGreaterThanOrEqualTo(25);
    }

    @ParameterizedTest
    @MethodSource("usable")
    void services_ports_and_missing_images_are_those_that_compose_and_the_engine_see(String project) throws Exception {
        List<String> files = copy(project);
        Map<String, Object> services = config(files);

        ComposeFile read = ComposeFile.read(
                folder, new Compose(files, List.of("*"), List.of(), Map.of()), Map.of(), System.getenv());

        assertThat(read.mistakes()).isEmpty();
        Map<String, Set<Integer>> expected = new TreeMap<>();
        services.forEach((name, service) -> {
            // One of no containers is none that a plan could speak of.
            if (!String.valueOf(((Map<?, ?>) service).get("scale")).equals("0")) {
                expected.put(name, ports((Map<?, ?>) service));
            }
        });
        Map<String, Set<Integer>> found = new TreeMap<>();
        read.services().forEach((name, service) -> found.put(name, ports(service)));
        assertThat(found).isEqualTo(expected);
        if (project.equals("compose-v3-full")) {
            assertThat(told(files))
                    .contains("docker-compose.yml:41:17: volumes: there is no file or folder '/host/path'");
        } else if (!project.equals("compose-build-args")) {
            // The one left out is built of nothing that is not here.
            assertThat(named(files)).isNotEmpty().isEqualTo(missing(services));
        }
    }

    /// Returns the images that the engine lacks.
    private static Set<String> missing(Map<String, Object> services) throws IOException, InterruptedException {
        Set<String> wanted = new TreeSet<>();
        for (Object service : services.values()) {
            Map<?, ?> keys = (Map<?, ?>) service;
            if (!keys.containsKey("build")) {
                wanted.add(String.valueOf(keys.get("image")));
            }
        }
        Set<String> missing = new TreeSet<>();
        for (String image : wanted) {
            if (!isHere(image)) {
                missing.add(image);
            }
        }
        return missing;
    }

    /// Returns what a run says is in its way.
    private String told(List<String> files) throws IOException, InterruptedException {
        // A connection of anyone's may have one of the file's fixed ports as its own end for a while.
        try (LocalEnvironment environment = await().atMost(Duration.ofMinutes(1))
                .ignoreException(EnvironmentException.class)
                .until(() -> environment(files), Objects::nonNull)) {
            environment.up();
        }
        return journal.entries().stream()
                .map(entry -> entry.event())
                .filter(Event.EnvironmentFailed.class::isInstance)
                .map(Event::toString)
                .collect(Collectors.joining());
    }

    /// Returns the images that a run says are missing, each told once and with its line.
    private Set<String> named(List<String> files) throws IOException, InterruptedException {
        Set<String> named = new TreeSet<>();
        var told = MISSING.matcher(told(files));
        while (told.find()) {
            assertThat(named.add(told.group(3))).as(told.group()).isTrue();
            List<String> lines = Files.readAllLines(Path.of(told.group(1)));
            assertThat(lines.get(Integer.parseInt(told.group(2)) - 1)).contains("image:");
        }
        return named;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_cannot_be_used_is_told_with_its_place_before_anything_starts(String project) throws Exception {
        List<String> files = copy(project);

        assertThatThrownBy(() -> plan(files))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(String.valueOf(REFUSED.get(project)));
    }

    private ResolvedPlan plan(List<String> files) throws IOException {
        Path plan = Files.writeString(
                folder.resolve("verdict.yaml"),
                "plan: p\nsystem: { compose: { file: %s, profiles: ['*'] } }\n".formatted(files)
                        + "phases: [{ name: a, suites: [{ name: b, features: . }] }]\n");
        return PlanReader.read(plan, new PlanReader.Options(Map.of(), OptionalLong.of(1), System.getenv()))
                .getFirst();
    }

    private LocalEnvironment environment(List<String> files) throws IOException {
        return new LocalEnvironment(
                plan(files),
                RunFolder.of(folder, "r-" + folder.getFileName()),
                journal,
                Redactor.NONE,
                (_, _) -> folder.toString());
    }

    private static Set<Integer> ports(ComposeService service) {
        Set<Integer> ports = new TreeSet<>();
        service.ports().forEach(port -> ports.add(port.container()));
        return ports;
    }

    /// Returns the TCP ports of a service in Compose's own canonical form.
    private static Set<Integer> ports(Map<?, ?> service) {
        Set<Integer> ports = new TreeSet<>();
        for (String key : List.of("ports", "expose")) {
            if (service.get(key) instanceof List<?> list) {
                for (Object port : list) {
                    if (port instanceof Map<?, ?> keys && !"udp".equals(keys.get("protocol"))) {
                        ports.add(Integer.parseInt(String.valueOf(keys.get("target"))));
                    } else if (!(port instanceof Map) && !port.toString().endsWith("/udp")) {
                        String text = port.toString().replaceFirst("/tcp$", "");
                        ports.add(Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)));
                    }
                }
            }
        }
        return ports;
    }

    private Map<String, Object> config(List<String> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ComposeTool.find().command());
        files.forEach(file -> command.addAll(List.of("-f", file)));
        command.add("config");
        Path out = folder.resolve("config.out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("docker-compose config of %s", files).isZero();
        Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(out));
        Map<String, Object> services = new TreeMap<>();
        Map<?, ?> listed = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) root).get("services"), "services");
        listed.forEach((name, keys) -> services.put(name.toString(), keys));
        return services;
    }

    private static boolean isHere(String image) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("docker", "image", "inspect", image)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() == 0;
    }
}
