package dev.verdict.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs this same command again in a JVM with another heap, since a JVM cannot change its own.
final class HeapLimit {
    private static final String MARK = "-Dverdict.heap=";
    private static final long SMALLEST = 32L << 20;

    private HeapLimit() {}

    /// Returns what the command answered there; empty if this JVM already has that heap.
    static Optional<Integer> relaunch(long bytes) throws IOException, InterruptedException {
        if (bytes < SMALLEST) {
            throw new UsageException("--heap is at least %d MiB".formatted(SMALLEST >> 20));
        }
        if (Long.toString(bytes).equals(System.getProperty("verdict.heap"))) {
            return Optional.empty();
        }
        List<String> own = Detached.own();
        List<String> command = new ArrayList<>(List.of(own.getFirst(), "-Xmx" + bytes, MARK + bytes));
        own.stream().skip(1).filter(word -> !word.startsWith("-Xmx")).forEach(command::add);
        Process process = new ProcessBuilder(command).inheritIO().start();
        // A ctrl-C reaches both; the answer is the other's.
        try (var interrupt = new Interrupt(process::destroy)) {
            int code = process.waitFor();
            interrupt.exitCode(code);
            return Optional.of(code);
        }
    }
}
