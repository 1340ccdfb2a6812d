package dev.verdict.load;

import java.time.Duration;

/// Says when requests are sent.
public sealed interface Pace {
    /// Returns how long requests are sent.
    Duration duration();

    /// Sends at a rate, whatever becomes of the requests before: as people arrive who do not know
    /// of each other. Latency counts from the time at which a request was due.
    ///
    /// @param rate arrivals a second
    /// @param arrival how they lie in time
    /// @param seed of what is random about them
    record Open(Profile rate, Arrival arrival, long seed) implements Pace {
        @Override
        public Duration duration() {
            return rate.duration();
        }
    }

    /// Sends from users, each of whom waits for an answer before asking again.
    ///
    /// @param users how many there are
    /// @param think how long a user rests after an answer
    record Closed(Profile users, Duration think) implements Pace {
        @Override
        public Duration duration() {
            return users.duration();
        }
    }

    /// Says how arrivals lie in time.
    enum Arrival {
        /// At equal distances.
        EVEN,
        /// At random, independent of each other: a Poisson process.
        POISSON
    }
}
