package dev.verdict.environment;

import dev.verdict.plan.Readiness;
import dev.verdict.plan.Service;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// Asks whether a started process is ready, until it is, it has ended, or its time is over.
final class ReadyWait {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration HASTY = Duration.ofSeconds(1);
    private static final Duration MAX_PROBE = Duration.ofSeconds(10);

    private final Service service;
    private final Surroundings run;
    private final Life started;

    ReadyWait(Service service, Surroundings run, Life started) {
        this.service = service;
        this.run = run;
        this.started = started;
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

    /// Returns the probe that the plan asks for; one that follows the log must be older than the
    /// process, so whoever starts it has that one.
    Probe probe() {
        String name = service.name();
        return switch (service.ready()) {
            case Readiness.Http ready -> new HttpProbe(run.endpoint(name, ready.port()), ready.path(), ready.status());
            case Readiness.Tcp ready ->
                new TcpProbe(ready.ports().stream()
                        .map(port -> run.endpoint(name, port))
                        .toList());
            case Readiness.Command ready -> new CommandProbe(run.launch(service, ready.command()));
            case Readiness.Log ready -> throw new IllegalStateException("followed since before the start: " + ready);
            case Readiness.Exit ready -> new ExitProbe(ready.code());
            case Readiness.Healthy ready -> throw new IllegalStateException("asked of a container: " + ready);
            case Readiness.Started ready -> new StartedProbe(started.main().pid(), started.started());
        };
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
        String seen = run.networks().net(service.name()).isPresent()
                ? Listeners.hint(Listeners.of(started.main().pid()))
                : new Listeners(run.processes().table()).hint(started, run.processes());
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
