package dev.verdict.consistency.append;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Keeps the first example of each phenomenon, and counts all.
final class Examples {
    private final Map<Phenomenon, Finding> found = new EnumMap<>(Phenomenon.class);
    private final Map<Phenomenon, Integer> counts = new EnumMap<>(Phenomenon.class);

    void add(Phenomenon phenomenon, Supplier<Finding> finding) {
        if (!found.containsKey(phenomenon)) {
            found.put(phenomenon, finding.get());
        }
        counts.merge(phenomenon, 1, Integer::sum);
    }

    /// Returns the first example of each phenomenon, the gravest first.
    List<Finding> findings() {
        return new ArrayList<>(found.values());
    }

    /// Returns how often each phenomenon was found.
    Map<Phenomenon, Integer> counts() {
        return counts;
    }
}
