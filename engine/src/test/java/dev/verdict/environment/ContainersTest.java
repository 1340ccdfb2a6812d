package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Brings real containers up by Compose, beside processes and what runs already.
@Tag("slow")
@Tag("docker")
@Timeout(180)
final class ContainersTest {
    private static final String SERVER = """
              image: verdict-base
              init: true
              command: [httpd, -f, -p, "8080", -h, /etc]
              ports: ["8080"]
            """;
    private static final String NETWORK = """
            networks: { default: { ipam: { config: [{ subnet: "10.82.3.0/24" }] } } }
            """;
    private static final String PHASES = "phases: [{ name: a, suites: [{ name: b, features: . }] }]\n";

    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path folder;

    @BeforeAll
    static void makeImage() throws IOException, InterruptedException {
        assertThat(output(Path.of("..")
                        .toAbsolutePath()
                        .normalize()
                        .resolve(".ci/base-image")
                        .toString()))
                .contains("verdict-base");
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream in = process.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(text).isZero();
            return text.strip();
        }
    }

    private LocalEnvironment environment(String system, String compose) throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), compose);
        Path plan = Files.writeString(folder.resolve("verdict.yaml"), "plan: p\nsystem:\n" + system.indent(2) + PHASES);
        ResolvedPlan resolved = PlanReader.read(
                        plan, new PlanReader.Options(Map.of(), OptionalLong.of(1), System.getenv()))
                .getFirst();
        LocalEnvironment[] asked = new LocalEnvironment[1];
        asked[0] = new LocalEnvironment(
                resolved,
                RunFolder.of(folder, "r-" + folder.getFileName()),
                journal,
                Redactor.NONE,
                (service, reference) -> reference instanceof Text.Address address
                        ? "http://" + asked[0].endpoint(address.service(), address.port())
                        : folder.toString());
        return asked[0];
    }

    private <E extends Event> List<E> told(Class<E> kind) {
        return journal.entries().stream()
                .map(entry -> entry.event())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private String get(LocalEnvironment environment, String service) throws IOException {
        Endpoint at = environment.endpoint(service, "8080");
        try (InputStream in = URI.create("http://" + at + "/passwd").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void assertNothingIsLeft() throws IOException, InterruptedException {
        assertThat(told(Event.OrphanFound.class)).isEmpty();
        assertThat(told(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(0));
        assertThat(told(Event.HarnessFailed.class)).isEmpty();
        assertThat(Recovery.pending(folder, Aftermath.NONE)).isEmpty();
        String run = "label=dev.verdict.run=r-" + folder.getFileName();
        assertThat(output("docker", "ps", "-aq", "--filter", run)).isEmpty();
    }

    @Test
    void a_compose_file_comes_up_as_it_is_with_a_migration_and_health_and_goes_away() throws Exception {
        String compose =
                "version: \"3.8\"\nservices:\n  web:\n" + SERVER.indent(2) + """
                    healthcheck: { test: [CMD, wget, -qO-, "http://127.0.0.1:8080/passwd"], interval: 1s, retries: 20 }
                    depends_on: { migrate: { condition: service_completed_successfully } }
                  plain:
                """ + SERVER.indent(2) + """
                  migrate: { image: verdict-base, command: [sh, -c, "echo migrated"] }
                  unlogged: { image: verdict-base, command: [sh, -c, "echo kept nowhere"], logging: { driver: none } }
                """ + NETWORK;
        int fixed;
        try (ServerSocket free = new ServerSocket(0)) {
            fixed = free.getLocalPort();
        }
        String system = """
                compose: compose.yaml
                services: { web: { ports: { "8080": { container: 8080, fixed: %d } } } }
                """.formatted(fixed);
        try (LocalEnvironment environment = environment(system, compose)) {
            environment.up();

            assertThat(environment.endpoint("web", "8080")).isEqualTo(new Endpoint("127.0.0.1", fixed));
            assertThat(output("docker", "ps", "--filter", "label=dev.verdict.service=plain", "--format", "{{.Ports}}"))
                    .as("published as the file says, and no second time")
                    .contains(":" + environment.endpoint("plain", "8080").port() + "->8080/tcp")
                    .doesNotContain("127.0.0.1");
            assertThat(environment.state("migrate")).isEqualTo(new State.Exited(0, true));
            assertThat(environment.state("web")).isEqualTo(new State.Ready());
            assertThat(told(Event.ServiceReady.class).stream()
                            .filter(ready -> ready.service().equals("web"))
                            .map(Event.ServiceReady::probe))
                    .containsExactly("health check");
            assertThat(get(environment, "web")).contains("root:");
            assertThat(environment.place("web")).isInstanceOf(Place.Container.class);

            environment.stop("plain", "test");
            assertThat(environment.state("plain")).isInstanceOf(State.Exited.class);
            assertThatThrownBy(() -> get(environment, "plain")).isInstanceOf(IOException.class);
            environment.start("plain", "test");
            assertThat(get(environment, "plain")).contains("root:");
            assertThat(environment.restarts("plain")).isEqualTo(1);

            environment.signal("plain", "KILL", "test");
            assertThat(environment.state("plain")).isEqualTo(new State.Exited(137, true));
            environment.start("plain", "test");
            environment.pause("plain", "test");
            environment.resume("plain", "test");
            assertThat(get(environment, "plain")).contains("root:");
        }

        assertThat(told(Event.ServiceExited.class)).allMatch(Event.ServiceExited::expected);
        assertThat(Files.readString(
                        RunFolder.of(folder, "r-" + folder.getFileName()).log("migrate")))
                .contains("out migrated");
        assertThat(Files.readString(
                        RunFolder.of(folder, "r-" + folder.getFileName()).log("unlogged")))
                .contains("out kept nowhere");
        assertNothingIsLeft();
    }

    @Test
    void a_migration_that_fails_fails_the_start_at_once() throws Exception {
        String compose = "services:\n  web:\n" + SERVER.indent(2) + """
                    depends_on: { migrate: { condition: service_completed_successfully } }
                  migrate: { image: verdict-base, command: [sh, -c, "echo no table; exit 1"] }
                """ + NETWORK;
        try (LocalEnvironment environment = environment("compose: compose.yaml", "version: \"3.8\"\n" + compose)) {
            environment.up();

            assertThat(environment.state("migrate"))
                    .isEqualTo(new State.Failed("ended while starting, with exit code 1"));
            assertThat(environment.state("web"))
                    .isEqualTo(new State.Failed("was not started, because migrate ended with exit code 1"));
            assertThatThrownBy(() -> environment.endpoint("web", "8080"))
                    .hasMessageContaining("not known before web runs");
        }

        assertThat(told(Event.ServiceFailed.class).stream()
                        .filter(failed -> failed.service().equals("migrate"))
                        .flatMap(failed -> failed.lastLines().stream()))
                .contains("no table");
        assertNothingIsLeft();
    }

    @Test
    void a_container_that_ends_before_its_port_is_published_says_how_it_ended() throws Exception {
        String compose = """
                version: "3.8"
                services:
                  web: { image: verdict-base, command: [sh, -c, "echo no room >&2; exit 3"], ports: ["8080"] }
                """ + NETWORK;
        try (LocalEnvironment environment = environment("compose: compose.yaml", compose)) {
            environment.up();

            assertThat(environment.state("web")).isEqualTo(new State.Failed("ended while starting, with exit code 3"));
        }

        assertThat(told(Event.ServiceFailed.class)).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void newer_syntax_than_the_compose_here_knows_is_told_with_its_place_before_anything_starts() throws Exception {
        assumeThat(ComposeTool.find().first()).as("a first Compose is here").isPresent();
        Files.writeString(folder.resolve("db.yaml"), "services: { db: { image: verdict-base } }");
        String compose = """
                include: [db.yaml]
                services:
                  web: { image: verdict-base, command: [sleep, "60"], develop: { watch: [] } }
                  other: { image: verdict-base, ports: !reset [] }
                """;
        try (LocalEnvironment environment =
                environment("compose: compose.yaml\nservices: { local: { command: [sleep, \"60\"] } }", compose)) {
            environment.up();

            String file = folder.resolve("compose.yaml").toString();
            assertThat(told(Event.EnvironmentFailed.class))
                    .extracting(Event.EnvironmentFailed::reason)
                    .singleElement()
                    .asString()
                    .contains(file + ":1:1: Compose 1 does not know 'include'")
                    .contains(file + ":3:55: Compose 1 does not know 'develop'")
                    .contains(file + ":4:40: Compose 1 does not know '!reset'")
                    .endsWith("docker-compose %s is what is here, and newer syntax needs Compose v2 (`docker compose`)"
                            .formatted(ComposeTool.find().first().orElseThrow()));
        }
        assertThat(told(Event.ServiceStarted.class)).isEmpty();
    }

    @Test
    void images_that_cannot_be_had_and_names_that_are_taken_are_told_with_their_places() throws Exception {
        String name = "verdict-test-" + folder.getFileName();
        String other = output("docker", "create", "--name", name, "verdict-base", "true");
        String compose = """
                version: "3.8"
                services:
                  web: { image: "no-such-image.invalid/${COMPOSE_PROJECT_NAME}:7" }
                  taken: { image: verdict-base, container_name: OWN }
                  there: { image: verdict-base, network_mode: "container:OWN" }
                  lost: { image: verdict-base, network_mode: "container:OWN-lost" }
                  away: { image: verdict-base, networks: [away, bridge], volumes: ["far:/far", "near:/near"] }
                volumes: { far: { external: true, name: OWN-far }, near: { external: true, name: OWN } }
                networks:
                  away: { external: true, name: OWN-away }
                  bridge: { external: true }
                """.replace("OWN", name);
        output("docker", "volume", "create", name);
        try (LocalEnvironment environment = environment("compose: compose.yaml", compose)) {
            environment.up();

            assertThat(environment.state("taken")).isInstanceOf(State.Failed.class);
        } finally {
            output("docker", "rm", "-f", other);
            output("docker", "volume", "rm", name);
        }

        assertThat(told(Event.EnvironmentFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason())
                        .containsPattern(folder + "/compose.yaml:3:17: image no-such-image.invalid/verdict-[a-z0-9-]+:7"
                                + " of service web is not here")
                        .contains(folder + "/compose.yaml:4:49: a container is called " + name + " already")
                        .contains(folder + "/compose.yaml:6:46: there is no container called " + name + "-lost")
                        .contains(folder + "/compose.yaml:8:41: there is no volume called " + name + "-far")
                        .contains(folder + "/compose.yaml:10:33: there is no network called " + name + "-away")
                        .doesNotContain("called bridge", "compose.yaml:5:", "volume called " + name + ","));
        assertThat(told(Event.ServiceStarted.class)).isEmpty();
    }

    @Test
    void containers_processes_and_what_runs_already_stand_side_by_side() throws Exception {
        try (ServerSocket running = new ServerSocket(0)) {
            String system = """
                    services:
                      box:
                        image: verdict-base
                        command: [sh, -c, "echo $$GREETING $$PORT; cat /given/greeting; exec httpd -f -p 8080 -h /etc"]
                        ports: { "8080": { env: PORT, container: 8080 } }
                        env: { GREETING: "costs 5 $$" }
                        volumes: ["${run.directory}/given:/given:ro"]
                        stop: { within: 1s }
                      built:
                        build: image
                        needs: [box]
                        ready: { command: [test, -e, /built] }
                        stop: { within: 1s }
                      process:
                        command: [sh, -c, "echo box at $$BOX; exec sleep 300"]
                        needs: [box, there]
                        env: { BOX: "${box.8080.url}" }
                        ready: { log: "box at http" }
                    existing:
                      there: { tcp: "127.0.0.1:NUMBER" }
                    """.replace("NUMBER", Integer.toString(running.getLocalPort()));
            Files.createDirectories(folder.resolve("given"));
            Files.writeString(folder.resolve("given/greeting"), "hello\n");
            Files.createDirectories(folder.resolve("image"));
            Files.writeString(
                    folder.resolve("image/Dockerfile"),
                    "FROM verdict-base\nCOPY Dockerfile /built\nCMD [\"sleep\", \"300\"]\n");
            try (LocalEnvironment environment = environment(system, "")) {
                environment.up();

                assertThat(List.of("box", "built", "process", "there"))
                        .allMatch(service -> environment.state(service) instanceof State.Ready);
                assertThat(get(environment, "box")).contains("root:");
                assertThat(environment.place("there")).isEqualTo(new Place.Elsewhere());
                assertThatThrownBy(() -> environment.stop("there", "test"))
                        .hasMessage("service there ran before this run, so it cannot be stopped");
                assertThatThrownBy(() -> environment.signal("there", "KILL", "test"))
                        .isInstanceOf(EnvironmentException.class);
            }
        }

        assertThat(told(Event.ImagePreparing.class))
                .extracting(Event.ImagePreparing::step)
                .anyMatch(step -> step.contains("COPY Dockerfile /built"));
        assertThat(Files.readString(
                        RunFolder.of(folder, "r-" + folder.getFileName()).log("box")))
                .contains("out costs 5 $ 8080", "out hello");
        assertNothingIsLeft();
    }

    @Test
    void a_process_that_a_container_forgot_is_reported_though_it_ends_with_it() throws Exception {
        String script = "setsid sleep 300 & sleep 0.5; trap 'exit 0' TERM; echo left; while true; do sleep 0.1; done";
        String system = """
                compose: compose.yaml
                services: { leaver: { ready: { log: left } } }
                """;
        String compose = """
                version: "3.8"
                services:
                  leaver: { image: verdict-base, command: [sh, -c, "SCRIPT"], depends_on: [none] }
                  none: { image: verdict-base, deploy: { replicas: 0 } }
                """.replace("SCRIPT", script) + NETWORK;
        try (LocalEnvironment environment = environment(system, compose)) {
            environment.up();
        }

        assertThat(told(Event.ServiceFailed.class)).isEmpty();
        assertThat(told(Event.OrphanFound.class)).singleElement().satisfies(orphan -> {
            assertThat(orphan.kind()).isEqualTo("process");
            assertThat(orphan.detail()).isEqualTo("sleep 300");
            assertThat(orphan.service()).isEqualTo("leaver");
        });
        assertThat(told(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(1));
    }

    @Test
    void an_image_that_something_built_with_the_run_s_mark_is_a_leftover_and_no_other_is() throws Exception {
        String name = "verdict-left-" + folder.getFileName().toString().replaceAll("[^0-9]", "");
        Files.createDirectories(folder.resolve("image"));
        Files.writeString(folder.resolve("image/Dockerfile"), "FROM verdict-base\nLABEL of=" + name + "\n");
        try (LocalEnvironment environment = environment("compose: compose.yaml", """
                version: "3.8"
                services: { box: { image: verdict-base, command: [sleep, "300"], init: true } }
                """ + NETWORK)) {
            environment.up();
            String mark = "dev.verdict.mark=" + environment.marks().get("VERDICT_MARK");
            build(name + ":mine", "--label", mark);
            build(name + ":others", "--label", "dev.verdict.mark=other");
        }

        try {
            assertThat(told(Event.OrphanFound.class)).singleElement().satisfies(orphan -> {
                assertThat(orphan.kind()).isEqualTo("image");
                assertThat(orphan.toString()).contains(name + ":mine");
            });
            assertThat(told(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(1));
            assertThat(output("docker", "images", "--format", "{{.Tag}}", name)).isEqualTo("others");
        } finally {
            output("docker", "rmi", "-f", name + ":others");
        }
    }

    private void build(String name, String... more) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("env", "DOCKER_BUILDKIT=0", "docker", "build", "-q", "-t", name));
        command.addAll(List.of(more));
        command.add(folder.resolve("image").toString());
        output(command.toArray(String[]::new));
    }

    @Test
    void an_image_that_one_service_builds_is_there_for_others_whatever_their_order() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM verdict-base\n");
        String image = "verdict-test-shared-" + folder.getFileName().toString().replaceAll("[^a-z0-9]", "");
        String compose = """
                version: "3.8"
                services:
                  a: { image: IMAGE, command: [sleep, "60"], init: true }
                  web: { image: IMAGE, build: ., command: [sleep, "60"], init: true }
                  z: { image: IMAGE, command: [sleep, "60"], init: true }
                """.replace("IMAGE", image) + NETWORK;
        try (LocalEnvironment environment = environment("compose: compose.yaml", compose)) {
            environment.up();

            assertThat(List.of("a", "web", "z"))
                    .allSatisfy(
                            service -> assertThat(environment.state(service)).isEqualTo(new State.Ready()));
        } finally {
            output("docker", "rmi", "-f", image);
        }
    }

    @Test
    void an_interrupt_while_compose_starts_leaves_nothing() throws Exception {
        String compose =
                "version: \"3.8\"\nservices:\n  one:\n" + SERVER.indent(2) + "  two:\n" + SERVER.indent(2) + NETWORK;
        // One of them never becomes ready, so that the interrupt finds them starting.
        String system = """
                compose: compose.yaml
                services: { two: { ready: { log: nobody says this } } }
                """;
        try (LocalEnvironment environment = environment(system, compose)) {
            Thread up = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                org.awaitility.Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> !told(Event.ServiceStarted.class).isEmpty());
                up.interrupt();
            });
            assertThatThrownBy(environment::up).isInstanceOf(InterruptedException.class);
        }

        assertNothingIsLeft();
    }
}
