package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shows each exit code of `verdict run`, and that its reason is told.
@Tag("slow")
final class OutcomeTest {
    @TempDir
    private Path root;

    @Test
    void a_plan_whose_checks_hold_passes() throws Exception {
        VerdictProcess.Ended ended = run(Features.PASSING);
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.out()).contains("verdict: pass", "2 passed");
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    @Test
    void a_check_that_does_not_hold_fails_and_says_what_was_expected_and_observed() throws Exception {
        VerdictProcess.Ended ended = run(Features.PASSING.replace("the status is 404", "the status is 200"));
        assertThat(ended.exitCode()).as(ended.toString()).isOne();
        assertThat(ended.out()).contains("GET /nothing", "expected 200, but was 404", "features/site.feature:");
    }

    @Test
    void a_scenario_that_only_sets_variables_is_hollow() throws Exception {
        VerdictProcess.Ended ended = run("""
                Feature: hollow
                  Scenario: proves nothing
                    Given a unique value is saved as "colour"
                """);
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(4);
        assertThat(ended.out()).contains("hollow");
    }

    @Test
    void an_undefined_step_is_inconclusive_and_named() throws Exception {
        VerdictProcess.Ended ended = run(Features.PASSING.replace("the status is 404", "the state is 404"));
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(4);
        assertThat(ended.out()).contains("the state is 404", "nearest known step");
    }

    @Test
    void a_service_that_never_gets_ready_blocks_its_scenarios() throws Exception {
        PlanFolder.create(root)
                .plan(PlanFolder.ONE_SERVICE.replace("/index.html, within: 20s", "/never, within: 1s"))
                .write("features/site.feature", Features.PASSING);
        VerdictProcess.Ended ended = VerdictProcess.run(root, "run", ".");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(3);
        assertThat(ended.out()).contains("2 blocked", "files", "/never", "404");
    }

    @Test
    void a_fixed_port_that_is_taken_blocks_and_names_the_holder() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PlanFolder.create(root)
                    .plan(PlanFolder.ONE_SERVICE.replace("{ env: PORT }", "{ fixed: " + holder.getLocalPort() + " }"))
                    .write("features/site.feature", Features.PASSING);
            VerdictProcess.Ended ended = VerdictProcess.run(root, "run", ".");
            assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(3);
            assertThat(ended.out())
                    .contains(
                            "2 blocked",
                            "port " + holder.getLocalPort(),
                            Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void a_folder_without_scenarios_is_inconclusive() throws Exception {
        VerdictProcess.Ended ended = run("Feature: nothing here\n");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(4);
        assertThat(ended.out()).contains("nothing ran");
    }

    @Test
    void a_selection_that_leaves_nothing_says_why() throws Exception {
        PlanFolder.create(root).plan(PlanFolder.ONE_SERVICE).write("features/site.feature", Features.PASSING);
        VerdictProcess.Ended ended = VerdictProcess.run(root, "run", ".", "--name", "zzzz");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(4);
        assertThat(ended.err()).contains("--name zzzz leaves out 2");
        VerdictProcess.Ended broken = VerdictProcess.run(root, "run", ".", "--tags", "@a and (");
        assertThat(broken.exitCode()).as(broken.toString()).isEqualTo(2);
        assertThat(broken.err()).contains("--tags");
    }

    @Test
    void seven_mistakes_give_seven_messages_with_their_positions() throws Exception {
        PlanFolder.create(root).plan("""
                plan: small
                sede: 1
                system:
                  services:
                    files:
                      command: [sh, -c, "exit 0"]
                      needs: [fiels]
                      ports: { http: { fixed: 99999 } }
                      ready: { http: /health, within: soon }
                      env: { A: "${unset_variable}", B: "${other.http.url}" }
                phases:
                  - name: all
                    suites:
                      - name: site
                        features: faetures/
                """);
        VerdictProcess.Ended ended = VerdictProcess.run(root, "run", ".");
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.err().lines().filter(line -> line.matches(".*verdict\\.yaml:\\d+:\\d+: .*")))
                .as(ended.err())
                .hasSize(7);
        assertThat(ended.err())
                .contains(
                        "yaml:2:1:", "did you mean 'seed'", "did you mean 'files'", "7 mistakes; nothing was started");
        assertThat(root.resolve(".verdict")).doesNotExist();
    }

    @Test
    void a_workload_is_not_repeated_and_a_run_that_asks_for_it_is_refused() throws Exception {
        String workload = """
                    workload:
                      model: register
                      for: 200ms
                      operations:
                        write: { command: [echo, "${value}"] }
                        read: { command: [echo, "1"] }
            """;
        PlanFolder.create(root)
                .plan(PlanFolder.ONE_SERVICE + workload.indent(0))
                .write("features/site.feature", Features.PASSING);
        VerdictProcess.Ended refused = VerdictProcess.run(root, "run", ".", "--repeat", "2");
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(2);
        assertThat(refused.err()).contains("--repeat", "leave out site/workload");
        assertThat(root.resolve(".verdict/runs")).doesNotExist();
        VerdictProcess.Ended without =
                VerdictProcess.run(root, "run", ".", "--repeat", "2", "--name", "its page is served");
        assertThat(without.exitCode()).as(without.toString()).isZero();
    }

    @Test
    void ctrl_c_tears_down_and_exits_130() throws Exception {
        PlanFolder.create(root).plan(PlanFolder.ONE_SERVICE).write("features/site.feature", Features.PASSING);
        VerdictProcess verdict = VerdictProcess.start(root, "run", ".", "--repeat", "10000");
        verdict.awaitOutput("2 scenarios", "20000 scenarios");
        verdict.interrupt();
        VerdictProcess.Ended ended = verdict.await();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(130);
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    @Test
    void a_service_brought_up_by_hand_answers_until_it_is_taken_down() throws Exception {
        PlanFolder.create(root).plan(PlanFolder.ONE_SERVICE).write("features/site.feature", Features.PASSING);
        VerdictProcess.Ended up = VerdictProcess.run(root, "up", "-d");
        assertThat(up.exitCode()).as(up.toString()).isZero();
        assertThat(up.out()).contains("files.http");
        assertThat(Leftovers.processes(root.toString())).isNotEmpty();
        VerdictProcess.Ended logs = VerdictProcess.run(root, "logs", "files");
        assertThat(logs.out()).as(logs.toString()).contains("files", "Serving");
        VerdictProcess.Ended down = VerdictProcess.run(root, "down");
        assertThat(down.exitCode()).as(down.toString()).isZero();
        assertThat(down.out()).contains("ended run");
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    @Test
    void a_full_disk_ends_the_run_with_an_error_and_nothing_left() throws Exception {
        PlanFolder.create(root).plan(PlanFolder.ONE_SERVICE).write("features/site.feature", Features.PASSING);
        List<String> small = List.of("sh", "-c", "ulimit -f 128; exec \"$@\"", "sh");
        VerdictProcess.Ended ended =
                VerdictProcess.start(small, root, "run", ".", "--repeat", "500").await();
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(4);
        assertThat(ended.err()).contains("journal");
        assertThat(ended.out()).doesNotContain("verdict: pass");
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    @Test
    void init_writes_a_plan_that_passes() throws Exception {
        VerdictProcess.Ended init = VerdictProcess.run(root, "init", "new");
        assertThat(init.exitCode()).as(init.toString()).isZero();
        VerdictProcess.Ended ended = VerdictProcess.run(root, "run", "new");
        assertThat(ended.exitCode()).as(ended.toString()).isZero();
    }

    @Test
    void a_run_is_judged_again_from_a_copy_of_its_journal() throws Exception {
        run(Features.PASSING.replace("the status is 404", "the status is 200"));
        Path run;
        try (var runs = Files.list(root.resolve(".verdict/runs"))) {
            run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Files.copy(run.resolve("journal.ndjson"), elsewhere.resolve("journal.ndjson"));
        VerdictProcess.Ended judged = VerdictProcess.run(root, "judge", elsewhere.toString(), "--json");
        assertThat(judged.exitCode()).as(judged.toString()).isOne();
        assertThat(judged.out()).contains("\"outcome\":\"FAILED\"");
    }

    private VerdictProcess.Ended run(String feature) throws IOException, InterruptedException {
        PlanFolder.create(root).plan(PlanFolder.ONE_SERVICE).write("features/site.feature", feature);
        return VerdictProcess.run(root, "run", ".");
    }
}
