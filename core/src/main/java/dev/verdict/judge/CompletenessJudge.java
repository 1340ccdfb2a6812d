package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Finds that a journal is not the whole record of its run: cut off, with gaps, begun but not
/// ended, or written by a Verdict that knows more.
public final class CompletenessJudge implements Judge {
    @Override
    public String name() {
        return "completeness";
    }

    @Override
    public List<Finding> judge(RunRecord run) {
        if (run.entries().isEmpty()) {
            return List.of(finding("the journal is empty", 0));
        }
        List<Finding> findings = new ArrayList<>();
        Entry first = run.entries().getFirst();
        if (!(first.event() instanceof Event.RunStarted)) {
            findings.add(finding("the journal does not begin with the start of a run", first.seq()));
        }
        findings.addAll(gaps(run.entries()));
        findings.addAll(cutOff(run));
        findings.addAll(unended(run));
        findings.addAll(unknown(run));
        return findings;
    }

    private List<Finding> gaps(List<Entry> entries) {
        List<Finding> findings = new ArrayList<>();
        long expected = 1;
        for (Entry entry : entries) {
            if (entry.seq() != expected) {
                findings.add(finding(
                        "the journal has a gap: entry %d where %d belongs".formatted(entry.seq(), expected),
                        entry.seq()));
            }
            expected = entry.seq() + 1;
        }
        return findings;
    }

    private List<Finding> cutOff(RunRecord run) {
        if (!run.all(Event.TeardownEnded.class).isEmpty()) {
            return List.of();
        }
        Entry last = run.entries().getLast();
        return List.of(finding(
                "the run was cut off after %s at %s"
                        .formatted(last.event().getClass().getSimpleName(), last.at()),
                last.seq()));
    }

    /// Each phase and suite that starts must end, and the other way round.
    private List<Finding> unended(RunRecord run) {
        var open = new TreeMap<String, Integer>();
        for (Entry entry : run.entries()) {
            switch (entry.event()) {
                case Event.PhaseStarted phase -> open.merge("phase \"" + phase.phase() + "\"", 1, Integer::sum);
                case Event.PhaseEnded phase -> open.merge("phase \"" + phase.phase() + "\"", -1, Integer::sum);
                case Event.SuiteStarted suite -> open.merge("suite \"" + suite.suite() + "\"", 1, Integer::sum);
                case Event.SuiteEnded suite -> open.merge("suite \"" + suite.suite() + "\"", -1, Integer::sum);
                default -> {}
            }
        }
        List<Finding> findings = new ArrayList<>();
        open.forEach((what, count) -> {
            if (count != 0) {
                findings.add(finding("%s %s".formatted(what, count > 0 ? "did not end" : "ended without a start"), 0));
            }
        });
        return findings;
    }

    /// What an older judge does not know may be a failure.
    private List<Finding> unknown(RunRecord run) {
        var counts = new TreeMap<String, Integer>();
        for (Told<Event.UnknownEvent> told : run.all(Event.UnknownEvent.class)) {
            counts.merge(told.event().name(), 1, Integer::sum);
        }
        List<Finding> findings = new ArrayList<>();
        counts.forEach((type, count) -> findings.add(finding(
                "%d events of type %s were written by a newer Verdict and could not be judged".formatted(count, type),
                0)));
        return findings;
    }

    private Finding finding(String message, long evidence) {
        return new Finding(name(), Outcome.INCONCLUSIVE, "run", message, evidence == 0 ? List.of() : List.of(evidence));
    }
}
