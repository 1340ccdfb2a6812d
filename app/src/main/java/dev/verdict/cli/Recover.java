package dev.verdict.cli;

import dev.verdict.environment.Recovery;
import dev.verdict.fault.Aftercare;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// Clears what killed runs left, and says what was done.
final class Recover {
    private Recover() {}

    /// Returns whether nothing is left; what was done is printed to `to`.
    static boolean all(Path planDirectory, PrintStream to) throws InterruptedException {
        List<Recovery.Recovered> recovered = Recovery.recover(planDirectory, new Aftercare());
        for (Recovery.Recovered run : recovered) {
            to.println("recovered run " + run.run().getFileName());
            run.done().forEach(done -> to.println("  " + done));
            run.problems().forEach(problem -> to.println("  still there: " + problem));
        }
        return recovered.stream().allMatch(run -> run.problems().isEmpty());
    }

    /// Clears the way for a run.
    ///
    /// @throws UsageException if something of a killed run is still there
    static void before(Path planDirectory, Terminal terminal) throws InterruptedException {
        if (!all(planDirectory, terminal.err())) {
            throw new UsageException("something of an earlier run is still there, see above: end it first");
        }
    }
}
