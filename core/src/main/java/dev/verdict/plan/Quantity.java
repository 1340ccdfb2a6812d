package dev.verdict.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Is a number of a unit, as `250ms`, `30MB/s`, `95%` or `3`.
///
/// @param number in the unit's own size: nanoseconds, bytes, a second; a share as 0 to 1
/// @param text as a plan writes it
public record Quantity(double number, Unit unit, String text) {
    static final String PATTERN = "[0-9]{1,15}(?:\\.[0-9]{1,9})? ?(?:[A-Za-zµ]{1,5}|%)?(?:/(?:s|min|h))?";

    private static final Pattern WRITTEN =
            Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?) ?([A-Za-zµ]{1,5}|%)?(?:/(s|min|h))?");
    private static final Map<String, Double> TIMES =
            Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "h", 3600e9);
    private static final Map<String, Double> SIZES = Map.of(
            "B",
            1.0,
            "kB",
            1e3,
            "MB",
            1e6,
            "GB",
            1e9,
            "TB",
            1e12,
            "KiB",
            1024.0,
            "MiB",
            1048576.0,
            "GiB",
            1073741824.0,
            "TiB",
            1099511627776.0);
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?[0-9]{1,30}(?:\\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /// Says what a number counts.
    public enum Unit {
        /// Nanoseconds.
        TIME("a duration, as 250ms"),
        BYTES("a size, as 64MiB"),
        /// Events a second.
        RATE("a rate, as 500/s"),
        /// Bytes a second.
        BYTE_RATE("a size a time, as 30MB/s"),
        /// 1 is all of it.
        SHARE("a share, as 95%"),
        COUNT("a number, as 3"),
        MONEY("an amount of money, as 0.04 USD");

        private final String words;

        Unit(String words) {
            this.words = words;
        }

        /// Returns what is expected, for people.
        public String words() {
            return words;
        }
    }

    /// Reads a quantity, as `3.2s`, `95%` or `12`, or any number as programs print them.
    ///
    /// @throws IllegalArgumentException if it is none; it says what is allowed
    public static Quantity of(String written) {
        String text = written.strip();
        if (NUMBER.matcher(text).matches()) {
            return new Quantity(Double.parseDouble(text), Unit.COUNT, text);
        }
        try {
            return parse(text);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal.why(), refusal);
        }
    }

    /// Reads a quantity; one space may stand before the unit.
    static Quantity parse(String written) throws Refusal {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new Refusal(
                    "'" + Wording.shorten(written)
                            + "' is not a quantity; allowed is a number with its unit, as 250ms, 64MiB, 500/s, 30MB/s, 95% or 3");
        }
        BigDecimal number = new BigDecimal(matcher.group(1));
        String unit = matcher.group(2) == null ? "" : matcher.group(2);
        Optional<Double> seconds = Optional.ofNullable(matcher.group(3)).map(Quantity::seconds);
        return unit.isEmpty() || SIZES.containsKey(unit) || seconds.isEmpty()
                ? of(number, unit, seconds, written)
                : refuse("'" + written + "': only a number or a size may be meant for a time, as 500/s or 30MB/s");
    }

    /// Returns a quantity of one unit, or says what was expected.
    static Quantity parse(String written, List<Unit> allowed) throws Refusal {
        Quantity quantity = parse(written);
        if (!allowed.contains(quantity.unit)) {
            throw new Refusal("'" + Wording.shorten(written) + "' is "
                    + quantity.unit.words.replaceFirst(", as .*", "") + "; expected "
                    + Wording.choice(allowed.stream().map(Unit::words).toList()));
        }
        return quantity;
    }

    private static Quantity of(BigDecimal number, String unit, Optional<Double> seconds, String written)
            throws Refusal {
        String text = written.replace(" ", "");
        if (unit.isEmpty()) {
            return seconds.map(each -> new Quantity(number.doubleValue() / each, Unit.RATE, text))
                    .orElseGet(() -> new Quantity(number.doubleValue(), Unit.COUNT, text));
        }
        if (unit.equals("%")) {
            return new Quantity(number.movePointLeft(2).doubleValue(), Unit.SHARE, text);
        }
        Double size = SIZES.get(unit);
        if (size != null) {
            double bytes = number.doubleValue() * size;
            return seconds.map(each -> new Quantity(bytes / each, Unit.BYTE_RATE, text))
                    .orElseGet(() -> new Quantity(bytes, Unit.BYTES, text));
        }
        Double time = TIMES.get(unit);
        if (time != null) {
            return new Quantity(number.doubleValue() * time, Unit.TIME, text);
        }
        if (CURRENCY.matcher(unit).matches()) {
            return new Quantity(number.doubleValue(), Unit.MONEY, number.toPlainString() + " " + unit);
        }
        return refuse("'" + Wording.shorten(written) + "' has the unknown unit '" + unit
                + "'; allowed are ms, s, min, h, B to TiB, %, /s and a currency as USD"
                + Nearest.hint(unit, List.of("ms", "min", "kB", "MB", "GB", "KiB", "MiB", "GiB")));
    }

    private static Quantity refuse(String why) throws Refusal {
        throw new Refusal(why);
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "min" -> 60;
            default -> 3600;
        };
    }

    /// Writes a duration for people.
    public static String words(Duration duration) {
        return time((double) duration.toNanos());
    }

    /// Writes a number of the same unit, and currency, for people.
    public String words(double other) {
        return words(other, unit) + (unit == Unit.MONEY ? text.substring(text.indexOf(' ')) : "");
    }

    /// Writes a number of a unit for people, in three figures or so: `312 ms`, `97.5 %`.
    public static String words(double number, Unit unit) {
        return switch (unit) {
            case TIME -> time(number);
            case BYTES -> bytes(number);
            case RATE -> figures(number) + "/s";
            case BYTE_RATE -> bytes(number) + "/s";
            case SHARE -> figures(100 * number) + " %";
            case COUNT, MONEY -> figures(number);
        };
    }

    private static String time(double nanos) {
        double size = Math.abs(nanos);
        if (size < 1e3 && size > 0) {
            return figures(nanos) + " ns";
        }
        if (size < 1e6 && size > 0) {
            return figures(nanos / 1e3) + " µs";
        }
        if (size < 1e9) {
            return figures(nanos / 1e6) + " ms";
        }
        return size < 120e9 ? figures(nanos / 1e9) + " s" : figures(nanos / 60e9) + " min";
    }

    private static String bytes(double bytes) {
        String[] units = {" B", " kB", " MB", " GB", " TB"};
        int unit = 0;
        double left = bytes;
        while (Math.abs(left) >= 1000 && unit < units.length - 1) {
            left /= 1000;
            unit++;
        }
        return figures(left) + units[unit];
    }

    /// Writes whole numbers whole, and others with three figures at least.
    private static String figures(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        double size = Math.abs(number);
        if (number == Math.rint(number) && size < 1e15) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        if (size < 0.01) {
            return new BigDecimal(number)
                    .round(new MathContext(3))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        int decimals = size >= 100 ? 1 : size >= 1 ? 2 : 4;
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", number);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }
}
