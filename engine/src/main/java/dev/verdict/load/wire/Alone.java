package dev.verdict.load.wire;

import dev.verdict.http.Headers;
import dev.verdict.http.HttpClient;
import dev.verdict.http.HttpFailure;
import dev.verdict.http.HttpLimits;
import dev.verdict.http.HttpRequest;
import dev.verdict.http.HttpResponse;
import dev.verdict.load.FirstDifference;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks what a load will ask while nobody else does, so that answers under load can be compared:
/// what is wrong only under concurrency shows as a difference.
public final class Alone {
    private Alone() {}

    /// Returns the load with the answers that some of its requests, named here, get alone.
    ///
    /// @throws IOException if one is not answered as expected, or not twice in the same way: then
    ///     there is nothing to compare with
    public static HttpLoad asked(HttpLoad load, Set<String> names) throws IOException, InterruptedException {
        List<LoadRequest> requests = new ArrayList<>();
        try (HttpClient client = new HttpClient(HttpLimits.DEFAULT)) {
            for (LoadRequest request : load.requests()) {
                requests.add(
                        names.contains(request.name())
                                ? asked(request, client, load.tuning().timeout())
                                : request);
            }
        }
        return new HttpLoad(requests, load.feeds(), load.pace(), load.slice(), load.seed(), load.tuning());
    }

    private static LoadRequest asked(LoadRequest request, HttpClient client, Duration timeout)
            throws IOException, InterruptedException {
        String first = answer(request, client, timeout);
        String second = answer(request, client, timeout);
        if (!first.equals(second)) {
            FirstDifference difference = FirstDifference.between(second, first);
            throw new IOException("%s is not answered twice in the same way, even alone: at %s %s"
                    .formatted(
                            request.name(),
                            difference.place(),
                            difference.what().replace("alone", "before")));
        }
        Expectation expect = request.expect();
        return new LoadRequest(
                request.name(),
                request.weight(),
                request.method(),
                request.url(),
                request.headers(),
                request.body(),
                new Expectation(
                        expect.statuses(), expect.contains(), expect.headers(), expect.maxBytes(), Optional.of(first)),
                request.saves());
    }

    private static String answer(LoadRequest request, HttpClient client, Duration timeout)
            throws IOException, InterruptedException {
        try {
            HttpResponse response = client.send(
                    new HttpRequest(
                            request.method(), URI.create(request.url()), Headers.of(request.headers()), new byte[0]),
                    timeout);
            if (!request.expect().allows(response.status())) {
                throw new IOException(
                        "%s is answered with status %d, even alone".formatted(request.name(), response.status()));
            }
            return new String(response.content(Integer.MAX_VALUE), StandardCharsets.UTF_8);
        } catch (HttpFailure e) {
            throw new IOException("%s is not answered, even alone: %s".formatted(request.name(), e.getMessage()), e);
        }
    }
}
