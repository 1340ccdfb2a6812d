package dev.verdict.plan;

import java.nio.file.Path;
import java.util.Map;

/// Holds a plan with what is known about where it came from.
///
/// @param plan the plan
/// @param file the plan file, absolute
/// @param canonical the plan as JSON, which is itself a plan file: reading it gives `plan` again
/// @param digest SHA-256 of `canonical` in UTF-8, 64 hexadecimal digits
/// @param sources where each value came from, by its path in the canonical text, as
///     `system.services.stock.ports.http.env` or `phases[0].suites[0].features[0]`
public record ResolvedPlan(Plan plan, Path file, String canonical, String digest, Map<String, Source> sources) {
    public ResolvedPlan {
        sources = Ordered.copy(sources);
    }

    /// Says where a value stands and who gave it: `plan`, `default`, `--var`, `--seed`, `matrix`,
    /// `environment` or `generated`; several, separated by commas, if it was put together.
    public record Source(Position position, String origin) {}

    /// Resolves a plan that was made of another one: nothing is known about where its values stand.
    public static ResolvedPlan of(Plan plan, Path file) {
        String canonical = Canonical.text(plan);
        return new ResolvedPlan(plan, file, canonical, Canonical.digest(canonical), Map.of());
    }

    /// Returns the folder that the plan's relative paths start from.
    public Path directory() {
        return java.util.Objects.requireNonNull(file.getParent(), "an absolute file has a parent");
    }
}
