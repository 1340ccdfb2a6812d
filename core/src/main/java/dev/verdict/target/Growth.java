package dev.verdict.target;

import java.util.List;

/// Adds up by how much a counter grew, over restarts, at which it begins again.
final class Growth {
    private Growth() {}

    /// Returns the growth since the first value, or since 0 before it.
    ///
    /// @param fromZero whether what came before the first value counts too
    static double of(List<Point> points, boolean fromZero) {
        double before = fromZero || points.isEmpty() ? 0 : points.getFirst().value();
        double grown = 0;
        for (Point point : points) {
            grown += point.value() < before ? point.value() : point.value() - before;
            before = point.value();
        }
        return grown;
    }
}
