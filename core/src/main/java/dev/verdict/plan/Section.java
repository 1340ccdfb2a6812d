package dev.verdict.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hands the values of a mapping that was read to the record made of them.
///
/// @param written which of its keys stand in the plan
record Section(String path, Map<String, Object> values, Set<String> written, Reading reading) {
    Section {
        values = Map.copyOf(values);
        written = Set.copyOf(written);
    }

    /// Says whether a key stands in the plan, so that its value is no default.
    boolean has(Key<?> key) {
        return written.contains(key.name());
    }

    /// Returns the key under which the mapping stands: a service's name.
    String name() {
        return Paths.name(path);
    }

    String path(Key<?> key) {
        return Paths.child(path, key.name());
    }

    /// Returns the value of a key that is required or has a default.
    <T> T get(Key<T> key) {
        return optional(key).orElseThrow(() -> new IllegalStateException("no value at " + path(key)));
    }

    /// Returns the value of a key that may be absent.
    @SuppressWarnings("unchecked") // what stands under a key's name was read by the key's kind
    <T> Optional<T> optional(Key<T> key) {
        return Optional.ofNullable((T) values.get(key.name()));
    }
}
