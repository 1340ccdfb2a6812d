package dev.verdict.load.wire;

import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.plan.Load;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Makes a load that can be sent of one that a plan describes.
public final class PlannedLoad {
    private PlannedLoad() {}

    /// Returns the load.
    ///
    /// @param directory the plan's folder
    /// @param unique what no other run has
    /// @param references answers what the plan's texts refer to
    /// @throws IOException if the feed cannot be read
    /// @throws PlanException if the feed is malformed
    /// @throws IllegalArgumentException if the load cannot be sent; the message says why
    public static HttpLoad of(
            Load load, Path directory, String unique, long seed, Function<Text.Reference, String> references)
            throws IOException {
        List<Feed> feeds = feeds(load, directory, unique);
        List<LoadRequest> requests = load.requests().stream()
                .map(request -> request(request, references))
                .toList();
        return new HttpLoad(requests, feeds, pace(load, seed), Slice.WHOLE, seed, tuning(load));
    }

    /// Returns where variables have their values from, beside what is saved.
    ///
    /// @param directory the plan's folder
    /// @param unique what no other run has
    /// @throws IOException if the feed cannot be read
    /// @throws PlanException if the feed is malformed
    public static List<Feed> feeds(Load load, Path directory, String unique) throws IOException {
        List<Feed> feeds = new ArrayList<>(Feed.usual(unique));
        if (load.feed().isPresent()) {
            Feed.Rows rows = FeedFiles.read(directory.resolve(load.feed().get()));
            feeds.add(new Feed.Rows(
                    rows.variables().stream().map(name -> "feed." + name).toList(), rows.rows()));
        }
        return feeds;
    }

    /// Returns what a request's answer is to give to later ones.
    public static List<Save.FromBody> saves(Load.Request request) {
        return request.saves().entrySet().stream()
                .map(save -> new Save.FromBody("saved." + save.getKey(), whole(save.getValue())))
                .toList();
    }

    /// Returns a plan's JSON path as a whole one; the plan has them without their `$`.
    private static String whole(String path) {
        return path.isEmpty() || path.startsWith("[") ? "$" + path : "$." + path;
    }

    /// Returns when requests are sent.
    public static Pace pace(Load load, long seed) {
        Profile profile = new Profile(load.stages().stream()
                .map(stage -> new Profile.Ramp(stage.from(), stage.to(), stage.over()))
                .toList());
        return switch (load.unit()) {
            case RATE ->
                new Pace.Open(
                        profile,
                        load.arrival() == Load.Arrival.POISSON ? Pace.Arrival.POISSON : Pace.Arrival.EVEN,
                        seed);
            case USERS -> new Pace.Closed(profile, load.think());
        };
    }

    private static Tuning tuning(Load load) {
        Tuning usual = Tuning.DEFAULT;
        return new Tuning(
                load.connections(),
                load.connections(),
                load.timeout(),
                usual.warmUp(),
                usual.grain(),
                usual.threads(),
                usual.keepAlive(),
                usual.trust(),
                usual.limits(),
                load.maxErrors().orElse(Long.MAX_VALUE));
    }

    private static LoadRequest request(Load.Request request, Function<Text.Reference, String> references) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, text) -> headers.put(name, text(text, references)));
        return new LoadRequest(
                request.name(),
                request.weight(),
                request.method(),
                text(request.url(), references),
                headers,
                text(request.body(), references),
                new Expectation(
                        request.statuses().stream()
                                .map(range -> new Expectation.Range(range.from(), range.to()))
                                .toList(),
                        Optional.of(request.contains()).filter(text -> !text.isEmpty()),
                        Map.of(),
                        Long.MAX_VALUE,
                        Optional.empty()),
                List.copyOf(saves(request)));
    }

    /// Leaves what each request fills in: the generator's variables are written as the plan's.
    public static String text(Text text, Function<Text.Reference, String> references) {
        return text.resolve(reference ->
                reference instanceof Text.Input input ? "${" + input.name() + "}" : references.apply(reference));
    }
}
