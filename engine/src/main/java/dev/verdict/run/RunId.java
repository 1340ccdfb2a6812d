package dev.verdict.run;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/// Names runs so that they sort by their start: `20261120-201500-3fa9c1`, in UTC. The last
/// part begins with the millisecond, so that short runs in a row sort, too.
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunId() {}

    /// Returns a new name. Its random part keeps runs of one second apart; it decides nothing else,
    /// so it does not come from the seed.
    public static String next(Clock clock) {
        Instant now = clock.instant();
        long unique = ((long) now.get(ChronoField.MILLI_OF_SECOND) << 12) | new SecureRandom().nextInt(1 << 12);
        return TIME.format(now) + "-" + HexFormat.of().toHexDigits(unique, 6);
    }
}
