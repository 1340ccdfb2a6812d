package dev.verdict.plan;

import java.time.Duration;
import java.util.Locale;

/// Is what can be done to the traffic over a link: from whoever connects, there, to a service's
/// port, and back.
///
/// Each kind acts in its usual [#direction] on every connection that is open or comes; the HTTP
/// kinds on every answer. [Partly] narrows that down. Values out of range are refused with an
/// [IllegalArgumentException] that says what is allowed.
public sealed interface LinkFault extends Fault
        permits LinkFault.Partly,
                LinkFault.Delay,
                LinkFault.Bandwidth,
                LinkFault.Stall,
                LinkFault.Reset,
                LinkFault.ResetAfterBytes,
                LinkFault.ResetAfter,
                LinkFault.Refuse,
                LinkFault.BlackHole,
                LinkFault.SlowClose,
                LinkFault.Corrupt,
                LinkFault.Slice,
                HttpFault {
    /// Names the way that bytes go.
    enum Direction {
        /// From whoever connects to the service: requests.
        THERE,
        /// From the service: answers.
        BACK,
        BOTH;

        /// Tells whether this is, or includes, the other.
        public boolean includes(Direction other) {
            return this == BOTH || this == other;
        }
    }

    /// Returns the record's name with a small first letter, as `resetAfterBytes`.
    @Override
    default String kind() {
        String name = getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /// Returns the direction in which it acts unless [Partly] says otherwise.
    default Direction direction() {
        return Direction.BOTH;
    }

    /// Tells whether it can act in one direction alone.
    default boolean directed() {
        return true;
    }

    /// Acts in one direction only, on a share, or on the first few only.
    ///
    /// @param direction both for kinds that have no direction
    /// @param probability that it acts on a connection, for HTTP kinds on an answer: 0 never, 1
    ///     always; drawn by the run's seed
    /// @param first acts on so many of those at most and then no more; `Long.MAX_VALUE`: on all
    record Partly(LinkFault fault, Direction direction, double probability, long first) implements LinkFault {
        public Partly {
            require(!(fault instanceof Partly), "what acts partly is a fault proper");
            require(probability >= 0 && probability <= 1, "a probability is 0 to 1, not " + probability);
            require(first >= 1, "a fault acts on the first 1 or more, not " + first);
            require(
                    direction == fault.direction() || fault.directed(),
                    "a fault of kind " + fault.kind() + " has no choice of direction");
        }

        @Override
        public boolean directed() {
            return fault.directed();
        }

        @Override
        public String kind() {
            return fault.kind();
        }

        @Override
        public String summary() {
            String way = switch (direction) {
                case THERE -> ", requests only";
                case BACK -> ", answers only";
                case BOTH -> ", both directions";
            };
            return fault.summary()
                    + (direction == fault.direction() ? "" : way)
                    + (probability == 1 ? "" : ", with probability " + probability)
                    + (first == Long.MAX_VALUE ? "" : ", the first " + first + " only");
        }
    }

    /// Returns the same fault in one direction only.
    default LinkFault only(Direction one) {
        return new Partly(proper(), one, probability(), first());
    }

    /// Returns the same fault, acting with a probability.
    default LinkFault sometimes(double share) {
        return new Partly(proper(), direction(), share, first());
    }

    /// Returns the same fault, acting on the first so many only.
    default LinkFault first(long count) {
        return new Partly(proper(), direction(), probability(), count);
    }

    /// Returns the fault itself, without what [Partly] says about it.
    default LinkFault proper() {
        return this instanceof Partly partly ? partly.fault() : this;
    }

    /// Returns the probability that it acts on a connection, for HTTP kinds on an answer.
    default double probability() {
        return 1;
    }

    /// Returns on how many of those it acts at most.
    default long first() {
        return Long.MAX_VALUE;
    }

    /// Delays bytes and the end after them, in their order. What is sent is delayed unless said
    /// otherwise, so a request and its answer together take `by` longer.
    ///
    /// @param by the mean, 0 to 1 h
    /// @param jitter the spread: as [Shape] says; at most 1 h
    record Delay(Duration by, Duration jitter, Shape shape) implements LinkFault {
        public Delay {
            between(by, Duration.ZERO, HOUR, "a delay");
            between(jitter, Duration.ZERO, HOUR, "a jitter");
        }

        public Delay(Duration by) {
            this(by, Duration.ZERO, Shape.UNIFORM);
        }

        @Override
        public Direction direction() {
            return Direction.THERE;
        }

        @Override
        public String summary() {
            String spread = switch (shape) {
                case UNIFORM -> " ± ";
                case NORMAL -> " with a normal jitter of ";
                case PARETO -> " with a Pareto jitter of ";
            };
            return "is delayed by " + Amounts.write(by) + (jitter.isZero() ? "" : spread + Amounts.write(jitter));
        }
    }

    /// Says how a delay varies. No delay is below zero, so a jitter that is large beside its delay
    /// raises the mean.
    enum Shape {
        /// Evenly between mean − jitter and mean + jitter.
        UNIFORM,
        /// Normally, with jitter as the standard deviation.
        NORMAL,
        /// With a long tail: Pareto of shape 3, moved and scaled so that jitter would be the
        /// standard deviation, and then cut at mean + 10 × jitter.
        PARETO
    }

    /// Lets so many bytes a second through in each direction.
    ///
    /// @param bytesPerSecond 1 to 10^12
    /// @param per what shares them: all connections of a link, or each has its own
    record Bandwidth(long bytesPerSecond, Per per) implements LinkFault {
        public Bandwidth {
            require(
                    bytesPerSecond >= 1 && bytesPerSecond <= 1_000_000_000_000L,
                    "a bandwidth is 1B to 1TB a second, not " + bytesPerSecond);
        }

        @Override
        public String summary() {
            return "is limited to " + Amounts.write(bytesPerSecond) + "/s per "
                    + (per == Per.LINK ? "link" : "connection");
        }
    }

    /// Says what a bandwidth belongs to.
    enum Per {
        LINK,
        CONNECTION
    }

    /// Holds everything back, ends included, for as long as it acts; afterwards all of it goes on.
    record Stall() implements LinkFault {
        @Override
        public String summary() {
            return "is stalled";
        }
    }

    /// Resets at once the connections that are open, idle ones too. It does nothing to later ones.
    record Reset() implements LinkFault {
        @Override
        public boolean directed() {
            return false;
        }

        @Override
        public String summary() {
            return "has its open connections reset";
        }
    }

    /// Lets so many bytes of a connection through, counted from when it acts on it, then resets.
    ///
    /// @param bytes 0 and more, in each direction that it acts in; of answers unless said otherwise
    record ResetAfterBytes(long bytes) implements LinkFault {
        public ResetAfterBytes {
            require(bytes >= 0, "a connection is reset after 0 bytes or more, not " + bytes);
        }

        @Override
        public Direction direction() {
            return Direction.BACK;
        }

        @Override
        public String summary() {
            return "is reset after " + Amounts.write(bytes);
        }
    }

    /// Resets a connection so long after it was opened, or after the fault began if it was open by
    /// then, whatever goes over it.
    ///
    /// @param after 0 to 24 h
    record ResetAfter(Duration after) implements LinkFault {
        public ResetAfter {
            between(after, Duration.ZERO, Duration.ofDays(1), "the time to a reset");
        }

        @Override
        public boolean directed() {
            return false;
        }

        @Override
        public String summary() {
            return "is reset after " + Amounts.write(after);
        }
    }

    /// Refuses new connections: nobody listens. With a probability or a count they are accepted and
    /// reset instead, because the operating system cannot refuse some. Open connections go on.
    record Refuse() implements LinkFault {
        @Override
        public boolean directed() {
            return false;
        }

        @Override
        public String summary() {
            return "refuses connections";
        }
    }

    /// Accepts and swallows: what is sent arrives nowhere, and nothing comes. New connections do
    /// not reach the service. When it ends, connections that lost bytes by it are reset; in one
    /// direction only, the other one keeps working.
    record BlackHole() implements LinkFault {
        @Override
        public String summary() {
            return "is a black hole";
        }
    }

    /// Delays the end of what is sent, not the bytes before it.
    ///
    /// @param by 0 to 1 h
    record SlowClose(Duration by) implements LinkFault {
        public SlowClose {
            between(by, Duration.ZERO, HOUR, "the delay of a close");
        }

        @Override
        public String summary() {
            return "is closed " + Amounts.write(by) + " late";
        }
    }

    /// Changes single bytes, chosen by the seed.
    ///
    /// @param share of the bytes, above 0 and at most 1; the same bytes of a connection each time
    record Corrupt(double share) implements LinkFault {
        public Corrupt {
            require(share > 0 && share <= 1, "the share of corrupted bytes is above 0 and at most 1, not " + share);
        }

        @Override
        public String summary() {
            return share == 1 ? "has every byte corrupted" : "has a share of " + share + " of its bytes corrupted";
        }
    }

    /// Hands bytes on in small segments with a pause after each.
    ///
    /// @param size of a segment in bytes, 1 to 1 MiB
    /// @param pause 0 to 1 h
    record Slice(int size, Duration pause) implements LinkFault {
        public Slice {
            require(size >= 1 && size <= 1 << 20, "a segment has 1B to 1MiB, not " + size);
            between(pause, Duration.ZERO, HOUR, "a pause between segments");
        }

        @Override
        public String summary() {
            return "is cut into segments of " + Amounts.write(size) + ", " + Amounts.write(pause) + " apart";
        }
    }

    /// Bounds most times: a fault that holds bytes for longer is a [Stall].
    Duration HOUR = Duration.ofHours(1);

    private static void between(Duration value, Duration least, Duration most, String what) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                what + " is " + Amounts.write(least) + " to " + Amounts.write(most) + ", not " + Amounts.write(value));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
