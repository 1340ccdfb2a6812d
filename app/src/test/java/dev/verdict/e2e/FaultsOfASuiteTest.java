package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs plans whose suite has faults, as a user would.
@Tag("slow")
final class FaultsOfASuiteTest {
    private static final String LOOKS = """
            Feature: Looking

              Scenario: The page is there
                When GET "/index.html" is sent to "files"
                Then PATIENCE the status is 200
            """;

    private static final int NOBODY = 65_534;

    private static PlanFolder folder(Path root, String faults, String patience) {
        return PlanFolder.create(root)
                .plan(PlanFolder.ONE_SERVICE.replace(
                        "features: features/", "features: features/\n        faults: " + faults))
                .write("features/looks.feature", LOOKS.replace("PATIENCE ", patience));
    }

    @Test
    void faults_act_at_their_times_and_what_they_end_is_no_crash(@TempDir Path root) throws Exception {
        folder(root, "[{ at: 500ms, for: 1s, pause: files }, { at: 2s, for: 2s, kill: files }]", "within 20 seconds ")
                .write("features/long.feature", """
                        Feature: Long
                          Scenario: It is killed, and back
                            Then within 20 seconds "files" refuses connections
                            And within 20 seconds "files" accepts connections
                        """);

        VerdictProcess.Ended run = VerdictProcess.run(root, "run");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("files is paused", "files is killed (KILL)", "files: undone");
        List<Entry> entries = journal(root).getFirst();
        long suite = nanos(entries, Event.SuiteStarted.class, 0);
        assertThat(Duration.ofNanos(nanos(entries, Event.FaultStarted.class, 0) - suite))
                .isBetween(Duration.ofMillis(400), Duration.ofSeconds(20));
        assertThat(Duration.ofNanos(
                        nanos(entries, Event.FaultEnded.class, 0) - nanos(entries, Event.FaultStarted.class, 0)))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    @Test
    void without_the_rights_or_programs_for_its_faults_a_run_ends_before_it_starts_anything(@TempDir Path root)
            throws Exception {
        folder(root, "[{ at: 1h, memory: files }, { at: 1h, cpu: files }]", "");
        Files.setAttribute(root, "unix:uid", NOBODY);
        Path programs = Files.createDirectory(root.resolve("bin"));

        VerdictProcess.Ended run =
                VerdictProcess.start(asNobody(programs), root, "run").await();

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
        int line = lineOf(root, "memory: files");
        assertThat(run.out())
                .contains("verdict.yaml:%d: fault `memory` of files: this needs the control group".formatted(line))
                .contains("verdict.yaml:%d: fault `cpu` of files: it needs timeout".formatted(line));
        assertThat(journal(root).getFirst()).noneMatch(entry -> entry.event() instanceof Event.ServiceStarted);
        assertNothingIsToldOfFaults(root, run);
    }

    @Test
    void faults_of_a_system_that_does_not_come_up_are_nobodys_business(@TempDir Path root) throws Exception {
        folder(root, "[{ pause: files }, { at: 1s, kill: files }, { random: [delay], for: 30s, quiet: 1s }]", "");
        Path plan = root.resolve("verdict.yaml");
        Files.writeString(plan, Files.readString(plan).replace("/index.html, within: 20s", "/never, within: 1s"));

        VerdictProcess.Ended run = VerdictProcess.run(root, "run");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
        assertThat(run.out()).contains("service files is not ready");
        assertNothingIsToldOfFaults(root, run);
    }

    private static void assertNothingIsToldOfFaults(Path root, VerdictProcess.Ended run) throws IOException {
        assertThat(run.out() + run.err()).doesNotContain("LEFT OUT", "never began");
        assertThat(journal(root).getFirst())
                .noneMatch(entry ->
                        entry.event() instanceof Event.FaultPlanned || entry.event() instanceof Event.FaultLeftOut);
    }

    @Test
    void a_fault_under_which_nobody_looks_and_one_that_never_begins_make_a_run_inconclusive(@TempDir Path root)
            throws Exception {
        folder(root, "[{ at: 1h, pause: files }]", "");
        VerdictProcess.Ended run = VerdictProcess.run(root, "run");

        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(4);
        assertThat(run.out()).contains("\"pause\":\"files\"} never began: the suite ended before");

        VerdictProcess.Ended judged = VerdictProcess.run(root, "judge");
        assertThat(judged.exitCode()).isEqualTo(4);
    }

    @Test
    void the_same_seed_gives_the_same_schedule(@TempDir Path root) throws Exception {
        String faults =
                "{ random: [pause, delay], targets: [files], for: 3s, quiet: 1s, every: 400ms, longest: 300ms }";
        folder(root, faults, "for 3 seconds ");
        for (String seed : List.of("5", "5", "6")) {
            VerdictProcess.Ended run = VerdictProcess.run(root, "run", "--seed", seed);
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        }
        List<List<Event>> planned = journal(root).stream()
                .map(entries -> entries.stream()
                        .map(Entry::event)
                        .filter(Event.FaultPlanned.class::isInstance)
                        .toList())
                .toList();
        assertThat(planned.get(0)).isNotEmpty().isEqualTo(planned.get(1)).isNotEqualTo(planned.get(2));
    }

    @Test
    void an_interrupted_run_leaves_no_fault(@TempDir Path root) throws Exception {
        folder(root, "[{ pause: files }, { at: 1h, kill: files }]", "within 60 seconds ");
        VerdictProcess verdict = VerdictProcess.start(root, "run");
        verdict.awaitOutput("files is paused");
        verdict.interrupt();
        VerdictProcess.Ended ended = verdict.await();

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(130);
        assertThat(ended.out()).contains("files: undone");
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    /// Returns what starts a program as a user who can read everything, as the tests' class path,
    /// and change nothing.
    private static List<String> asNobody(Path programs) {
        return List.of(
                "/usr/bin/setpriv",
                "--reuid=" + NOBODY,
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
                "/usr/bin/env",
                "PATH=" + programs);
    }

    private static int lineOf(Path root, String text) throws IOException {
        List<String> lines = Files.readAllLines(root.resolve("verdict.yaml"));
        return 1
                + lines.indexOf(lines.stream()
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElseThrow());
    }

    /// Returns the entries of every run, the first one first.
    private static List<List<Entry>> journal(Path root) throws IOException {
        try (Stream<Path> runs = Files.list(root.resolve(".verdict/runs"))) {
            return runs.filter(Files::isDirectory)
                    .sorted()
                    .map(run ->
                            JournalReader.read(run.resolve("journal.ndjson")).entries())
                    .toList();
        }
    }

    private static long nanos(List<Entry> entries, Class<? extends Event> kind, int index) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.event()))
                .skip(index)
                .findFirst()
                .orElseThrow()
                .nanos();
    }
}
