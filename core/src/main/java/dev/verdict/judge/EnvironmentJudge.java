package dev.verdict.judge;

import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds services that did not come up, that ended by themselves, or of which nothing is known.
public final class EnvironmentJudge implements Judge {
    @Override
    public String name() {
        return "environment";
    }

    @Override
    public List<Finding> judge(RunRecord run) {
        List<Finding> findings = new ArrayList<>();
        run.all(Event.EnvironmentFailed.class)
                .forEach(told -> findings.add(new Finding(
                        name(),
                        Outcome.BLOCKED,
                        "run",
                        broke(run, told.seq())
                                ? "the environment broke: " + told.event().reason() + leftBehind(run, told.seq())
                                : "the environment did not come up: "
                                        + told.event().reason(),
                        List.of(told.seq()))));
        run.all(Event.ServiceFailed.class).forEach(failed -> findings.add(failed(run, failed)));
        run.all(Event.ServiceExited.class).stream()
                .filter(exit -> !exit.event().expected())
                .forEach(exit -> findings.add(exited(run, exit)));
        if (findings.isEmpty()) {
            findings.addAll(neverReady(run));
        }
        findings.addAll(neverEnded(run));
        return findings;
    }

    /// What fails after a service was ready did come up.
    private static boolean broke(RunRecord run, long seq) {
        return run.all(Event.ServiceReady.class).stream().anyMatch(ready -> ready.seq() < seq);
    }

    private static String leftBehind(RunRecord run, long seq) {
        return run.all(Event.OrphansAudited.class).stream()
                .filter(audit -> audit.seq() > seq)
                .reduce((_, last) -> last)
                .map(audit -> audit.event().found() == 0
                        ? "; nothing that the run created is left"
                        : "; left behind: " + audit.event().found() + ", told as orphans")
                .orElse("; what is left is not known: `verdict recover` looks, and removes it");
    }

    private Finding failed(RunRecord run, Told<Event.ServiceFailed> told) {
        Event.ServiceFailed failed = told.event();
        String message = "service %s did not come up: %s".formatted(failed.service(), failed.reason());
        if (!failed.probe().isEmpty() && !failed.reason().contains(failed.probe())) {
            message += "; last probe: " + failed.probe();
        }
        return new Finding(
                name(),
                Outcome.BLOCKED,
                failed.service(),
                message + lastLine(failed.lastLines()) + FaultsDuring.describe(run, told.seq()),
                List.of(told.seq()));
    }

    private Finding exited(RunRecord run, Told<Event.ServiceExited> told) {
        Event.ServiceExited exit = told.event();
        return new Finding(
                name(),
                Outcome.BLOCKED,
                exit.service(),
                "service %s %s with exit code %d%s%s"
                        .formatted(
                                exit.service(),
                                how(exit),
                                exit.exitCode(),
                                lastLine(exit.lastLines()),
                                FaultsDuring.describe(run, told.seq())),
                List.of(told.seq()));
    }

    private static String how(Event.ServiceExited exit) {
        return exit.cause()
                .map(cause -> switch (cause) {
                    case OUT_OF_MEMORY -> "ran out of memory: the kernel killed it, and it exited";
                    case ENGINE_ENDED -> "ended together with the container engine";
                })
                .orElse("exited by itself");
    }

    private static String lastLine(List<String> lines) {
        return lines.isEmpty() ? "" : "; its last words: " + lines.getLast().strip();
    }

    private List<Finding> neverReady(RunRecord run) {
        Set<String> known = new HashSet<>();
        run.all(Event.ServiceReady.class)
                .forEach(ready -> known.add(ready.event().service()));
        return run.plan().services().keySet().stream()
                .filter(service -> !known.contains(service))
                .map(service -> inconclusive(service, "nothing says that service %s was ready".formatted(service), 0))
                .toList();
    }

    /// Finds processes of which the end is not recorded by the end of teardown.
    private List<Finding> neverEnded(RunRecord run) {
        Set<Long> ended = new HashSet<>();
        run.all(Event.ServiceExited.class)
                .forEach(exit -> ended.add(exit.event().pid()));
        return run.all(Event.ServiceStarted.class).stream()
                .filter(start -> !ended.contains(start.event().pid()))
                .map(start -> inconclusive(
                        start.event().service(),
                        "nothing says that service %s (process %d) ended"
                                .formatted(
                                        start.event().service(), start.event().pid()),
                        start.seq()))
                .toList();
    }

    private Finding inconclusive(String service, String message, long evidence) {
        return new Finding(
                name(), Outcome.INCONCLUSIVE, service, message, evidence == 0 ? List.of() : List.of(evidence));
    }
}
