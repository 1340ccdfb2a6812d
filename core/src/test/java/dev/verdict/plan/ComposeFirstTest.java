package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Holds what Compose 1 is said to know beside its schema, and beside itself.
final class ComposeFirstTest {
    private static final Path SCHEMA = Path.of("/usr/lib/python3/dist-packages/compose/config/compose_spec.json");

    @TempDir
    Path folder;

    @Test
    void the_keys_are_those_of_its_schema() throws IOException {
        assumeTrue(Files.exists(SCHEMA), "docker-compose 1.29 is not installed");
        Map<?, ?> schema =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(SCHEMA));
        Map<String, Set<String>> keys = new TreeMap<>();
        collect("", schema, (Map<?, ?>) in(schema, "definitions"), keys);
        // Names of files only.
        keys.put("services.*.env_file", Set.of());

        assertThat(new TreeMap<>(ComposeFirst.KNOWN)).isEqualTo(keys);
    }

    private static void collect(String path, Map<?, ?> schema, Map<?, ?> definitions, Map<String, Set<String>> keys) {
        if (schema.get("$ref") instanceof String reference) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            collect(path, (Map<?, ?>) in(definitions, name), definitions, keys);
        }
        if (schema.get("oneOf") instanceof List<?> choices) {
            choices.forEach(choice -> collect(path, (Map<?, ?>) choice, definitions, keys));
        }
        if (schema.get("items") instanceof Map<?, ?> items) {
            collect(path, items, definitions, keys);
        }
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((key, value) -> {
                if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                    keys.computeIfAbsent(path, _ -> new TreeSet<>()).add(key.toString());
                }
                collect(path.isEmpty() ? key.toString() : path + "." + key, (Map<?, ?>) value, definitions, keys);
            });
        }
        if (schema.get("patternProperties") instanceof Map<?, ?> patterns) {
            patterns.forEach((pattern, value) -> {
                if (!pattern.equals("^x-")) {
                    collect(path + ".*", (Map<?, ?>) value, definitions, keys);
                }
            });
        }
    }

    private static Object in(Map<?, ?> map, String key) {
        @Nullable Object value = map.get(key);
        if (value == null) {
            throw new AssertionError(key + " is not in " + map.keySet());
        }
        return value;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: x, volumes: [{ type: bind, source: /tmp, target: /t, bind: { create_host_path: true } }]",
                "image: x, volumes: [{ type: bind, source: /tmp, target: /t, bind: { selinux: z } }]",
                "image: x, volumes: [{ type: volume, target: /t, volume: { subpath: a } }]",
                "image: x, volumes: [{ type: tmpfs, target: /t, tmpfs: { mode: 700 } }]",
                "image: x, networks: { default: { mac_address: '02:42:ac:11:65:43' } }",
                "image: x, networks: { default: { gw_priority: 1 } }",
                "image: x, deploy: { resources: { limits: { pids: 1 } } }",
                "image: x, deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], id: a }] } } }",
                "build: { context: ., ssh: [default] }",
                "build: { context: ., secrets: [a] }",
                "build: { context: ., additional_contexts: { a: . } }",
                "build: { context: ., platforms: [linux/amd64] }",
                "build: { context: ., args: { A: true } }",
                "image: x, depends_on: { b: { condition: service_started, restart: true } }",
                "image: x, depends_on: { b: { condition: service_started, required: false } }",
                "image: x, healthcheck: { test: 'true', start_interval: 1s }",
                "image: x, env_file: [{ path: a.env, required: false }]",
                "image: x, ports: [{ target: 80, name: web }]",
                "image: x, ports: [{ target: 80, app_protocol: http }]",
                "image: x, ports: [{ target: 80, host_ip: 127.0.0.1 }]",
                "image: x, environment: { A: true }",
                "image: x, environment: { A: yes }",
                "image: x, pull_policy: missing",
                "image: x, gpus: all",
                "image: x, extends: { service: b, x: 1 }"
            })
    @Tag("slow")
    @Tag("docker")
    void what_newer_compose_takes_is_refused_by_it_and_told(String keys) throws Exception {
        assertThat(newer(keys)).isNotEmpty();
        assertThat(accepts()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: x, volumes: [{ type: bind, source: /tmp, target: /t, bind: { propagation: rslave, x-a: 1 } }]",
                "image: x, volumes: [{ type: tmpfs, target: /t, tmpfs: { size: 1000 } }, '/a']",
                "image: x, networks: { default: { aliases: [a], ipv4_address: 10.0.0.1 } }",
                "image: x, deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: all }] } } }",
                "build: { context: ., args: { A: 'true' }, labels: { a: true }, x-a: { b: 1 } }",
                "image: x, environment: { A: 'yes', B: 1, C: }, labels: { a: true }",
                "image: x, ports: [{ target: 80, published: '8080', mode: host }], pull_policy: if_not_present",
                "image: x, depends_on: { b: { condition: service_healthy } }, ulimits: { nofile: { soft: 1, hard: 2 } }",
                "image: x, logging: { driver: none, options: { any: thing } }, sysctls: { net.core.somaxconn: 1 }"
            })
    @Tag("slow")
    @Tag("docker")
    void what_it_takes_is_not_told(String keys) throws Exception {
        assertThat(newer(keys)).isEmpty();
        assertThat(accepts()).isTrue();
    }

    private List<Problem> newer(String keys) throws IOException {
        Files.createFile(folder.resolve("Dockerfile"));
        Files.writeString(folder.resolve("docker-compose.yml"), """
                services:
                  a: { %s }
                  b: { image: x }
                """.formatted(keys));
        Compose compose = new Compose(List.of("docker-compose.yml"), List.of(), List.of(), Map.of());
        return ComposeFile.read(folder, compose, Map.of(), Map.of()).newer();
    }

    private boolean accepts() throws IOException, InterruptedException {
        assumeTrue(Files.exists(SCHEMA), "docker-compose 1.29 is not installed");
        Process process = new ProcessBuilder("docker-compose", "config", "-q")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() == 0;
    }
}
