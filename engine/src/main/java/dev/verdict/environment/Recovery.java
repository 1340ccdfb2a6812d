package dev.verdict.environment;

import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Ends and removes what runs left behind whose Verdict was killed.
public final class Recovery {
    private Recovery() {}

    /// Says what was done about one run.
    ///
    /// @param run its folder
    /// @param done what was ended or removed, a sentence each
    /// @param problems what is still there, a sentence each; empty if nothing is
    public record Recovered(Path run, List<String> done, List<String> problems) {
        public Recovered {
            done = List.copyOf(done);
            problems = List.copyOf(problems);
        }
    }

    /// Returns the folders of the runs whose Verdict is dead and whose things may still be there.
    public static List<Path> pending(Path planDirectory, Aftermath aftermath) {
        Sight sight = Sight.fromHere();
        return ledgers(planDirectory).stream()
                .filter(ledger -> sight.needsRecovery(ledger, aftermath))
                .map(Ledgered::folder)
                .toList();
    }

    /// Returns the Verdicts that own a run of this plan, by its folder, and live here.
    public static Map<Path, ProcessHandle> living(Path planDirectory) {
        Sight sight = Sight.fromHere();
        Map<Path, ProcessHandle> owners = new LinkedHashMap<>();
        for (Ledgered ledger : ledgers(planDirectory)) {
            if (sight.sees(ledger.content())) {
                ledger.content()
                        .owned()
                        .flatMap(owned ->
                                ProcessHandle.of(owned.owner().process().pid()))
                        .ifPresent(process -> owners.put(ledger.folder(), process));
            }
        }
        return owners;
    }

    /// Ends every process of such runs and removes their leftovers. Things of a run whose Verdict
    /// lives are never touched; doing it again does nothing.
    ///
    /// @param aftermath what is cleared before
    /// @return one for each run that needed it
    public static synchronized List<Recovered> recover(Path planDirectory, Aftermath aftermath)
            throws InterruptedException {
        Path runs = runs(planDirectory);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        // One at a time: none may remove what a run creates that starts after another one.
        try (FileChannel channel = FileChannel.open(
                        runs.resolve(".recovery"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return lock.isValid() ? recoverAll(planDirectory, aftermath) : List.of();
        } catch (IOException e) {
            throw new EnvironmentException("the runs in %s cannot be recovered: %s".formatted(runs, e), e);
        }
    }

    private static List<Recovered> recoverAll(Path planDirectory, Aftermath aftermath) throws InterruptedException {
        Sight sight = Sight.fromHere();
        List<Ledgered> all = ledgers(planDirectory);
        List<Path> inUse = all.stream()
                .filter(ledger -> sight.alive(ledger.content()))
                .flatMap(ledger -> ledger.content().all(LedgerEntry.WritesDeclared.class).stream())
                .map(declared -> Path.of(declared.before().path()))
                .toList();
        List<Recovered> recovered = new ArrayList<>();
        for (Ledgered ledger : all) {
            if (sight.needsRecovery(ledger, aftermath)) {
                recovered.add(recover(ledger, sight, inUse, aftermath));
            }
        }
        return recovered;
    }

    private static Recovered recover(Ledgered ledger, Sight sight, List<Path> inUse, Aftermath aftermath)
            throws InterruptedException {
        DeadRun run = new DeadRun(ledger.folder(), ledger.content(), sight);
        run.clear(aftermath);
        if (ledger.content().closed()) {
            // Its processes and files are gone, and what is new since is not its own.
            return run.result();
        }
        run.endProcesses();
        run.removeContainers();
        run.removeNetworks();
        run.removeDisksAndClocks();
        run.removeFiles(inUse);
        Recovered recovered = run.result();
        if (recovered.problems().isEmpty()) {
            try (Ledger open = Ledger.open(ledger.folder().resolve(Ledgered.NAME))) {
                open.append(new LedgerEntry.RunRecovered(Instant.now()));
            }
        }
        return recovered;
    }

    /// Is a run's folder with what its ledger says.
    record Ledgered(Path folder, Ledger.Content content) {
        static final String NAME = "ledger.ndjson";
    }

    /// Holds how owners look from here.
    record Sight(Owner here, ProcessTable table) {
        static Sight fromHere() {
            ProcessTable table = ProcessTable.here();
            return new Sight(Owner.self(table), table);
        }

        /// Tells whether the run's Verdict lives, or may live where it cannot be seen.
        boolean alive(Ledger.Content content) {
            return !content.closed()
                    && content.owned()
                            .filter(owned -> owned.owner().life(here, table) != Owner.Life.DEAD)
                            .isPresent();
        }

        /// Tells whether the run's Verdict lives, and its process is one of ours.
        boolean sees(Ledger.Content content) {
            return !content.closed()
                    && content.owned()
                            .filter(owned -> owned.owner().life(here, table) == Owner.Life.ALIVE)
                            .isPresent();
        }

        boolean needsRecovery(Ledgered ledger, Aftermath aftermath) {
            boolean dead = ledger.content()
                    .owned()
                    .filter(owned -> owned.owner().life(here, table) == Owner.Life.DEAD)
                    .isPresent();
            return dead && (!ledger.content().closed() || aftermath.pending(new RunFolder(ledger.folder())));
        }
    }

    private static Path runs(Path planDirectory) {
        return planDirectory.resolve(".verdict").resolve("runs");
    }

    private static List<Ledgered> ledgers(Path planDirectory) {
        Path runs = runs(planDirectory);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            List<Ledgered> ledgers = new ArrayList<>();
            for (Path folder : folders.sorted().toList()) {
                Path file = folder.resolve(Ledgered.NAME);
                if (Files.isRegularFile(file)) {
                    ledgers.add(new Ledgered(folder, Ledger.read(file)));
                }
            }
            return ledgers;
        } catch (IOException e) {
            throw new UncheckedIOException("the runs in " + runs + " cannot be listed", e);
        }
    }
}
