package dev.verdict.plan;

import java.nio.file.Path;
import java.util.Map;

/// Holds a plan with what is known about where it came from.
///
/// @param plan the plan
/// @param file the plan file, absolute
/// @param canonical the plan as JSON, which is itself a plan file: reading it gives `plan` again
/// @param digest SHA-256 of `canonical` in UTF-8, 64 hexadecimal digits
/// @param sources where each value came from, by its path, as `services.stock.ports.http`
public record ResolvedPlan(Plan plan, Path file, String canonical, String digest, Map<String, Source> sources) {
    public ResolvedPlan {
        sources = Ordered.copy(sources);
    }

    /// Says where a value stands and who gave it: `plan`, `default`, `--var`, `matrix`,
    /// `environment` or `generated`.
    public record Source(Position position, String origin) {}

    /// Returns the folder that the plan's relative paths start from.
    public Path directory() {
        return java.util.Objects.requireNonNull(file.getParent(), "an absolute file has a parent");
    }
}
