package shop;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Names a mistake that a service makes on demand, to see the tests find it.
enum Defect {
    NONE,
    /// Orders acknowledges an order whose transaction it never commits.
    LOST_ORDER,
    /// Orders keeps answering from its cache after an order has changed.
    STALE_READ,
    /// Orders answers 200 where it refuses.
    WRONG_STATUS,
    /// Orders takes a dead stock service for a reservation.
    SWALLOWED_DEPENDENCY,
    /// Payments starts a process of its own and forgets it.
    ORPHAN_CHILD,
    /// Stock listens far too late.
    SLOW_START;

    /// Reads the environment variable `DEFECT`, as `lost-order`.
    static Defect chosen() {
        String name = System.getenv().getOrDefault("DEFECT", "none");
        return Arrays.stream(values())
                .filter(defect -> defect.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no defect is called " + name + "; there are "
                        + Arrays.stream(values()).map(Defect::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
