package dev.verdict.environment;

import dev.verdict.environment.docker.ContainerAudit;
import dev.verdict.environment.docker.EngineException;
import dev.verdict.environment.docker.Leftover;
import dev.verdict.journal.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Looks for what a run left behind: reports it first and removes it afterwards.
final class OrphanAudit {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

    private final Surroundings run;
    private final List<LedgerEntry.WritesDeclared> writes;
    private final Set<ProcessId> reported = new HashSet<>();
    private int found;
    private boolean clean = true;
    private @Nullable ContainerAudit containers;
    private Supplier<Set<String>> mounted = Set::of;

    OrphanAudit(Surroundings run, List<LedgerEntry.WritesDeclared> writes) {
        this.run = run;
        this.writes = List.copyOf(writes);
    }

    /// Looks into a container engine, too.
    ///
    /// @param volumes names of those that the run's containers mounted
    synchronized void alsoIn(ContainerAudit engine, Supplier<Set<String>> volumes) {
        containers = engine;
        mounted = volumes;
    }

    /// Reports the processes that a service left when it was stopped in the middle of a run, and
    /// ends them.
    synchronized void leftBy(String service, Collection<Proc> left) throws InterruptedException {
        Map<ProcessId, String> processes = new LinkedHashMap<>();
        left.forEach(process -> processes.put(process.id(), service));
        List<Orphan> orphans = new ArrayList<>(processes(processes));
        orphans.addAll(ports(processes));
        orphans.forEach(this::report);
        remove(orphans, () -> alive(processes.keySet()));
    }

    /// Reports a process that a service had forgotten, and that ended with its container.
    synchronized void endedWith(String service, ProcessId process, String command) {
        Orphan orphan = new Orphan.LeftProcess(process, run.redactor().redact(command), service);
        report(orphan);
        run.journal()
                .emit(new Event.OrphanRemoved(orphan.kind(), orphan.what(), true, "the end of its container ended it"));
    }

    /// Audits the whole run after its services were stopped.
    ///
    /// @param left whom the services left behind, by service
    /// @return whether nothing is left now
    synchronized boolean audit(Map<String, List<Proc>> left) throws InterruptedException, IOException {
        Map<ProcessId, String> processes = new LinkedHashMap<>();
        left.forEach((service, list) -> list.forEach(process -> processes.put(process.id(), service)));
        Processes.Scan scan = run.processes().scan();
        scan.marked()
                .forEach(process ->
                        processes.putIfAbsent(process.id(), scan.services().getOrDefault(process.pid(), "")));
        processes
                .keySet()
                .retainAll(alive(processes.keySet()).stream().map(Proc::id).toList());
        List<Orphan> orphans = new ArrayList<>(processes(processes));
        List<Orphan.LeftPort> held = ports(processes);
        orphans.addAll(held);
        orphans.addAll(
                portsOfStrangers(held.stream().map(Orphan.LeftPort::number).toList()));
        orphans.addAll(files());
        boolean seen = addContainers(orphans);
        orphans.forEach(this::report);
        remove(orphans, () -> stillThere(processes.keySet()));
        if (seen) {
            run.journal().emit(new Event.OrphansAudited(found));
        }
        return clean;
    }

    /// Adds what is left in the container engine.
    ///
    /// @return whether that is known
    private boolean addContainers(List<Orphan> orphans) throws InterruptedException {
        ContainerAudit audit = containers;
        if (audit == null) {
            return true;
        }
        try {
            audit.find(mounted.get()).forEach(thing -> orphans.add(new Orphan.LeftInEngine(thing)));
            return true;
        } catch (EngineException e) {
            clean = false;
            run.journal()
                    .emit(new Event.HarnessFailed(
                            "environment", "what is left in the Docker engine is not known: " + e.getMessage()));
            return false;
        }
    }

    private List<Proc> alive(Collection<ProcessId> ids) {
        return ids.stream()
                .flatMap(id -> run.processes().table().find(id).stream())
                .toList();
    }

    /// Returns the known ones who live and whoever carries the mark by now, reporting who is new.
    private List<Proc> stillThere(Collection<ProcessId> known) {
        Processes.Scan scan = run.processes().scan();
        Map<ProcessId, Proc> there = new LinkedHashMap<>();
        alive(known).forEach(process -> there.put(process.id(), process));
        scan.marked().forEach(process -> there.put(process.id(), process));
        there.values().stream()
                .filter(process -> !reported.contains(process.id()))
                .map(process -> process(process.id(), scan.services().getOrDefault(process.pid(), "")))
                .forEach(this::report);
        return List.copyOf(there.values());
    }

    private List<Orphan.LeftProcess> processes(Map<ProcessId, String> services) {
        return services.entrySet().stream()
                .map(entry -> process(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Orphan.LeftProcess process(ProcessId id, String service) {
        return new Orphan.LeftProcess(
                id, run.redactor().redact(run.processes().table().command(id.pid())), service);
    }

    /// Returns the ports that the left processes listen on.
    private List<Orphan.LeftPort> ports(Map<ProcessId, String> left) {
        Map<Integer, Orphan.LeftPort> ports = new LinkedHashMap<>();
        for (var entry : left.entrySet()) {
            new Listeners(run.processes().table())
                    .of(List.of(entry.getKey().pid()))
                    .forEach(owned -> ports.putIfAbsent(
                            owned.listener().port(),
                            new Orphan.LeftPort(
                                    owned.listener().port(), "held by process " + owned.pid(), entry.getValue())));
        }
        return List.copyOf(ports.values());
    }

    /// Returns the plan's ports that somebody still listens on who cannot be told to be the run's:
    /// most likely a child that cleared its environment. It is reported, and not ended.
    private List<Orphan.LeftPort> portsOfStrangers(List<Integer> known) {
        List<Orphan.LeftPort> ports = new ArrayList<>();
        Listeners listeners = new Listeners(run.processes().table());
        run.ports()
                .assigned()
                .forEach((service, numbers) -> numbers.values().stream()
                        .filter(number -> !known.contains(number)
                                && run.networks().host(service).isEmpty())
                        .forEach(number -> listeners
                                .holder(number)
                                .ifPresent(owned -> ports.add(new Orphan.LeftPort(
                                        number,
                                        "held by process %d, which does not carry the run's mark: %s"
                                                .formatted(
                                                        owned.pid(),
                                                        run.redactor()
                                                                .redact(run.processes()
                                                                        .table()
                                                                        .command(owned.pid()))),
                                        service)))));
        return ports;
    }

    private List<Orphan.LeftFile> files() throws IOException {
        List<Orphan.LeftFile> files = new ArrayList<>();
        for (LedgerEntry.WritesDeclared declared : writes) {
            for (Path path : declared.before().added(run.folder().root())) {
                files.add(new Orphan.LeftFile(path, WrittenPath.describe(path), declared.service()));
            }
        }
        return files;
    }

    private void report(Orphan orphan) {
        found++;
        if (orphan instanceof Orphan.LeftProcess process) {
            reported.add(process.id());
        }
        run.journal().emit(new Event.OrphanFound(orphan.kind(), orphan.what(), orphan.detail(), orphan.service()));
    }

    private void remove(List<Orphan> orphans, Supplier<List<Proc>> processes) throws InterruptedException {
        Signals.killAll(processes, KILL_LIMIT);
        for (Orphan orphan : orphans) {
            String problem = remove(orphan);
            clean &= problem.isEmpty();
            run.journal().emit(new Event.OrphanRemoved(orphan.kind(), orphan.what(), problem.isEmpty(), problem));
        }
    }

    /// Removes an orphan, whose processes were killed before.
    ///
    /// @return what went wrong; empty if it is gone
    private String remove(Orphan orphan) throws InterruptedException {
        return switch (orphan) {
            case Orphan.LeftProcess process ->
                run.processes().table().find(process.id()).isPresent() ? "it could not be killed" : "";
            case Orphan.LeftPort port ->
                Listeners.all().stream().anyMatch(listener -> listener.port() == port.number())
                        ? "somebody still listens on it"
                        : "";
            case Orphan.LeftFile file -> removeFile(file.path());
            case Orphan.LeftInEngine left -> remove(left.thing());
        };
    }

    private String remove(Leftover thing) throws InterruptedException {
        try {
            return containers == null ? "its engine is not known" : containers.remove(thing);
        } catch (EngineException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static String removeFile(Path path) {
        try {
            WrittenPath.remove(path);
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? "it is still there" : "";
        } catch (IOException e) {
            return "it could not be removed: " + e;
        }
    }
}
