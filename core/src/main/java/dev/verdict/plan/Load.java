package dev.verdict.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Says which requests are sent, how many and when, and how many of them may fail.
///
/// @param name unique in the suite
/// @param requests each is drawn as often as its weight says
/// @param unit what the stages' numbers are
/// @param stages one after the other
/// @param arrival how requests lie in time, at a rate
/// @param think how long a user rests after an answer
/// @param connections for a rate
/// @param timeout how long an answer may take
/// @param errors the share of errors that is allowed, 0 to 1
/// @param maxErrors after so many the load ends
/// @param feed a file of values, relative to the plan's folder
public record Load(
        String name,
        List<Request> requests,
        Unit unit,
        List<Stage> stages,
        Arrival arrival,
        Duration think,
        int connections,
        Duration timeout,
        double errors,
        Optional<Long> maxErrors,
        Optional<String> feed) {
    /// What a text of a request may refer to, beside `saved.NAME` and `feed.COLUMN`.
    static final List<String> INPUTS = List.of("unique", "number", "saved", "feed");

    public Load {
        requests = List.copyOf(requests);
        stages = List.copyOf(stages);
    }

    /// Says what a stage's numbers are.
    public enum Unit {
        /// Requests a second, whatever becomes of those before.
        RATE,
        /// Users, each of whom waits for an answer before asking again.
        USERS
    }

    /// Says how requests at a rate lie in time.
    public enum Arrival {
        EVEN,
        POISSON
    }

    /// Is a straight line from one number to another.
    public record Stage(double from, double to, Duration over) {}

    /// Is one kind of request.
    ///
    /// @param name under which it is measured
    /// @param method of HTTP, in upper case; or `REDIS`, `LINE`, `EVENTS`, `MESSAGE`, `SQL`, `GRPC`
    /// @param url or, but for HTTP and events, where the words go
    /// @param statuses those that are no error, as ranges
    /// @param contains what the body must hold; empty for anything
    /// @param saves JSON paths, without their `$`, of what later requests of the same user need
    /// @param words what is asked over another protocol; of events what ends them; of gRPC the
    ///     method, and then the files that declare it
    /// @param http2 whether it is asked over HTTP/2
    /// @param alone whether the answer must be what it is when nobody else asks
    public record Request(
            String name,
            int weight,
            String method,
            Text url,
            Map<String, Text> headers,
            Text body,
            List<Range> statuses,
            String contains,
            Map<String, String> saves,
            List<Text> words,
            boolean http2,
            boolean alone) {
        public Request {
            words = List.copyOf(words);
            headers = Ordered.copy(headers);
            statuses = List.copyOf(statuses);
            saves = Ordered.copy(saves);
        }

        /// Tells whether it is asked over HTTP/1.1, as a request with one answer.
        public boolean isHttp() {
            return words.isEmpty() && !http2 && !method.equals("EVENTS");
        }
    }

    /// Tells whether all is asked over HTTP/1.1; otherwise nothing is.
    public boolean isHttp() {
        return requests.stream().allMatch(Request::isHttp);
    }

    /// Is some statuses in a row.
    public record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }
    }

    /// Says in a few words what is sent, as `500/s for 60s`.
    public String words() {
        String numbers = stages.stream()
                .flatMapToDouble(stage -> DoubleStream.of(stage.from(), stage.to()))
                .mapToObj(number -> unit == Unit.RATE ? Amounts.rate(number) : Long.toString((long) number))
                .distinct()
                .collect(Collectors.joining(" → "));
        return numbers + (unit == Unit.USERS ? " users" : "") + " for " + Amounts.write(lasting());
    }

    /// Returns how long it lasts.
    public Duration lasting() {
        return stages.stream().map(Stage::over).reduce(Duration.ZERO, Duration::plus);
    }
}
