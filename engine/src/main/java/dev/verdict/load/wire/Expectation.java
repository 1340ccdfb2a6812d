package dev.verdict.load.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Is what an answer must be, or else it is an error.
///
/// @param statuses one of these; none allows every status
/// @param contains what the body must hold, in UTF-8
/// @param headers what headers must be
/// @param maxBytes how long the body may be, as sent
/// @param alone the body that was given to somebody who asked alone, to compare answers with
public record Expectation(
        List<Range> statuses,
        Optional<String> contains,
        Map<String, String> headers,
        long maxBytes,
        Optional<String> alone) {
    /// Expects a status from 200 to 299.
    public static final Expectation SUCCESS = statuses(new Range(200, 299));

    /// Is some statuses in a row.
    public record Range(int from, int to) {
        boolean holds(int status) {
            return from <= status && status <= to;
        }
    }

    public Expectation {
        statuses = List.copyOf(statuses);
        headers = Map.copyOf(headers);
    }

    /// Expects one of some statuses and nothing else.
    public static Expectation statuses(Range... ranges) {
        return new Expectation(List.of(ranges), Optional.empty(), Map.of(), Long.MAX_VALUE, Optional.empty());
    }

    boolean allows(int status) {
        for (int i = 0; i < statuses.size(); i++) {
            if (statuses.get(i).holds(status)) {
                return true;
            }
        }
        return statuses.isEmpty();
    }
}
