package dev.verdict.run;

import dev.verdict.environment.Endpoint;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.load.Generator;
import dev.verdict.load.LoadJournal;
import dev.verdict.load.client.ClientGenerator;
import dev.verdict.load.client.ClientLoad;
import dev.verdict.load.client.PlannedClients;
import dev.verdict.load.wire.Alone;
import dev.verdict.load.wire.PlannedLoad;
import dev.verdict.load.wire.WireGenerator;
import dev.verdict.plan.Load;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import dev.verdict.plan.Suite;
import dev.verdict.plan.Text;
import dev.verdict.workload.WorkloadRun;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes the loads and workloads of a plan's suites.
///
/// @param references answers what texts refer to, for a scenario
/// @param marks variables by which the audit knows a program of the run
/// @param unique what no other run has
record PlannedActs(
        Journal journal,
        Path directory,
        long seed,
        String unique,
        Function<String, Function<Text.Reference, String>> references,
        Map<String, String> marks)
        implements Beside.Acts {
    PlannedActs {
        marks = Map.copyOf(marks);
    }

    @Override
    public Beside.Act of(Suite suite, String scenario, ClassLoader classes) {
        if (scenario.equals(suite.workloadId())) {
            return workload(suite, scenario, classes);
        }
        Load load = suite.loads().stream()
                .filter(each -> suite.id(each).equals(scenario))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing is called " + scenario));
        return load(load, scenario, classes);
    }

    private Beside.Act workload(Suite suite, String scenario, ClassLoader classes) {
        WorkloadRun run = new WorkloadRun(
                scenario,
                suite.workload().orElseThrow(),
                new WorkloadRun.Setting(seed, references.apply(scenario), directory, marks, classes),
                journal);
        return new Beside.Act() {
            @Override
            public void run() throws InterruptedException {
                run.act();
            }

            @Override
            public void settle() throws InterruptedException {
                run.settle();
            }
        };
    }

    private Beside.Act load(Load load, String scenario, ClassLoader classes) {
        journal.emit(new Event.LoadStarted(scenario, load.words(), load.lasting(), load.errors()));
        return new Beside.Act() {
            @Override
            public void run() throws InterruptedException {
                LoadJournal listener = new LoadJournal(scenario, journal);
                try (Generator generator = asked(load, scenario, classes)) {
                    listener.ended(generator.run(listener));
                } catch (IOException e) {
                    listener.neverBegan(String.valueOf(e.getMessage()));
                }
            }

            @Override
            public void settle() {
                // What a load measured is told when its last answer has come.
            }
        };
    }

    /// Asks alone first what is compared with that, and of a service what only it can say.
    private Generator asked(Load load, String scenario, ClassLoader classes) throws IOException, InterruptedException {
        Set<String> alone = load.requests().stream()
                .filter(Load.Request::alone)
                .map(Load.Request::name)
                .collect(Collectors.toSet());
        long own = seed + scenario.hashCode();
        Function<Text.Reference, String> answers = references.apply(scenario);
        if (!load.isHttp()) {
            var setting = new PlannedClients.Setting(directory, unique, own, classes);
            return new ClientGenerator(learnt(PlannedClients.of(load, setting, answers)));
        }
        return alone.isEmpty()
                ? new WireGenerator(PlannedLoad.of(load, directory, unique, own, answers))
                : new WireGenerator(Alone.asked(PlannedLoad.of(load, directory, unique, own, answers), alone));
    }

    private static ClientLoad learnt(ClientLoad load) throws IOException, InterruptedException {
        try {
            return load.learnt();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Says why a load could not be sent, as far as that can be told without the system.
    ///
    /// @param at where to point when no file of the load's own is wrong
    static List<Problem> refuse(Load load, Path directory, Position at, String words) {
        try (var _ = generator(
                load,
                new PlannedClients.Setting(directory, "", 0, ClassLoader.getSystemClassLoader()),
                PlannedActs::standIn)) {
            return List.of();
        } catch (PlanException e) {
            return e.problems();
        } catch (NoSuchFileException e) {
            return List.of(new Problem(at, words + "the feed '" + load.feed().orElse("") + "' is not there"));
        } catch (IOException e) {
            return List.of(new Problem(at, words + "the feed cannot be read: " + e.getMessage()));
        } catch (IllegalArgumentException e) {
            return List.of(new Problem(at, words + e.getMessage()));
        }
    }

    private static Generator generator(
            Load load, PlannedClients.Setting setting, Function<Text.Reference, String> references) throws IOException {
        return load.isHttp()
                ? new WireGenerator(
                        PlannedLoad.of(load, setting.directory(), setting.unique(), setting.seed(), references))
                : new ClientGenerator(PlannedClients.of(load, setting, references));
    }

    private static String standIn(Text.Reference reference) {
        return reference instanceof Text.Address address
                ? Addresses.render(new Endpoint("127.0.0.1", 1), address.field())
                : "x";
    }
}
