package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultKeysTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kill: stock}",
                "{at: 20s, kill: stock, then: restart}",
                "{at: 1s, for: 3s, kill: stock, signal: TERM}",
                "{stop: stock}",
                "{at: 1s, restart: stock}",
                "{crashLoop: stock, alive: 200ms}",
                "{at: 1s, for: 2s, every: 10s, times: 3, pause: stock}",
                "{cpu: stock, workers: 3}",
                "{memory: stock, leave: 1MB}",
                "{openFiles: stock, count: 8}",
                "{processes: stock, count: 9}",
                "{diskFull: stock, path: data, leave: 4kB}",
                "{readOnlyDisk: stock}",
                "{flipBits: stock, file: data/a, bits: 3}",
                "{truncate: stock, file: data/$$a, keep: 5B}",
                "{replaceFile: stock, file: data/a, copy: old/a}",
                "{damagePages: stock, file: data/db, pages: 2}",
                "{clock: stock, behind: 240h}",
                "{clock: stock, ahead: 1s}",
                "{delay: orders→stock, by: 200ms, jitter: 50ms, shape: pareto}",
                "{delay: orders→stock, by: 1s, direction: both, probability: 0.25, first: 3}",
                "{bandwidth: orders→stock, rate: 10kB/s, per: connection}",
                "{stall: orders→stock, direction: back}",
                "{reset: orders→stock}",
                "{resetAfterBytes: orders→stock, bytes: 100B}",
                "{resetAfter: orders→stock, after: 3s}",
                "{refuse: orders→stock, first: 2}",
                "{blackHole: orders→stock}",
                "{slowClose: orders→stock, by: 1s}",
                "{corrupt: orders→stock, share: 0.0001}",
                "{slice: orders→stock, bytes: 3B, gap: 2ms}",
                "{httpStatus: orders→stock, status: 503, probability: 0.5}",
                "{httpHeader: orders→stock, header: ETag}",
                "{httpHeader: orders→stock, header: ETag, value: x}",
                "{httpBody: orders→stock, body: nothing}",
                "{httpEdit: orders→stock, find: a, replace: b}",
                "{httpReplay: orders→stock}",
                "{partition: stock}",
                "{partition: orders→stock}",
                "{partition: [a, b, c], into: halves}",
                "{partition: [a, b, c], into: bridge}",
                "{partition: [a, b, c], into: majoritiesRing}",
                "{partition: [a, b, c], groups: [[a], [b, c]]}"
            })
    void each_kind_comes_back_from_its_own_words(String yaml) {
        ScheduledFault fault = ScheduledFault.parse(yaml);

        assertThat(ScheduledFault.parse(fault.source())).isEqualTo(fault);
        assertThat(ScheduledFault.parse(fault.yaml())).isEqualTo(fault);
        assertThat(yaml).contains(fault.fault().kind() + ": ");
        // nothing that was given is lost or made up: the same keys stand in what is written
        assertThat(keys(fault.source())).containsAll(keys(yaml));
    }

    private static Set<String> keys(String flow) {
        return Pattern.compile("(\\w+)\"?:")
                .matcher(flow)
                .results()
                .map(key -> key.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void every_fault_there_is_can_be_written_in_a_plan() {
        Set<String> words = new HashSet<>(FaultKeys.NAMES);
        Stream<String> records = Stream.of(ServiceFault.class, LinkFault.class, HttpFault.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .filter(type -> type != LinkFault.Partly.class)
                .map(Class::getSimpleName);

        assertThat(records.count() + 1).as("partitions share a word").isEqualTo(words.size());
    }

    @Test
    void what_acts_always_is_the_fault_itself() {
        ScheduledFault fault = ScheduledFault.parse("{delay: stock, by: 1s, direction: there, probability: 1}");

        assertThat(fault.fault()).isEqualTo(new LinkFault.Delay(Duration.ofSeconds(1)));
        assertThat(fault.target()).isEqualTo(new FaultTarget.OfLink("*", "stock"));
        assertThat(fault.lasting()).isEmpty();
    }

    @Test
    void then_restart_undoes_at_once_unless_for_says_when() {
        assertThat(ScheduledFault.parse("{kill: stock, then: restart}").lasting())
                .contains(Duration.ZERO);
        assertThat(ScheduledFault.parse("{for: 2s, kill: stock, then: restart}").lasting())
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void a_schedule_is_no_single_fault() {
        assertThatThrownBy(() -> ScheduledFault.parse("{random: [kill]}"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("one fault is expected");
    }

    private ResolvedPlan plan(String faults) throws IOException {
        Files.createDirectories(folder.resolve("features"));
        Path file = Files.writeString(folder.resolve("verdict.yaml"), """
                plan: shop
                vars: { wait: 4s }
                system:
                  services:
                    stock: { command: [stock], ports: { http: {} } }
                    orders: { command: [orders, "${stock.http.url}"] }
                phases:
                  - name: chaos
                    suites:
                      - name: orders
                        features: features
                        faults: %s
                """.formatted(faults));
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.of(7), Map.of()))
                .getFirst();
    }

    @Test
    void faults_stand_in_a_suite_with_variables_and_arrows_of_both_kinds() throws IOException {
        ResolvedPlan plan = plan("[{ at: \"${wait}\", for: 1s, stall: orders -> stock }, { kill: stock }]");
        Suite suite = plan.plan().suites().getFirst();

        assertThat(suite.faults())
                .containsExactly(
                        ScheduledFault.once(
                                new LinkFault.Stall(),
                                new FaultTarget.OfLink("orders", "stock"),
                                Duration.ofSeconds(4),
                                Optional.of(Duration.ofSeconds(1))),
                        ScheduledFault.once(
                                new ServiceFault.Kill("KILL"),
                                new FaultTarget.OfService("stock"),
                                Duration.ZERO,
                                Optional.empty()));
        assertThat(PlanReader.fromCanonical(plan.canonical(), plan.file())).isEqualTo(plan.plan());
        assertThat(EffectivePlan.print(plan)).contains("at: 4s", "stall: \"orders→stock\"");
        assertThat(plan.canonical()).contains("\"stall\":\"orders→stock\"");
    }

    @Test
    void one_entry_needs_no_list_and_a_schedule_has_defaults() throws IOException {
        Suite suite = plan("{ random: [kill, delay], targets: [stock] }")
                .plan()
                .suites()
                .getFirst();

        assertThat(suite.faults())
                .containsExactly(new RandomFaults(
                        List.of("kill", "delay"),
                        List.of(new FaultTarget.OfService("stock")),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10)));
    }
}
