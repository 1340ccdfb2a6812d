package dev.verdict.integrity;

import java.util.List;
import java.util.stream.Collectors;

/// Says in what two sets of files differ at one path.
public sealed interface Difference {
    String path();

    /// Says in one line what differs, for people.
    String text();

    /// Is there, but was not.
    record Added(String path, long size) implements Difference {
        @Override
        public String text() {
            return "%s was added (%,d bytes)".formatted(path, size);
        }
    }

    /// Was there, but is not.
    record Removed(String path, long size) implements Difference {
        @Override
        public String text() {
            return "%s is missing (%,d bytes)".formatted(path, size);
        }
    }

    /// Is something else.
    ///
    /// @param sizeBefore in bytes; -1 if it is not known
    /// @param ranges where the bytes differ, by whole chunks; empty where that is not known
    record Changed(String path, long sizeBefore, long sizeAfter, List<Range> ranges) implements Difference {
        private static final int SHOWN = 8;

        public Changed {
            ranges = List.copyOf(ranges);
        }

        @Override
        public String text() {
            String size = sizeBefore == sizeAfter || sizeBefore == Entry.UNKNOWN
                    ? "%,d bytes".formatted(sizeAfter)
                    : "%,d bytes instead of %,d".formatted(sizeAfter, sizeBefore);
            String where = ranges.stream().limit(SHOWN).map(Range::toString).collect(Collectors.joining(", "));
            String more = ranges.size() > SHOWN ? " and in %d more places".formatted(ranges.size() - SHOWN) : "";
            return "%s was changed (%s)%s"
                    .formatted(path, size, ranges.isEmpty() ? "" : ": it differs within bytes " + where + more);
        }
    }

    /// Is a part of a file.
    ///
    /// @param from the first byte, from 0
    /// @param to the byte behind the last
    record Range(long from, long to) {
        @Override
        public String toString() {
            return from + " to " + (to - 1);
        }
    }
}
