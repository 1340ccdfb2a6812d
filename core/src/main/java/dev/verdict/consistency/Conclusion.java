package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects what a checker found, and makes its answer of it: invalid if anything is wrong, else
/// unknown if there is a reason, else valid. Of each kind of anomaly the first few are kept.
final class Conclusion {
    private static final int KEPT = 8;

    private final Map<String, List<Anomaly>> anomalies = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<Fact> facts = new ArrayList<>();
    private Optional<String> unknown = Optional.empty();

    /// Tells whether the next anomaly of a kind will be kept, so that its words are worth the work.
    boolean keeps(String name) {
        return anomalies.getOrDefault(name, List.of()).size() < KEPT;
    }

    /// Counts an anomaly, which is kept if there are few of its kind.
    void wrong(Anomaly anomaly) {
        if (keeps(anomaly.name())) {
            anomalies.computeIfAbsent(anomaly.name(), _ -> new ArrayList<>()).add(anomaly);
        }
        count(anomaly.name(), 1);
    }

    /// Adds to a number that becomes a fact.
    void count(String name, long number) {
        counts.merge(name, number, Long::sum);
    }

    /// Returns how often something was counted.
    long counted(String name) {
        return counts.getOrDefault(name, 0L);
    }

    void fact(Fact fact) {
        facts.add(fact);
    }

    /// Says why nothing is known, unless something is wrong; the first reason counts.
    void unknown(String reason) {
        unknown = unknown.or(() -> Optional.of(reason));
    }

    Answer answer() {
        List<Fact> all = new ArrayList<>();
        counts.forEach((name, number) -> all.add(new Fact(name, number)));
        all.addAll(facts);
        if (!anomalies.isEmpty()) {
            return new Answer.Invalid(
                    anomalies.values().stream().flatMap(List::stream).toList(), all);
        }
        return unknown.<Answer>map(reason -> new Answer.Unknown(reason, all)).orElseGet(() -> new Answer.Valid(all));
    }
}
