package dev.verdict.load.wire;

import dev.verdict.plan.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows where the variables of a load have their values from.
public final class Variables {
    private final List<Kind> kinds;
    private final Map<String, Fed> fed = new HashMap<>();
    private final Map<String, Integer> savers = new LinkedHashMap<>();

    /// Is one kind of request: what it needs, and what it gives.
    ///
    /// @param needs the names of its variables
    public record Kind(String name, List<String> needs, List<? extends Save> saves) {
        public Kind {
            needs = List.copyOf(needs);
            saves = List.copyOf(saves);
        }

        /// Returns the kind of request that has these texts.
        public static Kind of(String name, List<Template> texts, List<? extends Save> saves) {
            List<String> needs = texts.stream()
                    .flatMap(text -> text.variables().stream())
                    .distinct()
                    .toList();
            return new Kind(name, needs, saves);
        }

        static Kind of(LoadRequest request) {
            List<Template> all = new ArrayList<>();
            all.add(Template.of(request.url()));
            all.add(Template.of(request.body()));
            request.headers().values().forEach(value -> all.add(Template.of(value)));
            return of(request.name(), all, request.saves());
        }
    }

    private record Fed(Feed feed, int place) {}

    /// Checks that each variable has a value.
    ///
    /// @throws IllegalArgumentException if one has not, with the nearest name that has
    public Variables(List<Kind> kinds, List<Feed> feeds) {
        this.kinds = List.copyOf(kinds);
        for (Feed feed : feeds) {
            for (int i = 0; i < feed.variables().size(); i++) {
                fed.put(feed.variables().get(i), new Fed(feed, i));
            }
        }
        for (int i = 0; i < kinds.size(); i++) {
            for (Save save : kinds.get(i).saves()) {
                savers.putIfAbsent(save.variable(), i);
            }
        }
        for (Kind kind : kinds) {
            kind.needs().forEach(name -> require(kind, name));
        }
    }

    /// Knows those of a load over HTTP.
    static Variables of(List<LoadRequest> requests, List<Feed> feeds) {
        return new Variables(requests.stream().map(Kind::of).toList(), feeds);
    }

    /// Returns the value of a variable for a request of a user.
    ///
    /// @param saved what answers gave to this user
    public String value(String name, long index, Map<String, String> saved) {
        String own = saved.get(name);
        if (own != null) {
            return own;
        }
        Fed source = fed.get(name);
        return source == null ? "" : source.feed().value(index, source.place());
    }

    /// Returns the request that must come before one, so that a user has what it needs; the same
    /// one if nothing is missing.
    ///
    /// @param saved what answers gave to this user
    public int ready(int request, Map<String, String> saved) {
        int chosen = request;
        // Bounded: requests that need each other's values would wait for ever.
        for (int i = 0; i < kinds.size(); i++) {
            Integer before = missing(kinds.get(chosen).needs(), saved);
            if (before == null || before == chosen) {
                return chosen;
            }
            chosen = before;
        }
        return chosen;
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

    private void require(Kind kind, String name) {
        if (!fed.containsKey(name) && !savers.containsKey(name)) {
            List<String> known = new ArrayList<>(fed.keySet());
            known.addAll(savers.keySet());
            throw new IllegalArgumentException("the request %s needs ${%s}, which nothing feeds or saves%s"
                    .formatted(
                            kind.name(),
                            name,
                            Nearest.to(name, known)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse("")));
        }
    }
}
