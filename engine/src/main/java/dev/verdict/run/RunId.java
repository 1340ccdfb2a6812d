package dev.verdict.run;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// Names runs so that they sort by their start: `20261120-201500-3fa9`, in UTC.
public final class RunId {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private RunId() {}

    /// Returns a new name. Its random part keeps runs of one second apart; it decides nothing else,
    /// so it does not come from the seed.
    public static String next(Clock clock) {
        byte[] random = new byte[2];
        new SecureRandom().nextBytes(random);
        return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(random);
    }
}
