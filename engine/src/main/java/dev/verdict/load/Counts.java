package dev.verdict.load;

import java.util.EnumMap;
import java.util.Map;

/// Counts what became of requests.
///
/// @param answered with what was expected
/// @param sent those, and the errors that were sent
/// @param connects how many connections were made
/// @param errors by kind, without the kinds that did not occur
/// @param examples what the first error of each kind said
public record Counts(
        long answered,
        long sent,
        long bytesIn,
        long bytesOut,
        long connects,
        Map<ErrorKind, Long> errors,
        Map<ErrorKind, String> examples) {
    /// Counts nothing.
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, Map.of(), Map.of());

    public Counts {
        errors = Map.copyOf(errors);
        examples = Map.copyOf(examples);
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
        return new Counts(
                answered + other.answered,
                sent + other.sent,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut,
                connects + other.connects,
                sum,
                said);
    }
}
