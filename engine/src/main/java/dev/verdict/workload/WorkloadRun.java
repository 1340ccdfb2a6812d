package dev.verdict.workload;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.OperationOutcome;
import dev.verdict.journal.Journal;
import dev.verdict.plan.Text;
import dev.verdict.plan.Workload;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Runs one workload: its clients act while faults do, and look once more when these are undone.
public final class WorkloadRun {
    private final String scenario;
    private final Workload workload;
    private final Setting setting;
    private final Journal journal;
    private final Recorder recorder;
    private final AtomicLong processes = new AtomicLong();

    /// Is what a workload runs in.
    ///
    /// @param seed of every choice
    /// @param references answers what the plan's texts refer to
    /// @param directory the plan's folder
    /// @param marks variables by which the audit knows a program of the run
    /// @param drivers where JDBC drivers are found
    public record Setting(
            long seed,
            Function<Text.Reference, String> references,
            Path directory,
            Map<String, String> marks,
            ClassLoader drivers) {
        public Setting {
            marks = Map.copyOf(marks);
        }
    }

    /// Prepares a workload, and tells the journal that it begins.
    ///
    /// @param scenario its id
    public WorkloadRun(String scenario, Workload workload, Setting setting, Journal journal) {
        this.scenario = scenario;
        this.workload = filled(workload, setting.references());
        this.setting = setting;
        this.journal = journal;
        journal.emit(new Event.WorkloadStarted(scenario, workload.model().id(), workload.clients()));
        this.recorder = new Recorder(scenario, journal, workload.keys() > 1);
    }

    /// Lets the clients act for as long as the plan says, and waits until each has its last answer.
    ///
    /// @throws InterruptedException if the thread was interrupted; no client acts any more
    public void act() throws InterruptedException {
        Chooser.Shared shared = new Chooser.Shared();
        long until = System.nanoTime() + workload.lasting().toNanos();
        Crew crew = new Crew(scenario, journal);
        for (int index = 0; index < workload.clients(); index++) {
            long seed = setting.seed() * 31 + scenario.hashCode() * 1_000_003L + index;
            Chooser chooser = new Chooser(workload, shared, seed);
            Pacer pacer = Pacer.of(workload, index);
            Node node = node(index);
            crew.start("client-" + index, () -> act(node, chooser, pacer, until));
        }
        crew.join();
    }

    private void act(Node node, Chooser chooser, Pacer pacer, long until) throws InterruptedException {
        try (Client client = new Client(workload, node, recorder, processes)) {
            while (pacer.awaitNext(until)) {
                Chosen chosen = chooser.next();
                Ended ended = client.perform(chosen);
                chooser.done(chosen, ended.outcome() == OperationOutcome.OK, seen(chosen, ended));
                if (ended.outcome() == OperationOutcome.UNKNOWN) {
                    Pacer.rest();
                }
            }
        }
    }

    /// What is there after a cas is the second of its pair.
    private static JsonNode seen(Chosen chosen, Ended ended) {
        return chosen.function().equals("cas") && ended.seen().isArray()
                ? ended.seen().get(1)
                : ended.seen();
    }

    /// Looks at everything once more, at each node, and tells the journal that the workload has
    /// ended. To be called when no fault acts any more.
    public void settle() throws InterruptedException {
        Optional<String> unsettled =
                workload.model().look().isPresent() && !workload.operations().isEmpty()
                        ? new LastLooks(workload, this::node, recorder, processes, new Crew(scenario, journal)).look()
                        : Optional.empty();
        journal.emit(new Event.WorkloadEnded(scenario, recorder.count(), unsettled));
    }

    private Node node(int index) {
        String address = workload.at().isEmpty()
                ? ""
                : workload.at().get(index % workload.at().size()).resolve(reference -> {
                    throw new IllegalStateException("not filled in before: " + reference);
                });
        return new Node(
                address,
                new Node.Surroundings(setting.directory(), setting.marks(), setting.drivers(), workload.timeout()));
    }

    private static Workload filled(Workload workload, Function<Text.Reference, String> references) {
        Function<Text, Text> fill = text -> text.filled(reference ->
                reference instanceof Text.Input ? Optional.empty() : Optional.of(references.apply(reference)));
        Map<String, Workload.Operation> operations = new LinkedHashMap<>();
        workload.operations()
                .forEach((name, operation) -> operations.put(
                        name,
                        new Workload.Operation(
                                filled(operation.action(), fill),
                                operation.weight(),
                                operation.ok(),
                                operation.fail(),
                                operation.empty(),
                                operation.result())));
        return new Workload(
                workload.model(),
                workload.at().stream().map(fill).toList(),
                workload.clients(),
                workload.lasting(),
                workload.rate(),
                workload.keys(),
                workload.timeout(),
                workload.settle(),
                operations);
    }

    private static Workload.Action filled(Workload.Action action, Function<Text, Text> fill) {
        return switch (action) {
            case Workload.Http http -> {
                Map<String, Text> headers = new LinkedHashMap<>();
                http.headers().forEach((name, text) -> headers.put(name, fill.apply(text)));
                yield new Workload.Http(http.method(), fill.apply(http.target()), headers, fill.apply(http.body()));
            }
            case Workload.Redis redis -> new Workload.Redis(words(redis.words(), fill));
            case Workload.Sql sql -> new Workload.Sql(fill.apply(sql.statement()));
            case Workload.Command command -> new Workload.Command(words(command.words(), fill));
        };
    }

    private static List<Text> words(List<Text> words, Function<Text, Text> fill) {
        return words.stream().map(fill).toList();
    }
}
