package dev.verdict.environment;

import dev.verdict.plan.Readiness;
import dev.verdict.plan.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Asks whether a started service is ready, until it is, it has ended, or its time is over.
final class ReadyWait {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration HASTY = Duration.ofSeconds(1);
    private static final Duration MAX_PROBE = Duration.ofSeconds(10);

    private final Service service;
    private final Lived started;
    private final Supplier<String> hint;

    /// @param hint what else is known of one that did not get ready in time; empty for nothing
    ReadyWait(Service service, Lived started, Supplier<String> hint) {
        this.service = service;
        this.started = started;
        this.hint = hint;
    }

    /// Says why a service did not get ready.
    ///
    /// @param probe the last probe and its answer
    /// @param exitCode of a process that ended
    record Missed(String reason, String probe, OptionalInt exitCode) {}

    /// Tells whether a service that ended did what the plan expects of it.
    static boolean endedWell(Service service, OptionalInt exitCode) {
        return service.ready() instanceof Readiness.Exit exit && exitCode.equals(OptionalInt.of(exit.code()));
    }

    /// Asks the probe again and again.
    ///
    /// @param becomeReady is told the probe's name; answers whether the process still runs
    /// @return why the service did not get ready; empty if it did
    Optional<Missed> await(Probe probe, Predicate<String> becomeReady) throws InterruptedException {
        Duration within = service.ready().within();
        Probe.Answer last = new Probe.Answer(false, "not asked yet", true);
        var _ = started.died().thenRun(probe::giveUp);
        while (started.age().compareTo(within) < 0) {
            Duration left = within.minus(started.age());
            Probe.Answer answer = probe.ask(left.compareTo(MAX_PROBE) < 0 ? left : MAX_PROBE, started.died());
            // The last probe may have had no time: the one before then says more.
            boolean hasty = answer.cutShort() && left.compareTo(HASTY) < 0;
            last = hasty && !last.cutShort() ? last : answer;
            if (answer.ready() && becomeReady.test(probe.name())) {
                return Optional.empty();
            }
            if (started.endsWithin(POLL)) {
                return Optional.of(died(probe, last));
            }
        }
        return Optional.of(late(probe, last));
    }

    private Missed late(Probe probe, Probe.Answer last) {
        String seen = hint.get();
        return new Missed(
                "was not ready within %s: %s answered %s%s"
                        .formatted(Durations.show(service.ready().within()), probe.name(), last.text(), seen),
                probe.name() + " → " + last.text(),
                OptionalInt.empty());
    }

    private Missed died(Probe probe, Probe.Answer last) throws InterruptedException {
        started.awaitTold(LocalService.KILL_LIMIT);
        int code = started.died().join();
        return new Missed(
                "ended while starting, with " + Signals.describeExit(code),
                probe.name() + " → " + last.text(),
                OptionalInt.of(code));
    }
}
