package dev.verdict.workload;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.Plan;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.Workload;
import dev.verdict.run.Judging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Is a workload that was played from a plan's text, with what the judges say of it.
record Played(MemoryJournal journal, ScenarioResult result) {
    static final String ID = "s/workload";

    /// @param workload the mapping under `workload`, as a plan has it
    static Played of(Path folder, String workload) throws IOException, InterruptedException {
        Path file = Files.writeString(
                folder.resolve("verdict.yaml"),
                "plan: p\nphases:\n  - name: one\n    suites:\n      - name: s\n        workload:\n"
                        + workload.indent(10));
        Plan plan = PlanReader.read(file, new PlanReader.Options(Map.of(), OptionalLong.of(7), Map.of()))
                .getFirst()
                .plan();
        Workload read = plan.suites().getFirst().workload().orElseThrow();
        MemoryJournal journal = new MemoryJournal();
        journal.emit(new Event.ScenarioFound(ID, "s", "workload", "workload", "verdict.yaml", 0, List.of()));
        journal.emit(new Event.SuiteStarted("one", "s", 1));
        journal.emit(new Event.ScenarioStarted(ID));
        WorkloadRun run = new WorkloadRun(
                ID,
                read,
                new WorkloadRun.Setting(
                        7,
                        reference -> {
                            throw new IllegalStateException(reference.toString());
                        },
                        folder,
                        Map.of(),
                        Played.class.getClassLoader()),
                journal);
        run.act();
        run.settle();
        journal.emit(new Event.ScenarioEnded(ID, Duration.ofSeconds(1)));
        ScenarioResult result =
                Judging.judge(plan, journal.entries()).scenarios().getFirst();
        return new Played(journal, result);
    }

    List<Event.OperationEnded> operations() {
        return journal.all(Event.OperationEnded.class);
    }

    List<Event.OperationEnded> operations(String function) {
        return operations().stream()
                .filter(operation -> operation.function().equals(function))
                .toList();
    }
}
