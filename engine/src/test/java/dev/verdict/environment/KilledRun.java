package dev.verdict.environment;

import static dev.verdict.environment.Systems.needs;
import static dev.verdict.environment.Systems.readyLine;
import static dev.verdict.environment.Systems.shell;
import static dev.verdict.environment.Systems.stop;
import static dev.verdict.environment.Systems.writes;

import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/// Runs a system with everything that can be left behind, over and over, until it is killed: a
/// program for tests, in a process of its own.
final class KilledRun {
    private KilledRun() {}

    /// Takes the plan's folder and the run's id; says `up` when the system is up.
    public static void main(String[] args) throws InterruptedException {
        Path directory = Path.of(args[0]);
        Service store = writes(
                stop(
                        readyLine(
                                shell(
                                        "store",
                                        "mkdir -p data/new; echo 1 > data/new/row; echo 2 > data/log;"
                                                + " (setsid sh -c 'sleep 302 & exec sleep 301' > /dev/null 2>&1 &);"
                                                + " echo up; sleep 300 & wait"),
                                "up"),
                        "TERM",
                        Duration.ofMillis(100)),
                "data");
        Service server = Systems.port(
                needs(Systems.command(readyLine(shell("server", ""), "warm"), TinyServer.command()), "store"),
                "http",
                "PORT",
                OptionalInt.empty());
        try (LocalEnvironment environment = new LocalEnvironment(
                Systems.plan(directory, store, server),
                RunFolder.of(directory, args[1]),
                new MemoryJournal(),
                Redactor.NONE,
                (service, reference) -> reference.toString())) {
            environment.up();
            System.out.println("up");
            environment.stop("store", "the test");
            environment.start("store", "the test");
        }
        System.out.println("closed");
    }
}
