package dev.verdict.metrics;

import dev.verdict.plan.Target;
import dev.verdict.plan.Text;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Is an address that targets are bound to, with all that they ask there.
///
/// @param from as the plan writes it
/// @param url answers where it leads now; empty while nobody knows
/// @param queries whether it is a Prometheus server, that is asked; otherwise a page, that is read
record Watched(String from, Supplier<Optional<String>> url, boolean queries, Set<String> metrics) {
    Watched {
        metrics = new LinkedHashSet<>(metrics);
    }

    /// Gathers what targets ask, by address.
    ///
    /// @param urls answers where a source leads
    static List<Watched> of(List<Target> targets, Function<Text, Optional<String>> urls) {
        Map<String, Watched> all = new LinkedHashMap<>();
        for (Target target : targets) {
            switch (target.of()) {
                case Target.Metric metric -> {
                    Watched watched = all.computeIfAbsent(
                            "page " + metric.from().source(),
                            _ -> new Watched(metric.from().source(), () -> urls.apply(metric.from()), false, Set.of()));
                    watched.metrics().add(metric.metric());
                    metric.over().ifPresent(watched.metrics()::add);
                }
                case Target.Query query ->
                    all.computeIfAbsent(
                                    "server " + query.from().source(),
                                    _ -> new Watched(
                                            query.from().source(), () -> urls.apply(query.from()), true, Set.of()))
                            .metrics()
                            .add(query.query());
                case Target.Measured _, Target.Reported _ -> {}
            }
        }
        return List.copyOf(all.values());
    }
}
