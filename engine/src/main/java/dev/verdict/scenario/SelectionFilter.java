package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.plan.Suite;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.tagexpressions.Expression;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Decides which scenarios of a suite run, and names what leaves the others out.
final class SelectionFilter {
    /// Are the tags by which a feature file itself leaves a scenario out.
    private static final Set<String> SKIPPING = Set.of("@skip", "@ignore");

    private static final Pattern LINES = Pattern.compile("^(.*?)((?::\\d+)*)$");
    private static final Pattern REPETITION = Pattern.compile("#\\d+$");

    private final Suite suite;
    private final Selection selection;
    private final Expression suiteTags;
    private final Expression tags;
    private final List<BiPredicate<FoundScenario, Path>> paths;
    private final List<Pattern> names;
    private final Set<String> ids;

    /// Reads the expressions.
    ///
    /// @throws RuntimeException if a tag expression is not one; the message says where
    SelectionFilter(Path directory, Suite suite, Selection selection) {
        this.suite = suite;
        this.selection = selection;
        suiteTags = TagExpressionParser.parse(suite.tags());
        tags = TagExpressionParser.parse(selection.tags());
        paths = selection.paths().stream().map(path -> path(directory, path)).toList();
        names = selection.names().stream().map(SelectionFilter::name).toList();
        ids = selection.ids().stream()
                .map(id -> REPETITION.matcher(id).replaceFirst(""))
                .collect(Collectors.toSet());
    }

    /// Returns what leaves the scenario out; the shard is another matter, see [#shard].
    Optional<String> leavesOut(FoundScenario scenario, Path file) {
        return Stream.of(
                        says(!suiteTags.evaluate(scenario.tags()), "tags: " + suite.tags()),
                        says(!tags.evaluate(scenario.tags()), "--tags " + selection.tags()),
                        says(!named(scenario.name()), "--name " + String.join(" or ", selection.names())),
                        says(!at(scenario, file), String.join(" ", selection.paths())),
                        says(!ids.isEmpty() && !ids.contains(scenario.id()), "the list of scenarios asked for"),
                        scenario.tags().stream().filter(SKIPPING::contains).findFirst())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Returns what leaves out a scenario that stands in no feature file. The suite's own tags do
    /// not speak of it.
    Optional<String> leavesOutBeside(Event.ScenarioFound found) {
        Selection.Shard shard = selection.shard();
        boolean elsewhere = Math.floorMod(found.id().hashCode(), shard.count()) != shard.index() - 1;
        return Stream.of(
                        says(!tags.evaluate(found.tags()), "--tags " + selection.tags()),
                        says(!named(found.name()), "--name " + String.join(" or ", selection.names())),
                        says(!paths.isEmpty(), String.join(" ", selection.paths())),
                        says(!ids.isEmpty() && !ids.contains(found.id()), "the list of scenarios asked for"),
                        says(elsewhere, "--shard " + shard))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// Returns the ids that this shard takes. Sorted ids are dealt out like cards; each suite
    /// starts at another player, so that many small suites do not all land on the first.
    Set<String> shard(List<FoundScenario> scenarios) {
        Selection.Shard shard = selection.shard();
        List<String> sorted = List.copyOf(
                new TreeSet<>(scenarios.stream().map(FoundScenario::id).toList()));
        int first = Math.floorMod(suite.name().hashCode(), shard.count());
        return IntStream.range(0, sorted.size())
                .filter(i -> (i + first) % shard.count() == shard.index() - 1)
                .mapToObj(sorted::get)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Optional<String> says(boolean leavesOut, String by) {
        return leavesOut ? Optional.of(by) : Optional.empty();
    }

    private boolean named(String scenario) {
        return names.isEmpty()
                || names.stream().anyMatch(name -> name.matcher(scenario).find());
    }

    private boolean at(FoundScenario scenario, Path file) {
        return paths.isEmpty() || paths.stream().anyMatch(path -> path.test(scenario, file));
    }

    /// Takes what is no regular expression as plain text: `price (net` is a name, too.
    private static Pattern name(String text) {
        try {
            return Pattern.compile(text + "|" + Pattern.quote(text));
        } catch (PatternSyntaxException e) {
            return Pattern.compile(Pattern.quote(text));
        }
    }

    private static BiPredicate<FoundScenario, Path> path(Path directory, String text) {
        Matcher matcher = LINES.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("the pattern matches every text");
        }
        Path path = directory.resolve(matcher.group(1)).normalize();
        Path tail = Path.of(matcher.group(1)).normalize();
        Set<Integer> lines = Stream.of(matcher.group(2).split(":", -1))
                .filter(line -> !line.isEmpty())
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        return (scenario, file) -> (file.startsWith(path) || file.endsWith(tail))
                && (lines.isEmpty() || lines(scenario.pickle()).anyMatch(lines::contains));
    }

    /// Returns the lines that name a scenario: its own, its steps', its example's, and those of
    /// what holds it.
    private static Stream<Integer> lines(Pickle pickle) {
        return Stream.of(
                        Stream.of(pickle.getLocation(), pickle.getScenarioLocation()),
                        pickle.getExamplesLocation().stream(),
                        pickle.getRuleLocation().stream(),
                        pickle.getFeatureLocation().stream(),
                        pickle.getSteps().stream().map(io.cucumber.core.gherkin.Step::getLocation))
                .flatMap(locations -> locations)
                .map(io.cucumber.plugin.event.Location::getLine);
    }
}
