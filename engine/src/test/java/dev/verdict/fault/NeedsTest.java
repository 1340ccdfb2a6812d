package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeedsTest {
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Needs NOBODY = new Needs(false, "/usr/bin:/bin", GROUPS);
    private static final Needs WITHOUT_PROGRAMS = new Needs(true, "/nowhere", GROUPS);

    @TempDir
    Path directory;

    private ResolvedPlan plan(String faults) throws IOException {
        Path file = Files.writeString(directory.resolve("verdict.yaml"), """
                plan: needs
                seed: 7
                system:
                  services:
                    a: { command: [a], network: own, ready: { log: up }, writes: [data] }
                    b: { command: [b], network: own, ready: { log: up }, clock: own }
                    box: { image: verdict-base, ready: { log: up }, writes: [/data, data] }
                phases:
                  - name: all
                    suites:
                      - name: all
                        features: .
                        faults:
                """ + faults.indent(10));
        return PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.empty(), Map.of()))
                .getFirst();
    }

    private List<String> lacking(Needs needs, String faults) throws IOException {
        return needs.lacking(plan(faults), _ -> true).stream()
                .map(told -> told.replace(directory + "/", ""))
                .toList();
    }

    @Test
    void each_lack_is_told_once_with_its_place_and_what_to_do() throws Exception {
        assertThat(lacking(WITHOUT_PROGRAMS, """
                        - { kill: a }
                        - { at: 1s, for: 1s, every: 3s, times: 5, cpu: a }
                        - { partition: a }
                        - { partition: box, for: 1s, at: 1s }
                        - { partition: [a, box], into: halves, at: 2s }
                        """))
                .containsExactly(
                        "verdict.yaml:15: fault `cpu` of a: it needs timeout, not found on the PATH (/nowhere): install it",
                        "verdict.yaml:16: fault `partition` of a: it needs nsenter and nft, not found on the PATH (/nowhere): install it; without, only a container can be cut off, and from all others",
                        "verdict.yaml:18: fault `partition` of a: it needs nsenter and nft, not found on the PATH (/nowhere): install it; without, only a container can be cut off, and from all others",
                        "verdict.yaml:18: fault `partition` of box: it needs nsenter and nft, not found on the PATH (/nowhere): install it; without, only a container can be cut off, and from all others");
    }

    @Test
    void a_container_takes_root_for_what_a_process_of_ones_own_does_not() throws Exception {
        assertThat(lacking(NOBODY, """
                        - { at: 1s, openFiles: a, count: 9 }
                        - { at: 1s, openFiles: box, count: 9 }
                        - { at: 1s, truncate: a, file: data/rows }
                        - { at: 1s, truncate: box, file: data/rows }
                        - { at: 1s, truncate: box, file: /data/rows }
                        - { at: 1s, memory: box }
                        """))
                .hasSize(3)
                .allMatch(told -> told.contains("of box: it needs root"))
                .satisfiesExactly(
                        told -> assertThat(told).startsWith("verdict.yaml:15: fault `openFiles`"),
                        told -> assertThat(told).startsWith("verdict.yaml:18: fault `truncate`"),
                        told -> assertThat(told).startsWith("verdict.yaml:19: fault `memory`"));
    }

    @Test
    void what_a_seed_draws_needs_the_same() throws Exception {
        assertThat(lacking(NOBODY, "- { random: [partition], for: 30s, every: 1s }"))
                .isNotEmpty()
                .allMatch(told -> told.startsWith("verdict.yaml:14: fault `partition` of "))
                .allMatch(told -> told.contains("it needs root"));
    }

    @Test
    void what_is_there_is_not_missing_and_suites_that_do_not_run_need_nothing() throws Exception {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin";
        assertThat(lacking(new Needs(true, path, GROUPS), "- { cpu: a }\n- { at: 1s, delay: a, by: 1s }"))
                .isEmpty();
        assertThat(WITHOUT_PROGRAMS.lacking(plan("- { cpu: a }"), _ -> false)).isEmpty();
    }
}
