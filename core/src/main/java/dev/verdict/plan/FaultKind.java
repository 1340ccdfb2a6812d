package dev.verdict.plan;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Defines how a kind of fault stands in a plan: its word with the target, and the keys beside it.
///
/// @param key its word, whose value is the target
/// @param needs keys that must stand beside it
/// @param may keys that may stand beside it
/// @param read makes the fault of the keys
record FaultKind(Key<FaultTarget> key, List<Key<?>> needs, List<Key<?>> may, Function<Section, Fault> read) {
    FaultKind {
        needs = List.copyOf(needs);
        may = List.copyOf(may);
    }

    String name() {
        return key.name();
    }

    Stream<Key<?>> parameters() {
        return Stream.concat(needs.stream(), may.stream());
    }
}
