package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.LocalEnvironment;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Plan;
import dev.verdict.plan.ResolvedPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What a command is told by its environment.
final class CommandStepsTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX) // Elsewhere nobody can see another process's variables.
    void what_a_command_leaves_running_is_found_as_an_orphan() throws Exception {
        MemoryJournal journal = new MemoryJournal();
        ResolvedPlan plan = new ResolvedPlan(
                new Plan("test", 1, Map.of(), List.of(), Map.of(), List.of()),
                folder.resolve("verdict.yaml"),
                "{}",
                "",
                Map.of());
        long left;
        try (LocalEnvironment environment = new LocalEnvironment(
                plan,
                RunFolder.of(folder, "test-run"),
                journal,
                Redactor.NONE,
                (service, reference) -> reference.toString())) {
            environment.up();
            Script script = new Script(folder);
            script.system.with(environment);
            script.run("When the command \"setsid sleep 301 & echo $! > left\" is run", "Then the exit code is 0")
                    .passed();
            left = Long.parseLong(Files.readString(folder.resolve("left")).strip());
            assertThat(ProcessHandle.of(left)).isPresent();
        }

        assertThat(journal.all(Event.OrphanFound.class))
                .singleElement()
                .matches(found -> found.service().isEmpty())
                .asString()
                .contains("sleep 301", Long.toString(left));
        assertThat(journal.all(Event.OrphanRemoved.class)).singleElement().matches(Event.OrphanRemoved::removed);
    }

    @Test
    void a_scenario_cannot_unmark_its_commands() throws Exception {
        new Script(folder)
                .run(
                        "Given the environment variable \"VERDICT_MARK\" is set to \"none\"",
                        "When the command \"echo $VERDICT_MARK\" is run",
                        "Then the output is \"fake\"")
                .passed();
    }

    @Test
    void every_port_is_told_by_its_url_host_and_port() throws Exception {
        Script script = new Script(folder).with("stock", 4712);
        script.system.with("back-office", "web.admin", new Endpoint("127.0.0.1", 4711));
        script.run(
                        "When the command \"env | grep '^VERDICT_.*_.*_' | sort\" is run",
                        "Then the output is",
                        "  \"\"\"",
                        "  VERDICT_BACK_OFFICE_WEB_ADMIN_HOST=127.0.0.1",
                        "  VERDICT_BACK_OFFICE_WEB_ADMIN_PORT=4711",
                        "  VERDICT_BACK_OFFICE_WEB_ADMIN_URL=http://127.0.0.1:4711",
                        "  VERDICT_STOCK_HTTP_HOST=127.0.0.1",
                        "  VERDICT_STOCK_HTTP_PORT=4712",
                        "  VERDICT_STOCK_HTTP_URL=http://127.0.0.1:4712",
                        "  \"\"\"")
                .passed();
    }
}
