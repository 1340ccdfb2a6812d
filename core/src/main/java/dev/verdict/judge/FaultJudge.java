package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds faults that proved nothing: planned and not begun, failed to act or to end, or without
/// anybody who looked. Remarks on scenarios that met faults and checked only after all had healed.
///
/// Faults that somebody asked for by hand are that person's to look at.
public final class FaultJudge implements Judge {
    /// A fault that is over at once is seen by what follows: by whether the system recovers.
    private static final String OVER = "over";

    /// Kinds whose point may be what is there after the service came back: they, too, are seen by
    /// whatever follows.
    private static final Set<String> ENDS_LIFE = Set.of("kill", "stop", "crashLoop");

    private static final Set<String> ENDED_WELL = Set.of("undone", OVER);
    private static final String BY_HAND = "hand";

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public List<Finding> judge(RunRecord run) {
        List<Acted> acted = acted(run);
        List<Finding> findings = new ArrayList<>(neverBegan(run, acted));
        if (!acted.isEmpty()) {
            Looks looks = Looks.of(run);
            acted.stream()
                    .filter(fault -> !fault.start().event().by().equals(BY_HAND))
                    .forEach(fault -> wrong(fault, looks).ifPresent(findings::add));
            findings.addAll(healedFirst(run, acted));
        }
        return findings;
    }

    /// Is a fault that began.
    ///
    /// @param to the time in nanoseconds until which what is seen is seen under it
    private record Acted(Told<Event.FaultStarted> start, Optional<Told<Event.FaultEnded>> end, long from, long to) {
        String words() {
            Event.FaultStarted fault = start.event();
            return "fault %s, %s of %s".formatted(fault.id(), fault.kind(), fault.target());
        }
    }

    private static List<Acted> acted(RunRecord run) {
        Map<String, Told<Event.FaultEnded>> ends = run.all(Event.FaultEnded.class).stream()
                .collect(Collectors.toMap(told -> told.event().id(), Function.identity(), (first, _) -> first));
        Map<Long, Long> times = new HashMap<>();
        for (Class<?> kind : List.of(Event.FaultStarted.class, Event.FaultEnded.class)) {
            run.byKind().getOrDefault(kind, List.of()).forEach(entry -> times.put(entry.seq(), entry.nanos()));
        }
        return run.all(Event.FaultStarted.class).stream()
                .map(start -> {
                    Optional<Told<Event.FaultEnded>> end =
                            Optional.ofNullable(ends.get(start.event().id()));
                    long from = times.getOrDefault(start.seq(), 0L);
                    boolean outlasts = ENDS_LIFE.contains(start.event().kind());
                    long to = end.filter(
                                    told -> !outlasts && !told.event().how().equals(OVER))
                            .map(told -> times.getOrDefault(told.seq(), 0L))
                            .orElse(Long.MAX_VALUE);
                    return new Acted(start, end, from, to);
                })
                .toList();
    }

    /// Finds planned faults without a start: one finding for all of a suite with the same reason.
    private List<Finding> neverBegan(RunRecord run, List<Acted> acted) {
        Set<String> began =
                acted.stream().map(fault -> fault.start().event().by()).collect(Collectors.toSet());
        Map<String, String> reasons = run.all(Event.FaultLeftOut.class).stream()
                .map(Told::event)
                .collect(Collectors.toMap(Event.FaultLeftOut::by, Event.FaultLeftOut::reason, (first, _) -> first));
        Map<String, List<Told<Event.FaultPlanned>>> alike = new TreeMap<>();
        for (Told<Event.FaultPlanned> planned : run.all(Event.FaultPlanned.class)) {
            if (!began.contains(planned.event().by())) {
                String reason = reasons.getOrDefault(planned.event().by(), "nothing says why");
                alike.computeIfAbsent(planned.event().suite() + "\n" + reason, _ -> new ArrayList<>())
                        .add(planned);
            }
        }
        List<Finding> findings = new ArrayList<>();
        alike.forEach((key, planned) -> findings.add(new Finding(
                name(),
                Outcome.INCONCLUSIVE,
                "run",
                neverBegan(planned, key.substring(key.indexOf('\n') + 1)),
                planned.stream().map(Told::seq).toList())));
        return findings;
    }

    private static String neverBegan(List<Told<Event.FaultPlanned>> planned, String reason) {
        Event.FaultPlanned first = planned.getFirst().event();
        String others = planned.size() == 1 ? "" : " and %d others".formatted(planned.size() - 1);
        return "suite \"%s\": the fault %s%s never began: %s".formatted(first.suite(), first.fault(), others, reason);
    }

    private Optional<Finding> wrong(Acted fault, Looks looks) {
        if (fault.end().isEmpty()) {
            return Optional.of(finding(fault, "%s did not end".formatted(fault.words())));
        }
        String how = fault.end().get().event().how();
        if (!ENDED_WELL.contains(how)) {
            return Optional.of(finding(fault, "%s did not act as it should: %s".formatted(fault.words(), how)));
        }
        return looks.any(fault.from(), fault.to())
                ? Optional.empty()
                : Optional.of(finding(
                        fault,
                        "%s (%s): nothing was observed while it acted"
                                .formatted(fault.words(), fault.start().event().by())));
    }

    private Finding finding(Acted fault, String message) {
        return new Finding(
                name(),
                Outcome.INCONCLUSIVE,
                "run",
                message,
                List.of(fault.start().seq()));
    }

    /// A scenario that ran under faults and checked only when none acted any more says that the
    /// system recovers, and nothing about how it is meanwhile.
    private List<Finding> healedFirst(RunRecord run, List<Acted> acted) {
        List<Finding> findings = new ArrayList<>();
        for (ScenarioRecord scenario : run.scenarios()) {
            List<Entry> checks = scenario.entries().stream()
                    .filter(entry -> entry.event() instanceof Event.Checked)
                    .toList();
            if (checks.isEmpty()) {
                continue;
            }
            long began = scenario.entries().stream()
                    .filter(entry -> entry.event() instanceof Event.ScenarioStarted)
                    .mapToLong(Entry::nanos)
                    .min()
                    .orElse(Long.MAX_VALUE);
            long first = firstLook(scenario, checks.getFirst());
            List<Acted> met = acted.stream()
                    .filter(fault -> fault.to() != Long.MAX_VALUE && fault.to() >= began && fault.from() < first)
                    .toList();
            if (!met.isEmpty() && met.stream().allMatch(fault -> fault.to() < first)) {
                findings.add(new Finding(
                        name(),
                        Outcome.PASSED,
                        scenario.id(),
                        "\"%s\": its first check came after every fault had ended".formatted(scenario.name()),
                        List.of(checks.getFirst().seq())));
            }
        }
        return findings;
    }

    /// Returns when the step of the first check began.
    private static long firstLook(ScenarioRecord scenario, Entry check) {
        int index = ((Event.Checked) check.event()).step();
        return scenario.entries().stream()
                .filter(entry -> entry.event() instanceof Event.StepEnded step && step.index() == index)
                .mapToLong(entry -> Looks.began(entry, (Event.StepEnded) entry.event()))
                .findFirst()
                .orElse(check.nanos());
    }
}
