package dev.verdict.fault;

import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultSchedule;
import dev.verdict.plan.LinkFault;
import dev.verdict.plan.Partition;
import dev.verdict.plan.Plan;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.plan.Service;
import dev.verdict.plan.ServiceFault;
import dev.verdict.plan.Suite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Knows what the faults of a plan's suites need of this machine, so that a run that could not
/// carry them out ends before it starts anything.
///
/// @param root whether Verdict may do what only root may
/// @param path where programs are looked up, as PATH
/// @param groups where the kernel shows control groups
public record Needs(boolean root, String path, Path groups) {
    private static final String ROOT = "it needs root: run Verdict as root, or leave the fault out";

    /// Looks at the machine and the user that this process has.
    ///
    /// @param environment the variables that programs are started with
    public static Needs here(Map<String, String> environment) {
        return new Needs(
                "root".equals(System.getProperty("user.name")),
                environment.getOrDefault("PATH", "/usr/bin:/bin"),
                Cgroups.MACHINE.root());
    }

    /// Returns what is missing for the faults of the suites that will run, a sentence each, with
    /// its place in the plan; those that a seed draws included.
    public List<String> lacking(ResolvedPlan resolved, Predicate<Suite> runs) {
        Plan plan = resolved.plan();
        Set<String> lacking = new LinkedHashSet<>();
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            List<Suite> suites = plan.phases().get(phase).suites();
            for (int suite = 0; suite < suites.size(); suite++) {
                if (runs.test(suites.get(suite))) {
                    String at = "phases[%d].suites[%d].faults".formatted(phase, suite);
                    lacking.addAll(ofSuite(resolved, suites.get(suite), at));
                }
            }
        }
        return List.copyOf(lacking);
    }

    private List<String> ofSuite(ResolvedPlan resolved, Suite suite, String at) {
        List<String> lacking = new ArrayList<>();
        for (int index = 0; index < suite.faults().size(); index++) {
            String place = place(resolved, "%s[%d]".formatted(at, index));
            for (ScheduledFault fault : FaultSchedule.of(resolved.plan(), suite, index)) {
                fault.target().services().stream()
                        .map(resolved.plan().services()::get)
                        .filter(Objects::nonNull)
                        .flatMap(service -> missing(fault.fault(), service).stream()
                                .map(why -> "%sfault `%s` of %s: %s"
                                        .formatted(place, fault.fault().kind(), service.name(), why)))
                        .forEach(lacking::add);
            }
        }
        return lacking;
    }

    private static String place(ResolvedPlan plan, String at) {
        return plan.sources().entrySet().stream()
                .filter(source -> source.getKey().startsWith(at))
                .findFirst()
                .map(source -> "%s:%d: "
                        .formatted(
                                source.getValue().position().file(),
                                source.getValue().position().line()))
                .orElse("");
    }

    private Optional<String> missing(Fault fault, Service service) {
        return switch (fault) {
            case LinkFault _ -> Optional.empty();
            case Partition _ ->
                partition(fault instanceof Partition.Isolate && service.runs().contained());
            case ServiceFault own -> missing(own, service);
        };
    }

    private Optional<String> missing(ServiceFault fault, Service service) {
        boolean contained = service.runs().contained();
        return switch (fault) {
            case ServiceFault.Kill _,
                    ServiceFault.Stop _,
                    ServiceFault.Restart _,
                    ServiceFault.CrashLoop _,
                    ServiceFault.Pause _ -> Optional.empty();
            // What these take is the service's from its start, which fails without it.
            case ServiceFault.DiskFull _, ServiceFault.ReadOnlyDisk _ -> Optional.empty();
            case ServiceFault.ClockShift _ -> contained ? rights() : Optional.empty();
            case ServiceFault.CpuStress _ ->
                programs("timeout").or(() -> contained ? group("cpu", service) : Optional.empty());
            case ServiceFault.MemoryPressure _ -> group("memory", service);
            case ServiceFault.LimitProcesses _ -> group("pids", service);
            case ServiceFault.LimitOpenFiles _ -> programs("prlimit").or(() -> contained ? rights() : Optional.empty());
            case ServiceFault.FlipBits flip -> file(flip.file(), service);
            case ServiceFault.Truncate cut -> file(cut.file(), service);
            case ServiceFault.ReplaceFile replace -> file(replace.file(), service);
            case ServiceFault.DamagePages pages -> file(pages.file(), service);
        };
    }

    /// Says what filtering packets lacks.
    Optional<String> filter() {
        return rights().or(() -> programs("nsenter", "nft"));
    }

    /// Says what a partition lacks.
    ///
    /// @param box whether it cuts a container off from all others: that can also leave its
    ///     networks, which takes no more than its engine
    Optional<String> partition(boolean box) {
        return box
                ? Optional.empty()
                : filter().map(why -> why + "; without, only a container can be cut off, and from all others");
    }

    private Optional<String> rights() {
        return root ? Optional.empty() : Optional.of(ROOT);
    }

    private Optional<String> programs(String... names) {
        List<String> missing =
                Stream.of(names).filter(name -> !Programs.found(name, path)).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("it needs %s, not found on the PATH (%s): install it"
                        .formatted(String.join(" and ", missing), path));
    }

    /// A process starts in the control group of Verdict's own; a container has one that only root
    /// may change.
    private Optional<String> group(String controller, Service service) {
        try {
            Cgroups cgroups = new Cgroups(groups, Cgroups.MACHINE.proc());
            long self = ProcessHandle.current().pid();
            if (service.runs().contained()) {
                cgroups.of(controller, self);
                return rights();
            }
            return cgroups.refusal(controller, self);
        } catch (FaultException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// A file inside a container is reached through its processes; one of this machine takes no
    /// more rights than writing to it.
    private Optional<String> file(String file, Service service) {
        if (service.runs().contained() && Path.of(file).isAbsolute()) {
            return rights();
        }
        return Optional.empty();
    }
}
