package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Shows what is told of a Compose file before anything starts.
final class ComposeMistakesTest extends ComposeFolder {
    @Test
    void what_the_first_compose_does_not_know_is_told_with_its_place() throws IOException {
        Files.writeString(folder.resolve("db.yaml"), "services: { db: { image: db, attach: false } }");
        ComposeFile file = read("""
                name: shop
                include: [db.yaml]
                x-mine: { anything: 1 }
                services:
                  web:
                    image: web
                    develop: { watch: [] }
                    x-mine: 1
                    ports: !override
                      - { target: 80, app_protocol: http }
                    healthcheck: { test: ["CMD", "true"], start_interval: 1s }
                    depends_on: { db: { condition: service_started, required: false } }
                    env_file: [{ path: .env, required: false }]
                configs: { motd: { content: hello } }
                """, Map.of());

        assertThat(file.mistakes()).isEmpty();
        assertThat(file.newer().stream()
                        .map(problem -> problem.toString().replace(folder + "/", ""))
                        .map(text -> text.replace(": Compose 1 does not know", "")))
                .containsExactlyInAnyOrder(
                        "compose.yaml:1:1 'name'",
                        "compose.yaml:2:1 'include'",
                        "db.yaml:1:30 'attach'",
                        "compose.yaml:7:5 'develop'",
                        "compose.yaml:9:12 '!override'",
                        "compose.yaml:10:23 'app_protocol'",
                        "compose.yaml:11:43 'start_interval'",
                        "compose.yaml:12:53 'required'",
                        "compose.yaml:13:18 'path'",
                        "compose.yaml:13:30 'required'",
                        "compose.yaml:14:20 'content'");
    }

    @Test
    void what_is_wrong_is_told_with_its_place() throws IOException {
        assertThat(mistakes("""
                services:
                  web:
                    image: "web:${VERSION}"
                    depends_on: [bd, off]
                    ports: ["80:http"]
                  db: {}
                  off: { image: x, profiles: [extra] }
                  a.b: { image: x }
                  base: { image: x, extends: bse }
                """))
                .containsExactlyInAnyOrder(
                        "compose.yaml:5:13: ports: expected a port, as 8080, \"8080:80\" or {target: 80, published: 8080},"
                                + " found '80:http'",
                        "compose.yaml:3:12: variable 'VERSION' is not set, and Compose would put nothing in its place;"
                                + " set it in the environment, in .env or under the plan's 'env' of 'compose'",
                        "compose.yaml:4:18: depends_on: unknown service 'bd'; the file has web, db, a.b and base; did you"
                                + " mean 'db'?",
                        "compose.yaml:4:22: depends_on: the service 'off' is switched off: it belongs to the profiles extra",
                        "compose.yaml:6:3: db: has neither an image nor a build",
                        "compose.yaml:8:3: services: 'a.b' is not a name for a service; allowed are letters, digits, - and"
                                + " _, first a letter, at most 63; call it 'a-b': the 'aliases' of its network can keep"
                                + " 'a.b' for others",
                        "compose.yaml:9:30: extends: there is no service 'bse' in compose.yaml; it has web, db, off, a.b"
                                + " and base; did you mean 'base'?");
    }

    @Test
    void the_format_of_2014_is_refused_and_so_is_a_file_that_forgot_its_services() throws IOException {
        assertThat(mistakes("web: { image: x }\ndb: { image: y }"))
                .containsExactly("compose.yaml:1:1: 'web' stands at the top of the file, as in Compose's first format,"
                        + " which is not read; put it under 'services:'");
        assertThat(mistakes("x-any: 1\nservcies: { web: { image: x } }"))
                .singleElement()
                .asString()
                .startsWith("compose.yaml:2:1: 'servcies'")
                .endsWith("did you mean 'services'?");
        assertThat(mistakes("version: '3'\nnetworks: { a: {} }\nx-more: 1")).isEmpty();
    }

    @Test
    void a_folder_to_build_from_that_is_not_there_is_told_with_its_place() throws IOException {
        Files.createDirectory(folder.resolve("there"));
        Files.createFile(folder.resolve("there/Dockerfile"));
        Files.createDirectories(folder.resolve("base/own"));
        Files.createFile(folder.resolve("base/own/dockerfile"));
        Files.writeString(folder.resolve("base/base.yaml"), "services: { base: { build: own } }");

        assertThat(mistakes("""
                services:
                  one: { build: there }
                  two: { build: { context: ./nowhere, target: dev } }
                  three: { build: "https://example.org/x.git#main" }
                  four: { build: "${DIR:-unknown}" }
                  five: { extends: { file: base/base.yaml, service: base } }
                  six: { build: gone }
                  seven: { build: { dockerfile_inline: FROM scratch } }
                  eight: { extends: { file: base/base.yaml, service: base }, build: "${GONE:-gone}" }
                """))
                .containsExactly(
                        "compose.yaml:3:28: build: there is no folder './nowhere'",
                        "compose.yaml:7:17: build: there is no folder 'gone'",
                        "compose.yaml:9:69: build: there is no folder 'gone'");
    }

    @Test
    void a_file_of_variables_that_is_not_there_is_told_with_its_place() throws IOException {
        Files.writeString(folder.resolve("there.env"), "A=1");

        assertThat(mistakes("""
                services:
                  one: { image: x, env_file: there.env }
                  two: { image: x, env_file: gone.env }
                  three: { image: x, env_file: [there.env, ./gone.env] }
                  four: { image: x, env_file: [{ path: gone.env, required: false }, { path: lost.env }] }
                  five: { image: x, env_file: gone.env, profiles: [off] }
                """))
                .containsExactly(
                        "compose.yaml:3:30: env_file: there is no file 'gone.env'",
                        "compose.yaml:4:44: env_file: there is no file './gone.env'",
                        "compose.yaml:5:77: env_file: there is no file 'lost.env'");
    }

    @Test
    void a_dockerfile_that_is_not_there_is_told_with_its_place() throws IOException {
        Files.createDirectory(folder.resolve("with"));
        Files.createFile(folder.resolve("with/Dockerfile"));
        Files.createFile(folder.resolve("with/Dockerfile.dev"));
        Files.createDirectory(folder.resolve("without"));

        assertThat(mistakes("""
                services:
                  one: { build: with }
                  two: { build: { context: with, dockerfile: Dockerfile.dev } }
                  three: { build: { context: without, dockerfile: ../with/Dockerfile } }
                  four: { build: { context: without, dockerfile_inline: FROM scratch } }
                  five: { build: without }
                  six: { build: { context: with, dockerfile: Dockerfile.tset } }
                  seven: { build: { context: "https://example.org/x.git", dockerfile: gone } }
                """))
                .containsExactly(
                        "compose.yaml:6:18: build: there is no file 'Dockerfile' in 'without'",
                        "compose.yaml:7:46: build: there is no file 'Dockerfile.tset' in 'with'");
    }

    @Test
    void files_of_secrets_and_configs_that_are_not_there_are_told_with_their_places() throws IOException {
        Files.writeString(folder.resolve("there.txt"), "x");

        assertThat(mistakes("""
                services:
                  one: { image: x, secrets: [there, gone], configs: [{ source: lost, target: /x }] }
                  two: { image: x, secrets: [{ source: gone }, elsewhere, variable] }
                secrets:
                  there: { file: ./there.txt }
                  gone: { file: ./gone.txt }
                  unused: { file: ./unused.txt }
                  elsewhere: { external: true }
                  variable: { environment: TOKEN }
                configs:
                  lost: { file: lost.txt }
                """))
                .containsExactly(
                        "compose.yaml:6:17: secrets: there is no file './gone.txt'",
                        "compose.yaml:11:17: configs: there is no file 'lost.txt'");
    }

    @Test
    void what_long_syntax_mounts_and_is_not_there_is_told_with_its_place() throws IOException {
        Files.createDirectory(folder.resolve("there"));
        ComposeFile file = read("""
                services:
                  web:
                    image: x
                    volumes:
                      - ./made/by/the/engine:/a
                      - { type: bind, source: ./there, target: /b }
                      - { type: bind, source: ./gone, target: /c }
                      - { type: bind, source: ./lost, target: /d, bind: { create_host_path: false } }
                      - { type: bind, source: ~/somewhere, target: /e }
                      - { type: tmpfs, target: /f }
                """, Map.of());

        assertThat(texts(file.mistakes()))
                .containsExactly("compose.yaml:8:31: volumes: there is no file or folder './lost'");
        assertThat(texts(file.newer()))
                .as("newer Compose makes a folder")
                .contains("compose.yaml:7:31: volumes: there is no file or folder './gone', and Compose 1"
                        + " makes none");
    }

    @Test
    void services_that_are_named_and_unknown_are_told_with_their_places() throws IOException {
        assertThat(mistakes("""
                services:
                  db: { image: x }
                  off: { image: x, profiles: [extra] }
                  one: { image: x, network_mode: "service:bd" }
                  two: { image: x, pid: "service:off", ipc: "service:db" }
                  three: { image: x, links: [db, "bd:alias"], volumes_from: ["db:ro", "absent:rw", "container:any"] }
                  four: { image: x, network_mode: "container:any", pid: host, ipc: shareable }
                  five: { image: x, network_mode: host, networks: [default] }
                """))
                .containsExactly(
                        "compose.yaml:4:34: network_mode: unknown service 'bd'; the file has db, one, two, three, four and"
                                + " five; did you mean 'db'?",
                        "compose.yaml:5:25: pid: the service 'off' is switched off: it belongs to the profiles extra",
                        "compose.yaml:6:34: links: unknown service 'bd'; the file has db, one, two, three, four and five;"
                                + " did you mean 'db'?",
                        "compose.yaml:6:71: volumes_from: unknown service 'absent'; the file has db, one, two, three, four and"
                                + " five",
                        "compose.yaml:8:35: network_mode: cannot stand beside 'networks'");
    }

    @Test
    void what_the_top_of_the_file_does_not_declare_is_told_with_its_place() throws IOException {
        assertThat(mistakes("""
                services:
                  one:
                    image: x
                    networks: [front, default, bakc]
                    volumes:
                      - data:/a
                      - dta:/b:ro
                      - /only/inside
                      - ./here:/c
                      - ~/home:/d
                      - "C:/windows:/e"
                      - "${VOLUME:-dat}:/f"
                      - { type: volume, source: lost, target: /g }
                      - { type: volume, target: /h }
                    secrets: [tokn]
                    configs: [{ source: motd }]
                  two:
                    image: x
                    networks: { back: { aliases: [b] }, frnt: }
                networks: { front: , back: { internal: true } }
                volumes: { data: }
                secrets: { token: { environment: TOKEN } }
                """))
                .containsExactly(
                        "compose.yaml:4:32: networks: 'bakc' is not declared under 'networks:' at the top of the file, which"
                                + " has front and back; did you mean 'back'?",
                        "compose.yaml:7:9: volumes: 'dta' is not declared under 'volumes:' at the top of the file, which has"
                                + " data; did you mean 'data'?",
                        "compose.yaml:12:9: volumes: 'dat' is not declared under 'volumes:' at the top of the file, which has"
                                + " data; did you mean 'data'?",
                        "compose.yaml:13:33: volumes: 'lost' is not declared under 'volumes:' at the top of the file, which"
                                + " has data",
                        "compose.yaml:15:15: secrets: 'tokn' is not declared under 'secrets:' at the top of the file, which"
                                + " has token; did you mean 'token'?",
                        "compose.yaml:16:25: configs: 'motd' is not declared under 'configs:' at the top of the file",
                        "compose.yaml:19:41: networks: 'frnt' is not declared under 'networks:' at the top of the file, which"
                                + " has front and back; did you mean 'front'?");
    }

    @Test
    void a_name_that_several_containers_would_have_is_told_with_its_place() throws IOException {
        assertThat(mistakes("""
                services:
                  one: { image: x, container_name: box }
                  two: { image: x, container_name: box }
                  three: { image: x, container_name: many, deploy: { replicas: 2 } }
                  four: { image: x, container_name: box, scale: 0 }
                """))
                .containsExactly(
                        "compose.yaml:3:36: container_name: the service 'one' has the name 'box', too",
                        "compose.yaml:4:38: container_name: all 2 containers would be called 'many'");
    }

    @Test
    void what_several_services_share_is_told_once() throws IOException {
        assertThat(mistakes("""
                x-common: &common { image: x, env_file: [gone.env], volumes: ["data:/d"] }
                services:
                  one: { <<: *common }
                  two: { <<: *common }
                """)).hasSize(2);
    }

    @Test
    void what_extends_or_includes_itself_is_told_and_ends() throws IOException {
        assertThat(mistakes("services: { a: { image: x, extends: b }, b: { image: x, extends: a } }"))
                .anyMatch(mistake -> mistake.contains("extends itself"));
        assertThat(mistakes("include: [compose.yaml]\nservices: { a: { image: x } }"))
                .containsExactly("compose.yaml:1:1: include: the file includes itself");
        assertThat(mistakes("services: { a: [ }")).hasSize(1).allMatch(mistake -> mistake.contains("not valid YAML"));
    }
}
