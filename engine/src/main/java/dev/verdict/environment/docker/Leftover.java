package dev.verdict.environment.docker;

import java.util.Locale;

/// Is something in an engine that a run created and did not take away by itself.
///
/// @param name for people; an image's first tag
/// @param detail the image, state or size
/// @param service whose it is; empty if unknown
public record Leftover(Kind kind, String id, String name, String detail, String service) {
    /// Says what it is, in the order in which such things can be removed.
    public enum Kind {
        CONTAINER,
        NETWORK,
        VOLUME,
        IMAGE;

        /// Returns the word for it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
