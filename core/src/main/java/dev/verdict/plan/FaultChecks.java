package dev.verdict.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks that faults have targets: services that exist, and links that somebody uses.
final class FaultChecks {
    private final Map<String, Service> services;
    private final Reading reading;

    FaultChecks(Map<String, Service> services, Reading reading) {
        this.services = services;
        this.reading = reading;
    }

    /// Checks the faults of the suite at a path.
    void suite(Suite suite, String path) {
        for (int index = 0; index < suite.faults().size(); index++) {
            String item = Paths.item(path + ".faults", index);
            if (!reading.isBroken(item)) {
                spec(suite.faults().get(index), item);
            }
        }
    }

    private void spec(FaultSpec spec, String path) {
        switch (spec) {
            case ScheduledFault fault -> {
                String kind = fault.fault().kind();
                wrong(fault.target())
                        .or(() -> elsewhere(fault))
                        .or(() -> outside(fault))
                        .or(() -> shared(fault))
                        .or(() -> undeclared(fault))
                        .ifPresent(why -> problem(Paths.child(path, kind), kind, why));
            }
            case RandomFaults random -> random(random, path);
        }
    }

    private void problem(String path, String key, String why) {
        reading.problem(path, key + ": " + why);
    }

    private void random(RandomFaults random, String path) {
        for (int index = 0; index < random.targets().size(); index++) {
            FaultTarget target = random.targets().get(index);
            String item = Paths.item(Paths.child(path, "targets"), index);
            boolean hit = random.kinds().stream()
                    .anyMatch(kind -> !fitting(kind, List.of(target)).isEmpty());
            wrong(target)
                    .or(() -> hit
                            ? Optional.empty()
                            : Optional.of("none of " + Wording.list(random.kinds()) + " acts on the link " + target))
                    .or(() -> tooMuch(random, target))
                    .ifPresent(why -> problem(item, "targets", why));
        }
        List<FaultTarget> targets = random.targets().isEmpty()
                ? services.keySet().stream()
                        .<FaultTarget>map(FaultTarget.OfService::new)
                        .toList()
                : random.targets();
        for (int index = 0; index < random.kinds().size(); index++) {
            String kind = random.kinds().get(index);
            if (fitting(kind, targets).isEmpty()) {
                problem(Paths.item(Paths.child(path, "random"), index), kind, unfit(kind, targets));
            }
        }
    }

    private List<FaultTarget> fitting(String kind, List<FaultTarget> targets) {
        return Nemesis.fitting(RandomKind.of(kind), targets, Exposed.of(services.values()));
    }

    private static String unfit(String kind, List<FaultTarget> targets) {
        if (RandomKind.of(kind) == RandomKind.PARTITION) {
            return "it needs two services with networks of their own ('network: own', or containers)";
        }
        if (targets.stream().anyMatch(FaultTarget.OfService.class::isInstance)) {
            return "no target has a clock of its own: 'clock: own' gives a service one";
        }
        return targets.isEmpty() ? "the plan has no service to disturb" : "no target is a service";
    }

    private Optional<String> wrong(FaultTarget target) {
        return switch (target) {
            case FaultTarget.OfService service -> unknown(service.service());
            case FaultTarget.OfLink link ->
                unknown(link.to())
                        .or(() -> link.from().equals(LinkFaultKeys.ANY) ? Optional.empty() : unknown(link.from()))
                        .or(() -> unused(link));
            case FaultTarget.OfServices several ->
                several.services().stream()
                        .map(this::unknown)
                        .flatMap(Optional::stream)
                        .findFirst();
        };
    }

    /// Verdict leaves the life of what runs already alone.
    private Optional<String> elsewhere(ScheduledFault fault) {
        if (!(fault.fault() instanceof ServiceFault)) {
            return Optional.empty();
        }
        return Optional.of(fault.target().toString())
                .filter(this::runsElsewhere)
                .map("service '%s' exists already: Verdict disturbs only its links"::formatted);
    }

    private Optional<String> tooMuch(RandomFaults random, FaultTarget target) {
        return random.kinds().stream()
                .filter(kind -> !RandomKind.of(kind).isOfLink() && runsElsewhere(target.toString()))
                .findFirst()
                .map(kind -> "service '%s' exists already: only its links can be disturbed, and %s does more"
                        .formatted(target, kind));
    }

    private boolean runsElsewhere(String name) {
        Service service = services.get(name);
        return service != null && service.runs() instanceof Runs.Existing;
    }

    /// Groups divide the services that are named, and no others.
    private static Optional<String> outside(ScheduledFault fault) {
        if (fault.fault() instanceof Partition.Groups(List<List<String>> groups)
                && fault.target() instanceof FaultTarget.OfServices(List<String> all)) {
            return groups.stream()
                    .flatMap(List::stream)
                    .filter(name -> !all.contains(name))
                    .findFirst()
                    .map(name -> "'" + Wording.shorten(name) + "' stands in a group, but not in the list"
                            + Nearest.hint(name, all));
        }
        return Optional.empty();
    }

    /// Only packets between networks can be lost.
    private Optional<String> shared(ScheduledFault fault) {
        if (!(fault.fault() instanceof Partition)) {
            return Optional.empty();
        }
        return fault.target().services().stream()
                .map(services::get)
                .filter(service -> service != null && !service.canBeCutOff())
                .findFirst()
                .map(service -> "service '%s' shares this machine's network: 'network: own' gives it one of its own"
                        .formatted(service.name()));
    }

    /// Some faults act only on what the plan gives a service to itself.
    private Optional<String> undeclared(ScheduledFault scheduled) {
        Service service = services.get(scheduled.target().toString());
        if (service == null || !(scheduled.fault() instanceof ServiceFault fault)) {
            return Optional.empty();
        }
        Runs.Own own = service.runs().own();
        boolean takesDisk = fault instanceof ServiceFault.DiskFull || fault instanceof ServiceFault.ReadOnlyDisk;
        if (takesDisk && own.disk().isEmpty()) {
            return Optional.of("service '%s' has no disk of its own: 'disk: SIZE', as disk: 64MB, gives it one"
                    .formatted(service.name()));
        }
        return fault instanceof ServiceFault.ClockShift && !own.clock()
                ? Optional.of(
                        "service '%s' has no clock of its own: 'clock: own' gives it one".formatted(service.name()))
                : Optional.empty();
    }

    private Optional<String> unknown(String name) {
        Set<String> known = services.keySet();
        return known.contains(name)
                ? Optional.empty()
                : Optional.of("unknown service '" + Wording.shorten(name) + "'; the plan has " + Wording.list(known)
                        + Nearest.hint(name, known));
    }

    /// A link between services exists where one's texts hold the other's address.
    private Optional<String> unused(FaultTarget.OfLink link) {
        String own = Paths.child("system.services", link.from()) + ".";
        boolean known = link.from().equals(LinkFaultKeys.ANY)
                || reading.texts().keySet().stream().noneMatch(path -> path.startsWith(own));
        boolean used = reading.texts().entrySet().stream()
                .filter(text -> text.getKey().startsWith(own))
                .flatMap(text -> text.getValue().references().stream())
                .anyMatch(reference -> reference instanceof Text.Address address
                        && address.service().equals(link.to()));
        return known || used
                ? Optional.empty()
                : Optional.of("there is no link %s: '%s' is given no address of '%s', as ${%s.PORT.url}"
                        .formatted(link, link.from(), link.to(), link.to()));
    }
}
