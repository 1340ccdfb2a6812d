package dev.verdict.cli;

import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Holds when a load's requests are sent, and which of them here.
final class LoadTiming {
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*/\\s*(s|min|h)");
    private static final Pattern SLICE = Pattern.compile("([1-9][0-9]{0,4})/([1-9][0-9]{0,4})");

    @Option(names = "--rate", paramLabel = "RATE", description = "Requests a second, as 5000/s; also /min and /h.")
    private @Nullable String rate;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "Users who each wait for an answer before they ask again (default: 64, if no rate is given).")
    private @Nullable Integer users;

    @Option(names = "--think", paramLabel = "TIME", description = "How long a user rests after an answer.")
    private @Nullable String think;

    @Option(names = "--for", paramLabel = "TIME", description = "How long to send (default: ${DEFAULT-VALUE}).")
    private String length = "10s";

    @Option(names = "--poisson", description = "Send at random times, as independent people do, not at even ones.")
    private boolean poisson;

    @Option(
            names = "--slice",
            paramLabel = "I/N",
            description = "Send only each N-th request, beginning with the I-th.")
    private @Nullable String slice;

    @Option(names = "--seed", paramLabel = "N", description = "Of the random times (default: drawn, and printed).")
    private @Nullable Long seed;

    /// Returns the seed; draws it once if none was given.
    long drawn() {
        if (seed == null) {
            seed = ThreadLocalRandom.current().nextLong(1_000_000);
        }
        return seed;
    }

    Pace pace() {
        if (rate != null && users != null) {
            throw new UsageException("a load has either --rate or --users");
        }
        Duration time = Quantity.duration(length);
        if (rate == null) {
            int number = users == null ? 64 : users;
            return new Pace.Closed(
                    Profile.constant(number, time), think == null ? Duration.ZERO : Quantity.duration(think));
        }
        if (think != null) {
            throw new UsageException("--think is for --users: a rate does not wait for anybody");
        }
        return new Pace.Open(
                Profile.constant(perSecond(rate), time), poisson ? Pace.Arrival.POISSON : Pace.Arrival.EVEN, drawn());
    }

    /// Says it in a few words.
    String words(int connections) {
        String asked = rate == null
                ? "from %d users".formatted(users == null ? 64 : users)
                : "at %s over %d connections".formatted(rate, connections);
        return "for %s, %s%s".formatted(length, asked, poisson ? ", seed " + drawn() : "");
    }

    Slice slice() {
        if (slice == null) {
            return Slice.WHOLE;
        }
        Matcher matcher = match(SLICE, slice, "no slice; it is a number and how many there are, as 2/4");
        return new Slice(Integer.parseInt(matcher.group(1)) - 1, Integer.parseInt(matcher.group(2)));
    }

    private static double perSecond(String word) {
        Matcher matcher = match(RATE, word, "no rate; it is a number and /s, /min or /h, as 5000/s");
        double seconds = switch (matcher.group(2)) {
            case "s" -> 1;
            case "min" -> 60;
            default -> 3600;
        };
        return Double.parseDouble(matcher.group(1)) / seconds;
    }

    /// Returns the parts of a word.
    ///
    /// @param otherwise what is told if it is none
    static Matcher match(Pattern pattern, String word, String otherwise) {
        Matcher matcher = pattern.matcher(word);
        if (!matcher.matches()) {
            throw new UsageException("'" + word + "' is " + otherwise);
        }
        return matcher;
    }
}
