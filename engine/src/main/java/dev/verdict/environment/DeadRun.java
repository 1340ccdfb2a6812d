package dev.verdict.environment;

import dev.verdict.environment.docker.ContainerAudit;
import dev.verdict.environment.docker.DeadContainers;
import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.EngineException;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Clears away what one killed run left behind.
final class DeadRun {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Path folder;
    private final Ledger.Content content;
    private final Recovery.Sight sight;
    private final List<String> done = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    DeadRun(Path folder, Ledger.Content content, Recovery.Sight sight) {
        this.folder = folder;
        this.content = content;
        this.sight = sight;
    }

    Recovery.Recovered result() {
        if (content.unreadable() > 0) {
            done.add("%d lines of the ledger could not be read".formatted(content.unreadable()));
        }
        return new Recovery.Recovered(folder, done, problems);
    }

    /// Clears what other rooms left.
    void clear(Aftermath aftermath) throws InterruptedException {
        Aftermath.Cleared cleared = aftermath.clear(new RunFolder(folder));
        done.addAll(cleared.done());
        problems.addAll(cleared.problems());
    }

    /// Ends whoever carries the run's mark, or is one of its processes by number and start time,
    /// and whoever descends from them. A number alone proves nothing: it may belong to somebody
    /// else by now.
    void endProcesses() throws InterruptedException {
        LedgerEntry.RunOwned owned = content.owned().orElseThrow();
        if (!owned.owner().sharesProcesses(sight.here())) {
            // Another boot of this machine: its processes ended with it.
            return;
        }
        Processes processes = new Processes(sight.table(), owned.mark());
        Map<ProcessId, String> ended = new HashMap<>();
        List<Proc> left = Signals.killAll(() -> find(processes, ended), KILL_LIMIT);
        left.forEach(process -> ended.remove(process.id()));
        ended.keySet().forEach(id -> OwnClock.forget(id.pid()));
        ended.forEach((id, command) -> done.add("process %d ended: %s".formatted(id.pid(), command)));
        left.forEach(process -> problems.add("process %d could not be ended: %s"
                .formatted(process.pid(), sight.table().command(process.pid()))));
    }

    private List<Proc> find(Processes processes, Map<ProcessId, String> seen) {
        Processes.Scan scan = processes.scan();
        Set<ProcessId> roots = new HashSet<>();
        scan.marked().forEach(process -> roots.add(process.id()));
        content.all(LedgerEntry.ServiceProcess.class).stream()
                .map(LedgerEntry.ServiceProcess::process)
                .filter(id -> sight.table().find(id).isPresent())
                .forEach(roots::add);
        Set<ProcessId> all = scan.descendants(roots);
        all.addAll(seen.keySet());
        List<Proc> found = scan.alive().stream()
                .filter(process -> all.contains(process.id()))
                .toList();
        found.forEach(process ->
                seen.computeIfAbsent(process.id(), id -> sight.table().command(id.pid())));
        return found;
    }

    /// Takes the small disks away, and what libfaketime left of processes that have ended.
    void removeDisksAndClocks() throws InterruptedException {
        for (LedgerEntry.DiskMounted disk : content.all(LedgerEntry.DiskMounted.class)) {
            boolean there = !Mounts.of(disk.source()).isEmpty();
            SmallDisks.remove(disk)
                    .ifPresentOrElse(
                            problems::add, () -> done.addAll(there ? List.of("unmounted " + disk.path()) : List.of()));
        }
        for (LedgerEntry.ServiceProcess started : content.all(LedgerEntry.ServiceProcess.class)) {
            if (sight.table().find(started.process()).isEmpty()) {
                OwnClock.forget(started.process().pid());
            }
        }
    }

    /// Removes the networks that services had of their own.
    void removeNetworks() {
        for (LedgerEntry.NetworkAnnounced network : content.all(LedgerEntry.NetworkAnnounced.class)) {
            int there = Namespaces.namespaces(network.name()).size();
            List<String> left = Namespaces.remove(network.name());
            problems.addAll(left);
            if (there > 0 && left.isEmpty()) {
                done.add("removed %d network namespaces".formatted(there));
            }
        }
    }

    /// Removes what the run created in container engines, also after a reboot: containers are
    /// still there then.
    void removeContainers() throws InterruptedException {
        LedgerEntry.RunOwned owned = content.owned().orElseThrow();
        for (LedgerEntry.EngineAnnounced announced : content.all(LedgerEntry.EngineAnnounced.class)) {
            try (Engine engine = Engine.connect(announced.address())) {
                DeadContainers dead = new DeadContainers(
                        new ContainerAudit(engine, announced.owned(owned.mark()), announced.before()));
                dead.remove();
                done.addAll(dead.done());
                problems.addAll(dead.problems());
            } catch (EngineException e) {
                problems.add("what the run left in the Docker engine cannot be removed: " + e.getMessage());
            }
        }
    }

    /// Removes what is new below the declared paths.
    ///
    /// @param inUse declared paths of runs that live: what is there may be theirs
    void removeFiles(List<Path> inUse) {
        for (LedgerEntry.WritesDeclared declared : content.all(LedgerEntry.WritesDeclared.class)) {
            Path path = Path.of(declared.before().path());
            if (inUse.stream().anyMatch(other -> other.startsWith(path) || path.startsWith(other))) {
                problems.add("%s was left alone: a run that lives uses it".formatted(path));
                continue;
            }
            try {
                for (Path added : declared.before().added(folder)) {
                    remove(added);
                }
            } catch (IOException e) {
                problems.add("%s cannot be read: %s".formatted(path, e));
            }
        }
    }

    private void remove(Path path) {
        String problem = OrphanAudit.removeFile(path);
        if (problem.isEmpty()) {
            done.add("removed " + path);
        } else {
            problems.add(path + ": " + problem);
        }
    }
}
