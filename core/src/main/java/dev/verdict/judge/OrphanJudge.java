package dev.verdict.judge;

import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.util.ArrayList;
import java.util.List;

/// Finds what the run left behind, also where it was removed afterwards.
public final class OrphanJudge implements Judge {
    @Override
    public String name() {
        return "orphans";
    }

    @Override
    public List<Finding> judge(RunRecord run) {
        List<Finding> findings = new ArrayList<>();
        List<Told<Event.OrphanFound>> orphans = run.all(Event.OrphanFound.class);
        orphans.forEach(orphan -> findings.add(found(run, orphan)));
        List<Told<Event.OrphansAudited>> audits = run.all(Event.OrphansAudited.class);
        if (audits.isEmpty() && (started(run) || shouldHaveStarted(run))) {
            findings.add(inconclusive("nobody looked for orphans: what the run left behind is not known", List.of()));
        }
        int counted = audits.stream().mapToInt(audit -> audit.event().found()).sum();
        if (!audits.isEmpty() && counted != orphans.size()) {
            findings.add(inconclusive(
                    "the audit found %d orphans, but the journal names %d".formatted(counted, orphans.size()),
                    List.of(audits.getLast().seq())));
        }
        return findings;
    }

    /// Nothing is started where the environment cannot be had, and so nothing is left.
    private static boolean shouldHaveStarted(RunRecord run) {
        return !run.plan().services().isEmpty()
                && run.all(Event.EnvironmentFailed.class).isEmpty();
    }

    private static boolean started(RunRecord run) {
        return !run.all(Event.ServiceStarting.class).isEmpty();
    }

    private Finding found(RunRecord run, Told<Event.OrphanFound> told) {
        Event.OrphanFound orphan = told.event();
        String whose = orphan.service().isEmpty() ? "" : " of service " + orphan.service();
        String detail = orphan.detail().isEmpty() ? "" : " (" + orphan.detail() + ")";
        return new Finding(
                name(),
                Outcome.FAILED,
                orphan.service().isEmpty() ? "run" : orphan.service(),
                "orphan: %s %s%s%s was left behind%s"
                        .formatted(orphan.kind(), orphan.what(), detail, whose, notRemoved(run, orphan)),
                List.of(told.seq()));
    }

    private static String notRemoved(RunRecord run, Event.OrphanFound orphan) {
        return run.all(Event.OrphanRemoved.class).stream()
                .map(Told::event)
                .filter(removal ->
                        removal.kind().equals(orphan.kind()) && removal.what().equals(orphan.what()))
                .filter(removal -> !removal.removed())
                .findFirst()
                .map(removal -> ", and could not be removed: " + removal.detail())
                .orElse("");
    }

    private Finding inconclusive(String message, List<Long> evidence) {
        return new Finding(name(), Outcome.INCONCLUSIVE, "run", message, evidence);
    }
}
