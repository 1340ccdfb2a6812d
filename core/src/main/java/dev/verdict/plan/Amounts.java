package dev.verdict.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads and writes numbers with units: `20s`, `5MB`.
final class Amounts {
    static final String DURATION_PATTERN = "[0-9]{1,12}(?:\\.[0-9]{1,6})?(?:ms|s|min|h)";
    static final String SIZE_PATTERN = "[0-9]{1,18}(?:\\.[0-9]{1,6})?(?:B|[kMGT]B|[KMGT]iB)";

    static final String RATE_PATTERN = "[0-9]{1,9}(?:\\.[0-9]{1,6})?/(?:s|min|h)";

    private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)/(s|min|h)");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,6})?)\\s*([A-Za-zµ]*)");
    private static final Map<String, Long> TIMES = units("ms", 1_000_000L, "s", 1_000_000_000L, "min", 60_000_000_000L);
    private static final Map<String, Long> SIZES = units("B", 1L, "kB", 1000L, "KiB", 1024L);
    private static final Map<String, String> MEANT = Map.of(
            "m", "min", "mins", "min", "minutes", "min", "minute", "min", "sec", "s", "seconds", "s", "second", "s",
            "hours", "h", "hour", "h");

    static {
        TIMES.put("h", 3_600_000_000_000L);
        long decimal = 1000;
        long binary = 1024;
        for (String prefix : List.of("M", "G", "T")) {
            SIZES.put(prefix + "B", decimal *= 1000);
            SIZES.put(prefix + "iB", binary *= 1024);
        }
    }

    private Amounts() {}

    private static Map<String, Long> units(String a, long as, String b, long bs, String c, long cs) {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put(a, as);
        units.put(b, bs);
        units.put(c, cs);
        return units;
    }

    /// Reads a duration of at least 1 ms and at most `most`.
    static Duration duration(String text, Duration most) throws Refusal {
        long nanos = amount(text, "a duration", TIMES, "s", "500ms, 20s, 2min or 1h");
        if (nanos < 1_000_000 || nanos > most.toNanos()) {
            throw new Refusal("'" + text + "' is out of range; allowed is 1ms to " + write(most));
        }
        return Duration.ofNanos(nanos);
    }

    /// Reads a size in bytes, at least 1.
    static long size(String text) throws Refusal {
        long bytes = amount(text, "a size", SIZES, "B", "500kB, 5MB or 1GiB");
        if (bytes < 1) {
            throw new Refusal("'" + text + "' is out of range; allowed is 1B and more");
        }
        return bytes;
    }

    private static long amount(String text, String what, Map<String, Long> units, String usual, String examples)
            throws Refusal {
        Matcher matcher = AMOUNT.matcher(text);
        String allowed = "; allowed are " + Wording.list(units.keySet()) + ", as " + examples;
        if (!matcher.matches()) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not " + what + allowed);
        }
        String number = matcher.group(1);
        String unit = matcher.group(2);
        if (unit.isEmpty()) {
            throw new Refusal("'" + text + "' has no unit" + allowed + "; did you mean '" + number + usual + "'?");
        }
        Long factor = units.get(unit);
        if (factor == null) {
            String meant = MEANT.containsKey(unit) && units.containsKey(MEANT.get(unit))
                    ? String.valueOf(MEANT.get(unit))
                    : Nearest.to(unit, units.keySet()).orElse("");
            String hint = meant.isEmpty() ? "" : "; did you mean '" + number + meant + "'?";
            throw new Refusal("'" + Wording.shorten(text) + "' has the unknown unit '" + unit + "'" + allowed + hint);
        }
        if (!text.endsWith(number + unit)) {
            throw new Refusal("'" + text + "' has a space in it; did you mean '" + number + unit + "'?");
        }
        return whole(text, new BigDecimal(number).multiply(BigDecimal.valueOf(factor)));
    }

    private static long whole(String text, BigDecimal amount) throws Refusal {
        BigInteger whole = amount.toBigInteger();
        if (amount.compareTo(new BigDecimal(whole)) != 0) {
            throw new Refusal("'" + text + "' is not a whole number of the smallest unit");
        }
        if (whole.bitLength() > 62) {
            throw new Refusal("'" + text + "' is too large");
        }
        return whole.longValueExact();
    }

    /// Reads how often something happens in a second.
    static double rate(String text) throws Refusal {
        Matcher matcher = RATE.matcher(text);
        if (!matcher.matches()) {
            throw new Refusal(
                    "'" + Wording.shorten(text) + "' is not a rate; allowed are /s, /min and /h, as 500/s or 30/min");
        }
        double rate = Double.parseDouble(matcher.group(1)) / seconds(matcher.group(2));
        if (rate <= 0) {
            throw new Refusal("'" + text + "' is out of range; a rate is more than 0");
        }
        return rate;
    }

    /// Writes a share of 0 to 1 as a percentage.
    static String share(double share) {
        return BigDecimal.valueOf(Math.round(share * 1e8), 6)
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "min" -> 60;
            default -> 3600;
        };
    }

    /// Writes how often something happens so that [#rate(String)] reads it.
    static String rate(double aSecond) {
        for (String unit : List.of("s", "min", "h")) {
            double count = aSecond * seconds(unit);
            BigDecimal number = BigDecimal.valueOf(Math.round(count * 1e6), 6).stripTrailingZeros();
            boolean last = unit.equals("h");
            if (last || Math.abs(number.doubleValue() - count) < 1e-12 * count) {
                return number.toPlainString() + "/" + unit;
            }
        }
        throw new IllegalStateException("the last unit is taken whatever the rate");
    }

    /// Writes a duration in its largest whole unit.
    static String write(Duration duration) {
        long nanos = duration.toNanos();
        return nanos % 1_000_000 == 0 ? write(nanos, TIMES) : milliseconds(nanos);
    }

    private static String milliseconds(long nanos) {
        return BigDecimal.valueOf(nanos, 6).stripTrailingZeros().toPlainString() + "ms";
    }

    /// Writes a number of bytes in its largest whole unit.
    static String write(long bytes) {
        return write(bytes, SIZES);
    }

    private static String write(long amount, Map<String, Long> units) {
        Map.Entry<String, Long> largest = units.entrySet().iterator().next();
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (amount != 0 && amount % unit.getValue() == 0 && unit.getValue() > largest.getValue()) {
                largest = unit;
            }
        }
        return amount / largest.getValue() + largest.getKey();
    }
}
