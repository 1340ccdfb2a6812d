package dev.verdict.plan;

import dev.verdict.plan.RandomKind.Grip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Draws a schedule of faults from a seed.
///
/// Its parts are those of Jepsen's nemesis package: the faults that may act, the generator that
/// says when, and a final part in which all is healed before the last reads. As in swarm testing
/// the seed first draws how often each kind comes, never included, so that a rare mixture is met
/// by some seeds rather than by none.
final class Nemesis {
    /// A service that was ended needs a moment to be one again.
    private static final long SETTLES_MS = 1_000;

    private static final long SHORTEST_MS = 100;
    private static final int TRIES = 8;

    private final RandomFaults spec;
    private final SplittableRandom random;
    private final Map<RandomKind, Double> rates = new LinkedHashMap<>();
    private final Map<RandomKind, List<FaultTarget>> targets = new LinkedHashMap<>();
    private final List<ScheduledFault> drawn = new ArrayList<>();
    private final List<Acting> acting = new ArrayList<>();

    /// Is a fault that was drawn, with the time in which others must respect it.
    private record Acting(RandomKind kind, FaultTarget target, long endMs) {}

    private Nemesis(RandomFaults spec, List<FaultTarget> standard, Exposed exposed, long seed) {
        this.spec = spec;
        this.random = new SplittableRandom(seed);
        List<FaultTarget> all = spec.targets().isEmpty() ? standard : spec.targets();
        for (String name : spec.kinds()) {
            RandomKind kind = RandomKind.of(name);
            List<FaultTarget> fitting = fitting(kind, all, exposed);
            if (!fitting.isEmpty()) {
                targets.put(kind, fitting);
                rates.put(kind, random.nextDouble() < 0.25 ? 0.0 : Math.exp(random.nextDouble(-1.5, 1.5)));
            }
        }
        if (!rates.isEmpty() && rates.values().stream().allMatch(rate -> rate == 0)) {
            rates.put(List.copyOf(rates.keySet()).get(random.nextInt(rates.size())), 1.0);
        }
    }

    /// Returns the schedule; the same one for the same seed.
    ///
    /// @param standard what is disturbed if the schedule names no targets
    /// @param exposed what partitions and shifted clocks can hit
    static List<ScheduledFault> draw(RandomFaults spec, List<FaultTarget> standard, Exposed exposed, long seed) {
        return new Nemesis(spec, standard, exposed, seed).draw();
    }

    /// Returns what a kind can act on: for links a service stands for all links to it.
    static List<FaultTarget> fitting(RandomKind kind, List<FaultTarget> targets, Exposed exposed) {
        if (kind == RandomKind.PARTITION) {
            return divided(targets, exposed.apart());
        }
        return single(kind, targets).stream()
                .filter(target -> kind != RandomKind.CLOCK || exposed.clocks().contains(target.toString()))
                .toList();
    }

    /// Returns what a partition can do, a third each: isolate one, divide all, cut one direction.
    private static List<FaultTarget> divided(List<FaultTarget> targets, List<String> apart) {
        List<FaultTarget> fitting = new ArrayList<>(targets.stream()
                .filter(target -> apart.containsAll(target.services()))
                .toList());
        List<String> services = fitting.stream()
                .filter(FaultTarget.OfService.class::isInstance)
                .map(FaultTarget::toString)
                .toList();
        for (int index = 0; index < services.size() && services.size() > 1; index++) {
            fitting.add(new FaultTarget.OfServices(services));
            fitting.add(new FaultTarget.OfLink(services.get(index), services.get((index + 1) % services.size())));
        }
        return apart.size() < 2 ? List.of() : fitting;
    }

    private static List<FaultTarget> single(RandomKind kind, List<FaultTarget> targets) {
        return targets.stream()
                .<Optional<FaultTarget>>map(target -> switch (target) {
                    case FaultTarget.OfService service ->
                        Optional.of(
                                kind.isOfLink()
                                        ? new FaultTarget.OfLink(LinkFaultKeys.ANY, service.service())
                                        : service);
                    case FaultTarget.OfLink link -> kind.isOfLink() ? Optional.of(link) : Optional.empty();
                    case FaultTarget.OfServices _ -> Optional.empty();
                })
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private List<ScheduledFault> draw() {
        long end = spec.lasting().minus(spec.quiet()).toMillis();
        double pace = spec.every().toMillis() * Math.exp(random.nextDouble(-0.7, 0.7));
        for (double now = wait(pace / 2); now < end && !rates.isEmpty(); now += wait(pace)) {
            long at = (long) now;
            acting.removeIf(other -> other.endMs() <= at);
            for (int attempt = 0; attempt < TRIES; attempt++) {
                if (place(at, end)) {
                    break;
                }
            }
        }
        return List.copyOf(drawn);
    }

    /// Draws a time to the next event of a Poisson process; at least 1 ms.
    private double wait(double meanMs) {
        return Math.max(1, -Math.log(1 - random.nextDouble()) * meanMs);
    }

    private boolean place(long at, long end) {
        RandomKind kind = kind();
        List<FaultTarget> choice = java.util.Objects.requireNonNull(targets.get(kind));
        FaultTarget target = choice.get(random.nextInt(choice.size()));
        Fault fault = kind.draw(target, random);
        boolean momentary = FaultKeys.isMomentary(fault);
        long longest = Math.min(spec.longest().toMillis(), end - at);
        long lasting = momentary
                ? 0
                : RandomKind.between(random, Math.min(SHORTEST_MS, Math.max(1, longest)), Math.max(1, longest));
        if (longest < SHORTEST_MS || isSenseless(kind, target)) {
            return false;
        }
        acting.add(new Acting(kind, target, at + lasting + (kind.grip() == Grip.LIFE ? SETTLES_MS : 0)));
        drawn.add(ScheduledFault.once(
                fault,
                target,
                Duration.ofMillis(at),
                momentary ? Optional.empty() : Optional.of(Duration.ofMillis(lasting))));
        return true;
    }

    private RandomKind kind() {
        double sum = rates.values().stream().mapToDouble(Double::doubleValue).sum();
        double mark = random.nextDouble() * sum;
        RandomKind last = rates.keySet().iterator().next();
        for (Map.Entry<RandomKind, Double> rate : rates.entrySet()) {
            if (rate.getValue() > 0) {
                last = rate.getKey();
                mark -= rate.getValue();
                if (mark < 0) {
                    return last;
                }
            }
        }
        return last;
    }

    private boolean isSenseless(RandomKind kind, FaultTarget target) {
        return acting.stream().anyMatch(other -> excludes(other, kind, target));
    }

    /// Says whether one fault leaves nothing of the target for the other, or they are the same.
    private static boolean excludes(Acting other, RandomKind kind, FaultTarget target) {
        if (kind.grip() == Grip.APART || other.kind().grip() == Grip.APART) {
            boolean ends = kind.grip() == Grip.LIFE || other.kind().grip() == Grip.LIFE;
            return ends
                    ? !Collections.disjoint(target.services(), other.target().services())
                    : kind == other.kind() && target.equals(other.target());
        }
        if (kind.isOfLink() && other.kind().isOfLink()) {
            boolean cut = kind.grip() == Grip.CUT || other.kind().grip() == Grip.CUT;
            return (cut || kind == other.kind()) && meet(target, other.target());
        }
        if (!disturbed(target).equals(disturbed(other.target()))) {
            return false;
        }
        boolean dead = kind.grip() == Grip.LIFE || other.kind().grip() == Grip.LIFE;
        boolean held = kind.grip() == Grip.HOLD || other.kind().grip() == Grip.HOLD;
        return dead || (kind.isOfLink() == other.kind().isOfLink() && (held || kind == other.kind()));
    }

    /// Returns the service that is disturbed, or that a disturbed link leads to.
    private static String disturbed(FaultTarget target) {
        return target instanceof FaultTarget.OfLink link ? link.to() : target.toString();
    }

    private static boolean meet(FaultTarget one, FaultTarget other) {
        return one instanceof FaultTarget.OfLink(String from, String to)
                && other instanceof FaultTarget.OfLink(String from2, String to2)
                && to.equals(to2)
                && (from.equals(from2) || from.equals(LinkFaultKeys.ANY) || from2.equals(LinkFaultKeys.ANY));
    }
}
