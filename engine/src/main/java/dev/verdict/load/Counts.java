package dev.verdict.load;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// Counts what became of requests.
///
/// @param answered with what was expected
/// @param sent those, and the errors that were sent
/// @param connects how many connections were made
/// @param errors by kind, without the kinds that did not occur
/// @param examples what the first error of each kind said
/// @param differences answers that were not as when nobody else asks, by the place that differed
///     first; beyond [#MOST_PLACES] places they are counted together
public record Counts(
        long answered,
        long sent,
        long bytesIn,
        long bytesOut,
        long connects,
        Map<ErrorKind, Long> errors,
        Map<ErrorKind, String> examples,
        Map<String, Difference> differences) {
    /// Counts nothing.
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, Map.of(), Map.of(), Map.of());

    private static final int MOST_PLACES = 20;

    /// Counts answers that differed first at one place.
    ///
    /// @param example what stood there
    public record Difference(long count, String example) {
        private Difference plus(Difference later) {
            return new Difference(count + later.count, example);
        }
    }

    public Counts {
        errors = Map.copyOf(errors);
        examples = Map.copyOf(examples);
        differences = Map.copyOf(differences);
    }

    /// Returns how many requests were errors.
    public long failed() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Returns how many requests came to an end, one way or the other.
    public long total() {
        return answered + failed();
    }

    /// Returns the share of errors, 0 to 1; 0 if there was no request.
    public double errorShare() {
        return total() == 0 ? 0 : (double) failed() / total();
    }

    /// Returns the sum; of the examples these win.
    public Counts plus(Counts other) {
        Map<ErrorKind, Long> sum = new EnumMap<>(ErrorKind.class);
        sum.putAll(errors);
        other.errors.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
        Map<ErrorKind, String> said = new EnumMap<>(ErrorKind.class);
        said.putAll(other.examples);
        said.putAll(examples);
        Map<String, Difference> places = new HashMap<>(differences);
        other.differences.forEach((place, difference) -> count(places, place, difference));
        return new Counts(
                answered + other.answered,
                sent + other.sent,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                connects + other.connects,
                sum,
                said,
                places);
    }

    /// Adds to what is counted by place; where there are too many places, to the rest.
    static void count(Map<String, Difference> places, String place, Difference more) {
        boolean known = places.containsKey(place) || places.size() < MOST_PLACES;
        places.merge(known ? place : "elsewhere", more, Difference::plus);
    }
}
