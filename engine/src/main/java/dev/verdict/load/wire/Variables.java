package dev.verdict.load.wire;

import dev.verdict.plan.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows where the variables of a load have their values from.
final class Variables {
    private final Map<String, Fed> fed = new HashMap<>();
    private final Map<String, Integer> savers = new LinkedHashMap<>();

    private record Fed(Feed feed, int place) {}

    /// Checks that each variable has a value.
    ///
    /// @throws IllegalArgumentException if one has not, with the nearest name that has
    Variables(List<LoadRequest> requests, List<Feed> feeds) {
        for (Feed feed : feeds) {
            for (int i = 0; i < feed.variables().size(); i++) {
                fed.put(feed.variables().get(i), new Fed(feed, i));
            }
        }
        for (int i = 0; i < requests.size(); i++) {
            for (Save save : requests.get(i).saves()) {
                savers.putIfAbsent(save.variable(), i);
            }
        }
        for (LoadRequest request : requests) {
            templates(request).forEach(template -> template.variables().forEach(name -> require(request, name)));
        }
    }

    /// Returns the value of a variable for a request of a user.
    String value(String name, long index, Map<String, String> saved) {
        String own = saved.get(name);
        if (own != null) {
            return own;
        }
        Fed source = fed.get(name);
        return source == null ? "" : source.feed().value(index, source.place());
    }

    /// Returns the request that must come before one, so that a user has what it needs; the same
    /// one if nothing is missing.
    int ready(int request, List<List<String>> needs, Map<String, String> saved) {
        int chosen = request;
        // Bounded: requests that need each other's values would wait for ever.
        for (int i = 0; i < needs.size(); i++) {
            Integer before = missing(needs.get(chosen), saved);
            if (before == null || before == chosen) {
                return chosen;
            }
            chosen = before;
        }
        return chosen;
    }

    static List<Template> templates(LoadRequest request) {
        List<Template> all = new ArrayList<>();
        all.add(Template.of(request.url()));
        all.add(Template.of(request.body()));
        request.headers().values().forEach(value -> all.add(Template.of(value)));
        return all;
    }

    private @Nullable Integer missing(List<String> names, Map<String, String> saved) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (!fed.containsKey(name) && !saved.containsKey(name)) {
                return savers.get(name);
            }
        }
        return null;
    }

    private void require(LoadRequest request, String name) {
        if (!fed.containsKey(name) && !savers.containsKey(name)) {
            List<String> known = new ArrayList<>(fed.keySet());
            known.addAll(savers.keySet());
            throw new IllegalArgumentException("the request %s needs ${%s}, which nothing feeds or saves%s"
                    .formatted(
                            request.name(),
                            name,
                            Nearest.to(name, known)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse("")));
        }
    }
}
