package dev.verdict.environment;

import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds a run's processes by what its ledger says of them, also after its Verdict died. Whoever
/// acts on processes from outside acts on these and no others.
public final class RunProcesses {
    private static final String CONTAINER = "container/";
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final ProcessTable table = ProcessTable.here();
    private final RunFolder run;

    /// @param run whose ledger is read each time that processes are asked for
    public RunProcesses(RunFolder run) {
        this.run = run;
    }

    /// Returns the variables that mark a process as the run's.
    ///
    /// @param label a service, or a word for what is none: its processes are found by it
    public Map<String, String> marks(String label) {
        return ledger().flatMap(Ledger.Content::owned)
                .map(owned -> owned.mark().variables(label))
                .orElseThrow(() -> new EnvironmentException("the run in %s has no ledger".formatted(run.root())));
    }

    /// Returns a word that no other run has, for the names of things that are no processes.
    public String nonce() {
        return String.valueOf(marks("").get(Mark.NONCE));
    }

    /// Returns the label of whoever is in a container: those carry no mark, and are known by their
    /// control groups.
    ///
    /// @param id in full, of a container of the run
    public static String inContainer(String id) {
        return CONTAINER + id;
    }

    /// Returns who carries the run's mark with this label or is the service's main process, and who
    /// descends from them. Empty if the run was on another machine, or before it was booted.
    public List<ProcessId> of(String label) {
        Optional<Ledger.Content> ledger = ledger();
        Optional<LedgerEntry.RunOwned> owned = ledger.flatMap(Ledger.Content::owned);
        if (owned.isEmpty() || !owned.get().owner().sharesProcesses(Owner.self(table))) {
            return List.of();
        }
        if (label.startsWith(CONTAINER)) {
            return contained(label.substring(CONTAINER.length()));
        }
        Processes.Scan scan = new Processes(table, owned.get().mark()).scan();
        Set<ProcessId> roots = new HashSet<>();
        scan.marked().stream()
                .filter(process -> label.equals(scan.services().get(process.pid())))
                .forEach(process -> roots.add(process.id()));
        ledger.get().all(LedgerEntry.ServiceProcess.class).stream()
                .filter(entry -> entry.service().equals(label))
                .map(LedgerEntry.ServiceProcess::process)
                .filter(id -> table.find(id).isPresent())
                .forEach(roots::add);
        Set<ProcessId> all = scan.descendants(roots);
        return scan.alive().stream().map(Proc::id).filter(all::contains).toList();
    }

    private List<ProcessId> contained(String container) {
        return table.pids().stream()
                .filter(pid -> table.inContainer(pid, container))
                .flatMap(pid -> table.find(pid).stream())
                .filter(process -> !process.dead())
                .map(Proc::id)
                .toList();
    }

    /// Tells whether it is still the same process.
    public boolean lives(ProcessId id) {
        return table.find(id).isPresent();
    }

    /// Sends a signal to each that still lives.
    public void signal(String signal, Collection<ProcessId> to) throws InterruptedException {
        Signals.send(signal, to.stream().filter(this::lives).toList());
    }

    /// Kills everyone of the label, also those who are started meanwhile.
    ///
    /// @return how many were ended
    /// @throws EnvironmentException if somebody is left after ten seconds
    public int kill(String label) throws InterruptedException {
        Set<ProcessId> seen = new HashSet<>();
        List<Proc> left = Signals.killAll(
                () -> {
                    List<Proc> found = new ArrayList<>();
                    of(label).forEach(id -> table.find(id).ifPresent(found::add));
                    found.forEach(process -> seen.add(process.id()));
                    return found;
                },
                KILL_LIMIT);
        if (!left.isEmpty()) {
            throw new EnvironmentException("%d processes of %s could not be ended".formatted(left.size(), label));
        }
        return seen.size();
    }

    private Optional<Ledger.Content> ledger() {
        try {
            return Files.exists(run.ledger()) ? Optional.of(Ledger.read(run.ledger())) : Optional.empty();
        } catch (IOException e) {
            throw new EnvironmentException("the ledger %s cannot be read: %s".formatted(run.ledger(), e), e);
        }
    }
}
