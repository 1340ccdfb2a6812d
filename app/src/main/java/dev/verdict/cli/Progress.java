package dev.verdict.cli;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioRecord;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.Plan;
import dev.verdict.run.Judging;
import dev.verdict.target.LoadMeasured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/// Tells whoever watches what a run does: lines that stay, and on a terminal one that is rewritten.
final class Progress implements Journal {
    private static final int ERROR_LINES = 12;
    private static final long REFRESH = Duration.ofMillis(100).toNanos();

    private final LoadSeconds loads = new LoadSeconds();
    private final Terminal terminal;
    private final StatusLine status;
    private final Plan plan;
    private final boolean verbose;
    private final Map<String, Event.ScenarioFound> found = new LinkedHashMap<>();
    private final Set<String> blockedBy = new HashSet<>();
    private final Map<String, List<Event>> told = new LinkedHashMap<>();
    private final Set<String> starting = new LinkedHashSet<>();
    private final Map<String, String> running = new LinkedHashMap<>();
    private final Set<String> leftOutFor = new HashSet<>();
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Map<String, int[]> operations = new HashMap<>();
    private int selected;
    private int ended;
    private int bad;
    private boolean over;
    private long shown = System.nanoTime() - REFRESH;

    /// @param verbose whether passed scenarios get a line, too
    Progress(Terminal terminal, Plan plan, boolean verbose) {
        this.terminal = terminal;
        this.plan = plan;
        this.status = new StatusLine(terminal);
        this.verbose = verbose;
    }

    @Override
    public synchronized void emit(Event event) {
        switch (event) {
            case Event.RunStarted run -> header(run);
            case Event.ImagePreparing image -> line("  " + terminal.dim(image.step()));
            case Event.ServiceStarting service -> starting.add(service.service());
            case Event.ServiceReady service -> ready(service);
            case Event.ServiceFailed service -> failed(service);
            case Event.ServiceExited service -> exited(service);
            case Event.PhaseStarted phase -> line(terminal.bold("phase " + phase.phase()));
            case Event.SuiteStarted suite -> suite(suite);
            case Event.ScenarioFound scenario -> {
                found.put(scenario.id(), scenario);
                keep(scenario.id(), event);
            }
            case Event.ScenarioStarted scenario -> {
                running.put(scenario.id(), name(scenario.id()));
                keep(scenario.id(), event);
            }
            case Event.StepEnded step -> keep(step.scenario(), event);
            case Event.Checked check -> keep(check.scenario(), event);
            case Event.Observed observed -> keep(observed.scenario(), event);
            case Event.LoadStarted load -> keep(load.scenario(), event);
            case Event.LoadInterval load -> second(load);
            case Event.LoadEnded load -> keep(load.scenario(), event);
            case Event.WorkloadStarted workload -> keep(workload.scenario(), event);
            case Event.OperationEnded operation -> operation(operation);
            case Event.WorkloadEnded workload -> keep(workload.scenario(), event);
            case Event.TrafficCounted traffic -> keep(traffic.from(), event);
            case Event.ScenarioBlocked scenario -> blocked(scenario);
            case Event.ScenarioSkipped scenario -> keep(scenario.id(), event);
            case Event.ScenarioEnded scenario -> scenarioEnded(scenario);
            case Event.FaultStarted fault -> faultStarted(fault);
            case Event.FaultEnded fault -> faultEnded(fault);
            case Event.FaultLeftOut left -> leftOut(left);
            case Event.RunInterrupted interrupted -> line(terminal.yellow(interrupted.reason()));
            case Event.OrphanFound orphan ->
                line(terminal.red("orphan ") + orphan.kind() + " " + orphan.what() + " " + orphan.detail());
            case Event.EnvironmentFailed failure -> line(terminal.red("FAILED ") + failure.reason());
            case Event.HarnessFailed failure -> line(terminal.red(failure.room() + ": ") + failure.message());
            case Event.VerdictReached _ -> {
                status.clear();
                over = true;
            }
            default -> {}
        }
        if (!over && !(event instanceof Event.OperationEnded && isRecent())) {
            status.show(now());
        }
    }

    /// Operations come by the thousand: not each is worth a new line.
    private boolean isRecent() {
        long time = System.nanoTime();
        boolean recent = time - shown < REFRESH;
        shown = recent ? shown : time;
        return recent;
    }

    private void header(Event.RunStarted run) {
        line("%s  run %s  seed %d".formatted(terminal.bold(plan.name()), run.run(), run.seed()));
    }

    private void ready(Event.ServiceReady service) {
        starting.remove(service.service());
        line("  %-16s ready in %s".formatted(service.service(), seconds(service.took())));
    }

    private void failed(Event.ServiceFailed service) {
        starting.remove(service.service());
        line("  %s %s: %s".formatted(terminal.red("FAILED"), service.service(), service.reason()));
        if (!service.probe().isEmpty()) {
            line("      last probe: " + service.probe());
        }
        service.lastLines().forEach(text -> line("      " + terminal.dim(text)));
    }

    private void exited(Event.ServiceExited service) {
        if (!service.expected()) {
            line("  %s %s ended by itself with exit code %d"
                    .formatted(terminal.red("EXITED"), service.service(), service.exitCode()));
            service.lastLines().forEach(text -> line("      " + terminal.dim(text)));
        }
    }

    private void faultStarted(Event.FaultStarted fault) {
        faults.put(fault.id(), fault.target());
        line("    %s %s %s".formatted(terminal.yellow("fault " + fault.id()), fault.target(), fault.summary()));
    }

    private void faultEnded(Event.FaultEnded fault) {
        String target = faults.remove(fault.id());
        line("    %s %s: %s".formatted(terminal.yellow("fault " + fault.id()), target, fault.how()));
    }

    /// A long schedule may be left out for one reason many times: that is told once.
    private void leftOut(Event.FaultLeftOut left) {
        if (leftOutFor.add(left.reason())) {
            line("    %s %s: %s".formatted(terminal.yellow("LEFT OUT"), left.by(), left.reason()));
        }
    }

    /// Counts: all operations, and those of unknown outcome.
    private void operation(Event.OperationEnded operation) {
        keep(operation.scenario(), operation);
        int[] counts = operations.computeIfAbsent(operation.scenario(), _ -> new int[2]);
        counts[0]++;
        counts[1] += operation.outcome() == Event.OperationOutcome.UNKNOWN ? 1 : 0;
        running.computeIfPresent(
                operation.scenario(),
                (id, _) -> "%s (%,d operations%s)"
                        .formatted(name(id), counts[0], counts[1] == 0 ? "" : ", %,d unknown".formatted(counts[1])));
    }

    private void second(Event.LoadInterval load) {
        keep(load.scenario(), load);
        String words = loads.words(load);
        running.computeIfPresent(load.scenario(), (id, _) -> name(id) + " (" + words + ")");
    }

    /// Says what a load came to, whether it passed or not.
    private void load(String scenario, MemoryJournal journal) {
        LoadMeasured.of(new ScenarioRecord(scenario, Optional.empty(), "", journal.entries()))
                .filter(load -> load.total() > 0)
                .ifPresent(load -> {
                    Histogram response = load.histogram(Event.LoadInterval::response);
                    line(String.format(
                            Locale.ROOT,
                            "    %s  %,d requests, %,d errors, p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                            name(scenario),
                            load.total(),
                            load.total() - load.answered(),
                            response.getValueAtPercentile(50) / 1e6,
                            response.getValueAtPercentile(99) / 1e6,
                            response.getMaxValue() / 1e6));
                });
    }

    private void suite(Event.SuiteStarted suite) {
        selected += suite.selected();
        line("  " + suite.suite() + ": " + ListCommand.scenarios(suite.selected()));
    }

    private void blocked(Event.ScenarioBlocked scenario) {
        ended++;
        bad++;
        if (blockedBy.add(scenario.reason())) {
            line("  " + terminal.red("BLOCKED") + " " + scenario.reason());
        }
    }

    /// Says what a scenario came to: the same judges as the run's look at its part of the journal.
    private void scenarioEnded(Event.ScenarioEnded scenario) {
        keep(scenario.id(), scenario);
        List<Event> events = Objects.requireNonNull(told.remove(scenario.id()), scenario.id());
        running.remove(scenario.id());
        ended++;
        MemoryJournal journal = new MemoryJournal();
        events.forEach(journal::emit);
        load(scenario.id(), journal);
        for (ScenarioResult result : Judging.judge(plan, journal.entries()).scenarios()) {
            if (result.outcome().compareTo(Outcome.PASSED) > 0) {
                bad++;
                notPassed(result, events);
            } else if (verbose) {
                line("    %s %s  %s".formatted(terminal.green("passed"), result.name(), seconds(result.took())));
            }
        }
    }

    private void notPassed(ScenarioResult result, List<Event> events) {
        String word = result.outcome().name();
        line("    %s %s"
                .formatted(
                        result.outcome() == Outcome.FAILED ? terminal.red(word) : terminal.yellow(word),
                        result.name()));
        List<Event.StepEnded> steps = events.stream()
                .filter(Event.StepEnded.class::isInstance)
                .map(Event.StepEnded.class::cast)
                .filter(step -> step.status() != Event.StepStatus.PASSED && step.status() != Event.StepStatus.SKIPPED)
                .toList();
        steps.forEach(step -> step(result.uri(), step));
        if (steps.isEmpty()) {
            line("      %s  %s".formatted(terminal.dim(result.place()), result.reason()));
        } else if (result.outcome() != Outcome.FAILED) {
            line("      " + result.reason());
        }
    }

    private void step(String uri, Event.StepEnded step) {
        line("      %s  %s".formatted(terminal.dim(uri + ":" + step.line()), step.text()));
        step.error().ifPresent(error -> error.lines().limit(ERROR_LINES).forEach(text -> line("        " + text)));
    }

    /// Keeps what is told about a scenario; other traffic than a scenario's is not looked at.
    private void keep(String scenario, Event event) {
        if (found.containsKey(scenario)) {
            told.computeIfAbsent(scenario, _ -> new ArrayList<>()).add(event);
        }
    }

    private String name(String id) {
        Event.ScenarioFound scenario = found.get(id);
        return scenario == null ? id : scenario.name();
    }

    private String now() {
        if (!starting.isEmpty()) {
            return "starting " + String.join(", ", starting);
        }
        if (selected == 0) {
            return "";
        }
        String current = running.isEmpty() ? "" : "  " + String.join(", ", running.values());
        return "%d/%d scenarios%s%s".formatted(ended, selected, bad == 0 ? "" : ", " + bad + " not passed", current);
    }

    private void line(String text) {
        status.clear();
        terminal.line(text);
    }

    static String seconds(Duration took) {
        return "%.2f s".formatted(took.toNanos() / 1e9);
    }
}
