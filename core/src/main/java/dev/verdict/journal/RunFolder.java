package dev.verdict.journal;

import java.nio.file.Path;

/// Names the files of one run: `.verdict/runs/ID/`.
public record RunFolder(Path root) {
    /// Returns the folder of run `id` below the folder that holds the plan.
    public static RunFolder of(Path planDirectory, String id) {
        return new RunFolder(planDirectory.resolve(".verdict").resolve("runs").resolve(id));
    }

    public String id() {
        return root.getFileName().toString();
    }

    public Path journal() {
        return root.resolve("journal.ndjson");
    }

    public Path log(String service) {
        return root.resolve("logs").resolve(service + ".log");
    }

    public Path blobs() {
        return root.resolve("blobs");
    }

    public Path report() {
        return root.resolve("report");
    }

    /// Returns the ledger of what the run owns, which `verdict recover` reads.
    public Path ledger() {
        return root.resolve("ledger.ndjson");
    }
}
