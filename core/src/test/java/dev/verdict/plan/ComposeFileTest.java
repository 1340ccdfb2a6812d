package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class ComposeFileTest extends ComposeFolder {
    @Test
    void ports_are_read_in_every_form() throws IOException {
        ComposeFile file = read("""
                services:
                  web:
                    image: web
                    ports:
                      - 80
                      - "8080:81"
                      - "127.0.0.1:8082:82/tcp"
                      - "192.0.2.1:8083:83"
                      - "127.0.0.1::84"
                      - "53:53/udp"
                      - "9000-9001:90-91"
                      - { target: 95, published: 9500, name: admin }
                      - { target: 96, protocol: udp }
                      - target: 97
                    expose: ["80", 99]
                """, Map.of());

        assertThat(file.mistakes()).isEmpty();
        Map<String, Port> ports = service(file, "web").ports(Map.of());
        assertThat(ports).containsOnlyKeys("80", "81", "82", "83", "84", "90", "91", "admin", "97", "99");
        assertThat(ports.values().stream()
                        .map(Port::fixed)
                        .filter(OptionalInt::isPresent)
                        .map(OptionalInt::getAsInt))
                .as("what is reached at a known number of this machine's loopback")
                .containsExactly(8080, 8082, 9000, 9001, 9500);
        assertThat(byEngine(service(file, "web")))
                .as("what the engine gives a number that can be reached there")
                .containsExactly(80, 84, 97);
    }

    @Test
    void the_engine_chooses_no_number_where_there_are_several_containers_or_none_of_their_own() throws IOException {
        ComposeFile file = read("""
                services:
                  one: { image: a, ports: ["80", "8000-8009:81", "192.0.2.1::82"], scale: 1 }
                  two: { image: a, ports: ["80"], scale: 2 }
                  beside: { image: a, ports: ["80"], network_mode: "service:one" }
                  host: { image: a, ports: ["80"], network_mode: host }
                """, Map.of());

        assertThat(file.mistakes()).isEmpty();
        assertThat(byEngine(service(file, "one"))).containsExactly(80, 81);
        for (String other : List.of("two", "beside", "host")) {
            assertThat(byEngine(service(file, other))).as(other).isEmpty();
        }
    }

    private static List<Integer> byEngine(ComposeService service) {
        return service.ports().stream()
                .map(ComposeService.Published::container)
                .filter(service::byEngine)
                .toList();
    }

    @Test
    void anchors_merge_keys_variables_and_env_files_are_filled_in() throws IOException {
        Files.writeString(folder.resolve(".env"), """
                # versions
                VERSION=7
                export NAME = 'redis' # quoted
                """);
        ComposeFile file = read("""
                x-common: &common
                  image: "${NAME}:${VERSION}${SUFFIX:-}"
                  restart: unless-stopped
                x-more: &more { ports: ["${PORT-6379}"] }
                services:
                  one: { <<: *common, ports: ["1"] }
                  two: { <<: [*common, *more] }
                """, Map.of("VERSION", "8"));

        assertThat(file.mistakes()).isEmpty();
        assertThat(service(file, "one").image().orElseThrow().text())
                .as("the environment wins over .env")
                .isEqualTo("redis:8");
        assertThat(service(file, "one").restarts()).isTrue();
        assertThat(service(file, "one").ports(Map.of())).containsOnlyKeys("1");
        assertThat(service(file, "two").ports(Map.of())).containsOnlyKeys("6379");
    }

    @Test
    void several_files_extends_and_include_add_up() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), """
                services:
                  web: { image: "web:1", ports: ["80"], stop_grace_period: 1m30s }
                """);
        Files.writeString(folder.resolve("more.yaml"), """
                services:
                  web: { image: "web:2", ports: ["81"], depends_on: [db] }
                """);
        Files.writeString(folder.resolve("db.yaml"), "services: { db: { image: db } }");
        Files.writeString(folder.resolve("compose.yaml"), """
                include: [db.yaml]
                services:
                  web: { extends: { file: base.yaml, service: web } }
                  copy: { extends: web, image: copy }
                """);

        ComposeFile file = read(List.of("compose.yaml", "more.yaml"), Map.of());

        assertThat(file.mistakes()).isEmpty();
        assertThat(file.services()).containsOnlyKeys("db", "web", "copy");
        ComposeService web = service(file, "web");
        assertThat(web.image().orElseThrow().text()).isEqualTo("web:2");
        assertThat(web.ports(Map.of())).containsOnlyKeys("80", "81");
        assertThat(web.needs()).containsExactly("db");
        assertThat(web.stop().within()).isEqualTo(Duration.ofSeconds(90));
        assertThat(service(file, "copy").image().orElseThrow().text()).isEqualTo("copy");
    }

    @Test
    void a_service_of_no_containers_is_none_and_nobody_waits_for_it() throws IOException {
        ComposeFile file = read("""
                services:
                  web: { image: web, depends_on: [none, never, db] }
                  none: { image: a, scale: 0 }
                  never: { image: a, deploy: { replicas: 0 } }
                  db: { image: db, depends_on: { off: { condition: service_started, required: false } } }
                  off: { image: a, profiles: [other] }
                """, Map.of());

        assertThat(file.mistakes()).isEmpty();
        assertThat(file.services()).containsOnlyKeys("web", "db");
        assertThat(service(file, "web").needs()).containsExactly("db");
        assertThat(service(file, "db").needs()).isEmpty();
    }

    @Test
    void profiles_switch_services_on() throws IOException {
        String yaml = """
                services:
                  always: { image: a }
                  test: { image: b, profiles: [test, ci] }
                  debug: { image: c, profiles: [debug] }
                """;

        assertThat(read(yaml, Map.of()).services()).containsOnlyKeys("always");
        assertThat(read(yaml, Map.of(), "ci").services()).containsOnlyKeys("always", "test");
        assertThat(read(yaml, Map.of("COMPOSE_PROFILES", "debug,test")).services())
                .containsOnlyKeys("always", "test", "debug");
    }

    @Test
    void one_whose_end_another_waits_for_is_a_one_shot_container() throws IOException {
        ComposeFile file = read("""
                services:
                  migrate: { image: m }
                  web:
                    image: w
                    depends_on: { migrate: { condition: service_completed_successfully } }
                    healthcheck: { test: "true", interval: 10s, timeout: 5s, retries: 12, start_period: 20s }
                """, Map.of());

        assertThat(service(file, "migrate").ready(List.of())).isEqualTo(new Readiness.Exit(0, Duration.ofMinutes(1)));
        assertThat(service(file, "web").ready(List.of()))
                .as("as long as its health check may take")
                .isEqualTo(new Readiness.Healthy(List.of(), Duration.ofSeconds(155)));
    }

    @Test
    void what_must_be_there_already_is_known_with_its_place() throws IOException {
        ComposeFile file = read("""
                services:
                  one: { image: x, networks: [old, new, made], volumes: ["data:/d", "own:/o"] }
                  two: { image: x, network_mode: "container:box", container_name: mine }
                  three: { image: x, volumes_from: ["container:vault:ro"], external_links: ["db:alias"] }
                  four: { image: x, pid: "container:mine" }
                  five: { image: x, networks: [unsaid] }
                networks:
                  default: { external: { name: shared } }
                  old: { external: { name: older } }
                  new: { external: true, name: "${NET:-newer}" }
                  made: { name: made, external: false }
                  unsaid: { external: true }
                  unused: { external: true }
                volumes:
                  data: { external: true }
                  own:
                """, Map.of());

        assertThat(file.mistakes()).isEmpty();
        assertThat(file.outside().stream()
                        .map(outside -> "%s %s %s"
                                .formatted(
                                        outside.name().position().toString().replace(folder + "/", ""),
                                        outside.kind(),
                                        outside.name().text())))
                .containsExactlyInAnyOrder(
                        "compose.yaml:9:28 NETWORK older",
                        "compose.yaml:10:32 NETWORK newer",
                        "compose.yaml:15:11 VOLUME data",
                        "compose.yaml:3:34 CONTAINER box",
                        "compose.yaml:4:37 CONTAINER vault",
                        "compose.yaml:4:77 CONTAINER db",
                        "compose.yaml:8:32 NETWORK shared",
                        "compose.yaml:12:13 NETWORK unsaid");
    }
}
