package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sorts a journal's entries by what they are about: a scenario, a service, or the run.
final class Chronicle {
    private final List<Entry> entries;
    private final Map<String, List<Entry>> scenarios = new LinkedHashMap<>();
    private final Map<String, List<Entry>> services = new LinkedHashMap<>();
    private final List<Entry> run = new ArrayList<>();

    private Chronicle(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    static Chronicle of(List<Entry> entries) {
        Chronicle chronicle = new Chronicle(entries);
        chronicle.entries.forEach(chronicle::sort);
        return chronicle;
    }

    List<Entry> entries() {
        return entries;
    }

    Facts run() {
        return new Facts(run);
    }

    Facts scenario(String id) {
        return new Facts(scenarios.getOrDefault(id, List.of()));
    }

    /// Returns what is known about each service, in the order of its first event.
    Map<String, Facts> services() {
        Map<String, Facts> facts = new LinkedHashMap<>();
        services.forEach((name, about) -> facts.put(name, new Facts(about)));
        return facts;
    }

    Optional<Event.RunStarted> started() {
        return run().first(Event.RunStarted.class);
    }

    /// Returns the wall time of the journal's start; the epoch for an empty journal.
    Instant startedAt() {
        return entries.isEmpty()
                ? Instant.EPOCH
                : entries.getFirst().at().minusNanos(entries.getFirst().nanos());
    }

    /// Returns how long the run took, or until when it is known if it was cut off.
    Duration took() {
        return run().first(Event.RunEnded.class)
                .map(Event.RunEnded::took)
                .orElseGet(() -> entries.isEmpty()
                        ? Duration.ZERO
                        : Duration.ofNanos(entries.getLast().nanos()));
    }

    /// Tells whether the journal stops before the run's teardown.
    boolean cutOff() {
        return run().first(Event.TeardownEnded.class).isEmpty();
    }

    private void sort(Entry entry) {
        switch (entry.event()) {
            case Event.ServiceStarting event -> service(event.service(), entry);
            case Event.ServiceStarted event -> service(event.service(), entry);
            case Event.ServiceReady event -> service(event.service(), entry);
            case Event.ServiceFailed event -> service(event.service(), entry);
            case Event.ServiceStopping event -> service(event.service(), entry);
            case Event.ServicePaused event -> service(event.service(), entry);
            case Event.ServiceResumed event -> service(event.service(), entry);
            case Event.ServiceExited event -> service(event.service(), entry);
            case Event.ResourcesSampled event -> service(event.service(), entry);
            case Event.ScenarioFound event -> scenario(event.id(), entry);
            case Event.ScenarioStarted event -> scenario(event.id(), entry);
            case Event.ScenarioBlocked event -> scenario(event.id(), entry);
            case Event.ScenarioSkipped event -> scenario(event.id(), entry);
            case Event.ScenarioEnded event -> scenario(event.id(), entry);
            case Event.StepEnded event -> scenario(event.scenario(), entry);
            case Event.Observed event -> scenario(event.scenario(), entry);
            case Event.Checked event -> scenario(event.scenario(), entry);
            case Event.Attached event -> scenario(event.scenario(), entry);
            case Event.ValueReported event -> scenario(event.scenario(), entry);
            case Event.LoadStarted event -> scenario(event.scenario(), entry);
            case Event.LoadInterval event -> scenario(event.scenario(), entry);
            case Event.LoadEnded event -> scenario(event.scenario(), entry);
            case Event.WorkloadStarted event -> scenario(event.scenario(), entry);
            case Event.OperationEnded event -> scenario(event.scenario(), entry);
            case Event.WorkloadEnded event -> scenario(event.scenario(), entry);
            case Event.TrafficCounted event -> {
                if (scenarios.containsKey(event.from())) {
                    scenario(event.from(), entry);
                } else {
                    service(event.from(), entry);
                }
            }
            case Event.RunStarted _,
                    Event.RunInterrupted _,
                    Event.VerdictReached _,
                    Event.TeardownEnded _,
                    Event.RunEnded _,
                    Event.ImagePreparing _,
                    Event.ArtifactReady _,
                    Event.MetricSampled _,
                    Event.MetricMissing _,
                    Event.FaultPlanned _,
                    Event.FaultLeftOut _,
                    Event.FaultStarted _,
                    Event.FaultEnded _,
                    Event.OrphanFound _,
                    Event.OrphanRemoved _,
                    Event.OrphansAudited _,
                    Event.PhaseStarted _,
                    Event.PhaseEnded _,
                    Event.SuiteStarted _,
                    Event.SuiteEnded _,
                    Event.HarnessFailed _,
                    Event.EnvironmentFailed _,
                    Event.UnknownEvent _ -> run.add(entry);
        }
    }

    private void scenario(String id, Entry entry) {
        scenarios.computeIfAbsent(id, _ -> new ArrayList<>()).add(entry);
    }

    private void service(String name, Entry entry) {
        services.computeIfAbsent(name, _ -> new ArrayList<>()).add(entry);
    }
}
