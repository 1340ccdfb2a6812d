package dev.verdict.plan;

import java.util.Optional;

/// Defines one key of the plan file: the single source for reading, schema and reference.
///
/// @param doc one sentence or two for people, in Markdown
/// @param presence what follows if it is absent
/// @param needs the key that must stand beside it; empty for none
record Key<T>(String name, Kind<T> kind, String doc, Presence presence, String needs) {
    /// Says what follows from a key's absence.
    sealed interface Presence {
        /// It is a mistake.
        record Required() implements Presence {}

        /// Nothing, or what `doc` says.
        record Optional() implements Presence {}

        /// The value is `text`.
        record Standard(String text) implements Presence {}
    }

    static <T> Key<T> required(String name, Kind<T> kind, String doc) {
        return new Key<>(name, kind, doc, new Presence.Required(), "");
    }

    static <T> Key<T> optional(String name, Kind<T> kind, String doc) {
        return new Key<>(name, kind, doc, new Presence.Optional(), "");
    }

    /// Defines a key with a default; empty text for a mapping or list means an empty one.
    static <T> Key<T> standard(String name, Kind<T> kind, String text, String doc) {
        return new Key<>(name, kind, doc, new Presence.Standard(text), "");
    }

    /// Returns the key as one that makes sense only beside `other`.
    Key<T> beside(Key<?> other) {
        return new Key<>(name, kind, doc, presence, other.name());
    }

    /// Reads the key's value, if it stands there or has a default.
    Optional<T> read(Optional<Node.Entry> entry, Position parent, String parentPath, Reading reading) {
        String path = Paths.child(parentPath, name);
        if (entry.isPresent()) {
            reading.place(path, entry.get().value().position());
            return Optional.of(kind.read(entry.get().value(), path, reading));
        }
        return switch (presence) {
            case Presence.Required() -> {
                reading.problem(path, parent, "the key '" + name + "' is missing: " + kind.words());
                yield Optional.of(kind.standIn());
            }
            case Presence.Optional() -> Optional.empty();
            case Presence.Standard(String text) -> Optional.of(kind.read(kind.standard(text, parent), path, reading));
        };
    }
}
