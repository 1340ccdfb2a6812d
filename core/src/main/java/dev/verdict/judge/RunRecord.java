package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Holds what a judge looks at: the plan, and the journal as a whole and by scenario.
///
/// @param scenarios in the order in which they are first named
/// @param byKind the entries by their event's class: judges ask for few of very many
public record RunRecord(
        Plan plan, List<Entry> entries, List<ScenarioRecord> scenarios, Map<Class<?>, List<Entry>> byKind) {
    public RunRecord {
        entries = List.copyOf(entries);
        scenarios = List.copyOf(scenarios);
        byKind = Map.copyOf(byKind);
    }

    /// Is an event of one kind with its place in the journal.
    public record Told<E extends Event>(long seq, E event) {}

    /// Sorts a journal's entries by scenario.
    public static RunRecord of(Plan plan, List<Entry> entries) {
        Map<String, List<Entry>> byScenario = new LinkedHashMap<>();
        Map<String, String> phases = new HashMap<>();
        for (Entry entry : entries) {
            scenario(entry.event())
                    .ifPresent(id -> byScenario
                            .computeIfAbsent(id, key -> new ArrayList<>())
                            .add(entry));
            if (entry.event() instanceof Event.SuiteStarted suite) {
                phases.put(suite.suite(), suite.phase());
            }
        }
        // Traffic is of a scenario or of a service: only a scenario that is named elsewhere is one.
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.TrafficCounted traffic && byScenario.containsKey(traffic.from())) {
                byScenario.get(traffic.from()).add(entry);
            }
        }
        List<ScenarioRecord> scenarios = new ArrayList<>();
        byScenario.forEach((id, own) -> scenarios.add(ScenarioRecord.of(id, own, phases)));
        return new RunRecord(
                plan,
                entries,
                scenarios,
                entries.stream()
                        .collect(Collectors.groupingBy(entry -> entry.event().getClass())));
    }

    /// Returns the events of one kind, in order.
    public <E extends Event> List<Told<E>> all(Class<E> kind) {
        return all(byKind.getOrDefault(kind, List.of()), kind);
    }

    /// Returns the events of one kind among some entries, in order.
    static <E extends Event> List<Told<E>> all(List<Entry> entries, Class<E> kind) {
        return entries.stream()
                .filter(entry -> kind.isInstance(entry.event()))
                .map(entry -> new Told<>(entry.seq(), kind.cast(entry.event())))
                .toList();
    }

    private static Optional<String> scenario(Event event) {
        return switch (event) {
            case Event.ScenarioFound found -> Optional.of(found.id());
            case Event.ScenarioStarted started -> Optional.of(started.id());
            case Event.ScenarioBlocked blocked -> Optional.of(blocked.id());
            case Event.ScenarioSkipped skipped -> Optional.of(skipped.id());
            case Event.ScenarioEnded ended -> Optional.of(ended.id());
            case Event.StepEnded step -> Optional.of(step.scenario());
            case Event.Observed observed -> Optional.of(observed.scenario());
            case Event.Checked checked -> Optional.of(checked.scenario());
            case Event.Attached attached -> Optional.of(attached.scenario());
            case Event.ValueReported reported -> Optional.of(reported.scenario());
            case Event.LoadStarted load -> Optional.of(load.scenario());
            case Event.LoadInterval load -> Optional.of(load.scenario());
            case Event.LoadEnded load -> Optional.of(load.scenario());
            case Event.WorkloadStarted workload -> Optional.of(workload.scenario());
            case Event.OperationEnded operation -> Optional.of(operation.scenario());
            case Event.WorkloadEnded workload -> Optional.of(workload.scenario());
            case Event.RunStarted _, Event.RunInterrupted _, Event.TeardownEnded _ -> Optional.empty();
            case Event.VerdictReached _, Event.RunEnded _, Event.HarnessFailed _, Event.EnvironmentFailed _ ->
                Optional.empty();
            case Event.ServiceStarting _, Event.ServiceStarted _, Event.ServiceReady _ -> Optional.empty();
            case Event.ServiceFailed _, Event.ServiceStopping _, Event.ServiceExited _ -> Optional.empty();
            case Event.ServicePaused _, Event.ServiceResumed _, Event.ImagePreparing _ -> Optional.empty();
            case Event.FaultPlanned _, Event.FaultLeftOut _ -> Optional.empty();
            case Event.FaultStarted _, Event.FaultEnded _ -> Optional.empty();
            case Event.ResourcesSampled _, Event.TrafficCounted _, Event.UnknownEvent _ -> Optional.empty();
            case Event.ArtifactReady _, Event.MetricSampled _, Event.MetricMissing _ -> Optional.empty();
            case Event.OrphanFound _, Event.OrphanRemoved _, Event.OrphansAudited _ -> Optional.empty();
            case Event.PhaseStarted _, Event.PhaseEnded _ -> Optional.empty();
            case Event.SuiteStarted _, Event.SuiteEnded _ -> Optional.empty();
        };
    }
}
