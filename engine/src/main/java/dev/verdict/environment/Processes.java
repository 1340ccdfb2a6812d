package dev.verdict.environment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the processes of one run among all of the machine's.
final class Processes {
    /// How often a stranger is looked at before it counts as one: a process that is just being
    /// started shows its parent's environment for a moment.
    private static final int LOOKS = 5;

    /// After so many cheap scans everything is looked at again: a number may have found a new
    /// owner.
    private static final int FULL_EVERY = 30;

    private final ProcessTable table;
    private final Mark mark;
    private final Map<Long, Integer> strangers = new HashMap<>();
    private int scans;

    Processes(ProcessTable table, Mark mark) {
        this.table = table;
        this.mark = mark;
    }

    ProcessTable table() {
        return table;
    }

    Mark mark() {
        return mark;
    }

    /// Holds the processes of one moment that may belong to the run.
    ///
    /// @param services by process number, for those that carry the run's mark
    record Scan(List<Proc> alive, Map<Long, String> services) {
        /// Returns the processes that carry the run's mark.
        List<Proc> marked() {
            return alive.stream()
                    .filter(process -> services.containsKey(process.pid()))
                    .toList();
        }

        /// Returns the processes below `roots` by parentage, and the roots.
        Set<ProcessId> descendants(Collection<ProcessId> roots) {
            Map<Long, List<Proc>> children = new HashMap<>();
            alive.forEach(process -> children.computeIfAbsent(process.parent(), pid -> new ArrayList<>())
                    .add(process));
            Set<ProcessId> found = new HashSet<>();
            List<ProcessId> open = new ArrayList<>(roots);
            while (!open.isEmpty()) {
                ProcessId next = open.removeLast();
                if (found.add(next)) {
                    children.getOrDefault(next.pid(), List.of()).forEach(child -> open.add(child.id()));
                }
            }
            return found;
        }
    }

    /// Looks at every process anew: for audits, and before anything is ended.
    synchronized Scan scan() {
        strangers.clear();
        return quickScan();
    }

    /// Looks at the run's processes and at new ones; what was seen to be a stranger several times
    /// is not read again.
    synchronized Scan quickScan() {
        if (scans++ % FULL_EVERY == 0) {
            strangers.clear();
        }
        List<Long> pids = table.pids();
        strangers.keySet().retainAll(new HashSet<>(pids));
        List<Proc> alive = new ArrayList<>();
        Map<Long, String> services = new HashMap<>();
        long self = ProcessHandle.current().pid();
        for (long pid : pids) {
            if (pid == self || strangers.getOrDefault(pid, 0) >= LOOKS) {
                continue;
            }
            Optional<Proc> process = table.find(pid).filter(found -> !found.dead());
            process.ifPresent(alive::add);
            Optional<String> service = process.flatMap(found -> table.markedService(pid, mark));
            service.ifPresent(name -> services.put(pid, name));
        }
        forgetStrangers(alive, services);
        return new Scan(alive, services);
    }

    /// Counts a look at each process that neither carries the mark nor descends from one that does.
    private void forgetStrangers(List<Proc> alive, Map<Long, String> services) {
        Scan scan = new Scan(alive, services);
        Set<ProcessId> ours =
                scan.descendants(scan.marked().stream().map(Proc::id).toList());
        Set<Long> sessions = new HashSet<>(services.keySet());
        alive.stream()
                .filter(process -> !ours.contains(process.id()) && !sessions.contains(process.session()))
                .forEach(process -> strangers.merge(process.pid(), 1, Integer::sum));
    }
}
