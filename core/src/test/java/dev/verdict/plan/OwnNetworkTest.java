package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnNetworkTest {
    @TempDir
    Path folder;

    private ResolvedPlan read(String services) throws IOException {
        return read(services, "[]");
    }

    private ResolvedPlan read(String services, String faults) throws IOException {
        Path file = Files.writeString(folder.resolve("verdict.yaml"), """
                plan: cluster
                seed: 7
                system:
                  services:
                %sphases: [{ name: all, suites: [{ name: all, features: ., faults: %s }] }]
                """.formatted(services.indent(4), faults));
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of()))
                .getFirst();
    }

    @Test
    void services_with_networks_of_their_own_may_listen_on_one_port_and_reach_each_other() throws IOException {
        ResolvedPlan resolved = read("""
                a: { command: [java, "${b.http.url}"], network: own, ports: { http: { fixed: 80 } } }
                b: { command: [java, "${a.http.url}"], network: own, ports: { http: { fixed: 80 } } }
                c: { command: [java, "${a.http.url}"] }
                """);

        assertThat(resolved.plan().services().values().stream().map(Service::ownNetwork))
                .containsExactly(true, true, false);
        assertThat(PlanReader.fromCanonical(resolved.canonical(), resolved.file()))
                .isEqualTo(resolved.plan());
    }

    @Test
    void this_machines_network_is_out_of_their_reach() {
        assertThatThrownBy(() -> read("""
                a: { command: [java], ports: { http: {} } }
                b: { command: [java, "${a.http.url}"], network: own }
                """))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("verdict.yaml:6:")
                .hasMessageContaining("b has a network of its own, from which it does not reach a");
    }

    @Test
    void this_machines_network_is_out_of_a_containers_reach() throws IOException {
        assertThatThrownBy(() -> read("""
                a: { command: [java], ports: { http: {} } }
                b: { image: b, env: { A: "${a.http.url}" } }
                """))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("verdict.yaml:6:")
                .hasMessageContaining("a is not reached from inside a container");
        read("""
                a: { image: a, ports: { http: { container: 80 } } }
                b: { image: b, env: { A: "${a.http.url}" } }
                """);
    }

    @Test
    void only_services_with_networks_of_their_own_can_be_cut_off() {
        assertThatThrownBy(() -> read("a: { command: [java] }\nb: { command: [java], network: own }\n", """
                [{ partition: [a, b], into: halves }, { random: [partition], targets: [a, b] }]"""))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("service 'a' shares this machine's network")
                .hasMessageContaining("it needs two services with networks of their own");
    }

    @Test
    void one_network_has_each_port_once() {
        assertThatThrownBy(() -> read("""
                a: { command: [java], network: own, ports: { http: { fixed: 80 }, admin: { fixed: 80 } } }
                """))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("80 is taken by a.http already");
    }

    @Test
    void an_unknown_network_is_refused_with_a_suggestion() {
        assertThatThrownBy(() -> read("a: { command: [java], network: ownn }\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("'ownn' is not a network")
                .hasMessageContaining("own");
    }
}
