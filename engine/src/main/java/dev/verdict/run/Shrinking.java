package dev.verdict.run;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.ScheduledFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Finds a smaller schedule of faults that still makes a run fail: fewer faults by delta debugging
/// (Zeller and Hildebrandt's ddmin), then shorter and earlier ones on fewer targets.
///
/// Systems are not deterministic: a schedule counts as harmless only after several tries.
public final class Shrinking {
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /// How often a time is halved at most.
    private static final int HALVINGS = 5;

    private final Trial trial;
    private final int repeat;
    private final Function<FaultTarget, List<FaultTarget>> narrower;
    private final Set<List<ScheduledFault>> harmless = new HashSet<>();
    private List<ScheduledFault> best;
    private int trials;

    private Shrinking(
            List<ScheduledFault> schedule, Trial trial, int repeat, Function<FaultTarget, List<FaultTarget>> narrower) {
        this.best = List.copyOf(schedule);
        this.trial = trial;
        this.repeat = repeat;
        this.narrower = narrower;
    }

    /// Runs the system once under a schedule.
    @FunctionalInterface
    public interface Trial {
        /// Returns whether the run failed.
        ///
        /// @throws Stopped if no more is to be tried
        boolean fails(List<ScheduledFault> schedule) throws Stopped;
    }

    /// Says that time is up, or that somebody wants no more.
    public static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;

        public Stopped(String why) {
            super(why);
        }
    }

    /// Is the smallest failing schedule that was found.
    ///
    /// @param repeated whether the whole schedule failed when it was tried again; if not, nothing
    ///     was shrunk
    /// @param trials how many runs it took
    /// @param stopped why it was not sought further; empty if nothing smaller fails
    public record Result(List<ScheduledFault> schedule, boolean repeated, int trials, Optional<String> stopped) {
        public Result {
            schedule = List.copyOf(schedule);
        }
    }

    /// Shrinks a schedule.
    ///
    /// @param repeat how often a schedule is tried before it counts as harmless, at least once
    /// @param narrower answers what may stand in a target's place, smaller than it
    public static Result shrink(
            List<ScheduledFault> schedule, Trial trial, int repeat, Function<FaultTarget, List<FaultTarget>> narrower) {
        Shrinking shrinking = new Shrinking(schedule, trial, repeat, narrower);
        boolean repeated = false;
        try {
            repeated = shrinking.fails(shrinking.best);
            if (repeated) {
                shrinking.fewer();
                shrinking.targets();
                shrinking.times();
            }
            return shrinking.result(repeated, Optional.empty());
        } catch (Stopped e) {
            return shrinking.result(repeated, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private Result result(boolean repeated, Optional<String> stopped) {
        return new Result(best, repeated, trials, stopped);
    }

    private boolean fails(List<ScheduledFault> schedule) throws Stopped {
        if (harmless.contains(schedule)) {
            return false;
        }
        for (int time = 0; time < repeat; time++) {
            trials++;
            if (trial.fails(schedule)) {
                return true;
            }
        }
        harmless.add(schedule);
        return false;
    }

    /// Keeps a smaller schedule if it fails too.
    private boolean keep(List<ScheduledFault> smaller) throws Stopped {
        boolean fails = fails(smaller);
        if (fails) {
            best = List.copyOf(smaller);
        }
        return fails;
    }

    /// Tries parts, then what is left without a part, and with smaller parts again.
    private void fewer() throws Stopped {
        // a failure that needs no fault at all is the smallest, and worth knowing first
        if (best.isEmpty() || keep(List.of())) {
            return;
        }
        int parts = 2;
        while (best.size() >= 2) {
            if (onePart(parts)) {
                parts = 2;
            } else if (parts > 2 && withoutOnePart(parts)) {
                parts = Math.max(parts - 1, 2);
            } else if (parts < best.size()) {
                parts = Math.min(best.size(), parts * 2);
            } else {
                return;
            }
        }
    }

    private boolean onePart(int parts) throws Stopped {
        List<ScheduledFault> whole = best;
        for (int part = 0; part < parts; part++) {
            if (keep(whole.subList(start(whole, part, parts), start(whole, part + 1, parts)))) {
                return true;
            }
        }
        return false;
    }

    private boolean withoutOnePart(int parts) throws Stopped {
        List<ScheduledFault> whole = best;
        for (int part = 0; part < parts; part++) {
            List<ScheduledFault> rest = new ArrayList<>(whole.subList(0, start(whole, part, parts)));
            rest.addAll(whole.subList(start(whole, part + 1, parts), whole.size()));
            if (keep(rest)) {
                return true;
            }
        }
        return false;
    }

    private static int start(List<ScheduledFault> whole, int part, int parts) {
        return whole.size() * part / parts;
    }

    private void targets() throws Stopped {
        for (int index = 0; index < best.size(); index++) {
            boolean narrowed = true;
            while (narrowed) {
                narrowed = false;
                for (FaultTarget target : narrower.apply(best.get(index).target())) {
                    if (!narrowed && keep(with(index, fault -> on(fault, target)))) {
                        narrowed = true;
                    }
                }
            }
        }
    }

    private void times() throws Stopped {
        earlier();
        for (int index = 0; index < best.size(); index++) {
            for (int halving = 0; halving < HALVINGS; halving++) {
                Optional<Duration> lasting = best.get(index).lasting();
                boolean halves = lasting.isPresent() && lasting.get().compareTo(SHORTEST.multipliedBy(2)) >= 0;
                if (!halves || !keep(with(index, Shrinking::half))) {
                    break;
                }
            }
        }
    }

    /// Begins everything sooner: wholly at first, then by half of what is left.
    private void earlier() throws Stopped {
        Duration first =
                best.stream().map(ScheduledFault::at).min(Duration::compareTo).orElse(Duration.ZERO);
        Duration by = first;
        for (int halving = 0; halving < HALVINGS && by.compareTo(SHORTEST) >= 0; halving++) {
            Duration sooner = by;
            if (keep(best.stream()
                    .map(fault -> at(fault, fault.at().minus(sooner)))
                    .toList())) {
                return;
            }
            by = Duration.ofMillis(by.toMillis() / 2);
        }
    }

    private List<ScheduledFault> with(int index, UnaryOperator<ScheduledFault> change) {
        List<ScheduledFault> changed = new ArrayList<>(best);
        changed.set(index, change.apply(changed.get(index)));
        return List.copyOf(changed);
    }

    private static ScheduledFault half(ScheduledFault fault) {
        return ScheduledFault.once(
                fault.fault(),
                fault.target(),
                fault.at(),
                fault.lasting().map(lasting -> Duration.ofMillis(lasting.toMillis() / 2)));
    }

    private static ScheduledFault at(ScheduledFault fault, Duration at) {
        return ScheduledFault.once(fault.fault(), fault.target(), at, fault.lasting());
    }

    private static ScheduledFault on(ScheduledFault fault, FaultTarget target) {
        return ScheduledFault.once(fault.fault(), target, fault.at(), fault.lasting());
    }
}
