package dev.verdict.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import dev.verdict.scenario.Discovered.LeftOut;
import io.cucumber.gherkin.GherkinDialect;
import io.cucumber.gherkin.GherkinDialects;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscoveryTest {
    private static final String[] TWO_SCENARIOS = {
        "@all",
        "Feature: f",
        "  @one",
        "  Scenario: pay (net) price",
        "    * it passes",
        "  @two",
        "  Scenario Outline: <n> is sold",
        "    * it passes",
        "    Examples: some",
        "      | n |",
        "      | 1 |",
        "      | 2 |"
    };

    @TempDir
    Path folder;

    @Test
    void every_scenario_and_example_is_found_with_a_stable_id() {
        try (Discovered found = two().discover()) {
            assertThat(found.selected())
                    .extracting(FoundScenario::id)
                    .containsExactly("s/features/a.feature:4", "s/features/a.feature:11", "s/features/a.feature:12");
            assertThat(found.selected().get(1).name()).isEqualTo("1 is sold");
            assertThat(found.selected().get(1).tags()).containsExactly("@all", "@two");
            assertThat(found.selected().get(1).feature()).isEqualTo("f");
            assertThat(found.nothing()).isEmpty();
        }
    }

    @Test
    void mistakes_of_all_files_are_reported_at_once_with_their_places() {
        Stage stage = new Stage(folder)
                .feature("a.feature", "Feature: f", "  Scenario: s", "    * it passes", "    Gibven it", "    oops")
                .feature("b.feature", "# language: klingon", "Feature: f")
                .feature(
                        "c.feature",
                        "Feature: f",
                        "  Scenario: s",
                        "    * it passes",
                        "      | a | b |",
                        "      | a |");

        try (Discovered found = stage.discover()) {
            assertThat(found.problems())
                    .extracting(Problem::position)
                    .contains(
                            new Position("features/a.feature", 5, 5),
                            new Position("features/a.feature", 4, 5),
                            new Position("features/b.feature", 1, 1),
                            new Position("features/c.feature", 5, 7));
            assertThat(found.problems().getFirst().message()).contains("got 'Gibven it'");
        }
    }

    @Test
    void a_missing_path_is_a_problem() {
        try (Discovered found = new Stage(folder).discover()) {
            assertThat(found.problems()).hasSize(1).first().satisfies(problem -> {
                assertThat(problem.position().file()).isEqualTo("features");
                assertThat(problem.message()).isEqualTo("no such feature file or folder");
            });
        }
    }

    @Test
    void a_suite_in_which_nothing_runs_says_why() {
        Stage stage = two();
        stage.tags = "@one";
        stage.selection = selection("@two", List.of(), List.of());

        try (Discovered found = stage.discover()) {
            assertThat(found.nothing())
                    .contains("suite s runs nothing: --tags @two leaves out 1; tags: @one leaves out 2");
        }
        try (Discovered found = new Stage(folder).feature("a.feature", "").discover()) {
            assertThat(found.nothing()).contains("suite s holds no scenario in features");
        }
    }

    @Test
    void what_is_left_out_says_by_whom() {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature", "Feature: f", "@skip", "Scenario: s", "* it passes", "Scenario: t", "* it passes");

        try (Discovered found = stage.discover()) {
            assertThat(found.leftOut()).extracting(LeftOut::by).containsExactly("@skip");
            assertThat(found.selected()).hasSize(1);
        }
    }

    @Test
    void names_are_searched_as_expression_and_as_text() {
        assertThat(lines(selection("", List.of("is sol."), List.of()))).containsExactly(11, 12);
        assertThat(lines(selection("", List.of("(net)"), List.of()))).containsExactly(4);
        assertThat(lines(selection("", List.of("pay (ne"), List.of()))).containsExactly(4);
        assertThat(lines(selection("", List.of("^2", "price$"), List.of()))).containsExactly(4, 12);
    }

    @Test
    void lines_name_scenarios_examples_steps_and_what_holds_them() {
        assertThat(lines(path("features/a.feature:4"))).containsExactly(4);
        assertThat(lines(path("a.feature:5"))).containsExactly(4);
        assertThat(lines(path("features/a.feature:12:4"))).containsExactly(4, 12);
        assertThat(lines(path("features/a.feature:7"))).containsExactly(11, 12);
        assertThat(lines(path("features/a.feature:9"))).containsExactly(11, 12);
        assertThat(lines(path("features/a.feature:2"))).containsExactly(4, 11, 12);
        assertThat(lines(path("features"))).containsExactly(4, 11, 12);
        assertThat(lines(path(folder.resolve("features/a.feature:4").toString())))
                .containsExactly(4);
        assertThat(lines(path("features/a.feature:3"))).isEmpty();
        assertThat(lines(path("other.feature"))).isEmpty();
    }

    @Test
    void ids_select_whatever_repetition_they_name() {
        Selection selection =
                new Selection("", List.of(), List.of(), Set.of("s/features/a.feature:4#3"), Selection.Shard.ALL);

        assertThat(lines(selection)).containsExactly(4);
    }

    @Test
    void shards_hold_every_scenario_exactly_once() {
        Stage stage = new Stage(folder);
        for (int i = 0; i < 17; i++) {
            stage.feature(i + ".feature", "Feature: f", "Scenario: s", "* it passes");
        }
        Set<String> all = new TreeSet<>();
        int sum = 0;
        for (int i = 1; i <= 4; i++) {
            stage.selection = new Selection("", List.of(), List.of(), Set.of(), new Selection.Shard(i, 4));
            try (Discovered found = stage.discover()) {
                assertThat(found.selected()).hasSizeBetween(4, 5);
                sum += found.selected().size();
                found.selected().forEach(scenario -> all.add(scenario.id()));
                assertThat(found.leftOut()).allMatch(left -> left.by().startsWith("--shard "));
            }
        }
        assertThat(all).hasSize(17);
        assertThat(sum).isEqualTo(17);
    }

    @Test
    void a_wrong_tag_expression_is_a_problem() {
        Stage stage = two();
        stage.tags = "@one and (";

        try (Discovered found = stage.discover()) {
            assertThat(found.problems()).hasSize(1);
            assertThat(found.problems().getFirst().toString()).contains("verdict.yaml:1:1: suite s: ", "@one and (");
        }
    }

    @Test
    void loose_steps_are_found_without_running_with_every_place() {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "Scenario: s",
                        "  * nobody knows this",
                        "  * it fails",
                        "  * an ambiguous step",
                        "  * it pases",
                        "Scenario: t",
                        "  * it pases");

        try (Discovered found = stage.discover()) {
            assertThat(found.problems()).isEmpty();
            assertThat(found.looseSteps())
                    .extracting(LooseStep::text)
                    .containsExactly("nobody knows this", "an ambiguous step", "it pases");
            LooseStep typo = found.looseSteps().get(2);
            assertThat(typo.places())
                    .containsExactly(
                            new Position("features/a.feature", 6, 3), new Position("features/a.feature", 8, 3));
            assertThat(typo.nearest()).contains("it passes");
            assertThat(typo.snippet()).contains("public void itPases()", "PendingException");
            assertThat(found.looseSteps().getFirst().nearest()).isEmpty();
            assertThat(found.looseSteps().get(1).ambiguous()).isTrue();
        }
        assertThat(stage.journal.entries()).isEmpty();
    }

    @Test
    void every_language_of_gherkin_is_read_and_its_steps_are_matched() {
        Stage stage = new Stage(folder);
        Set<String> languages = GherkinDialects.getLanguages();
        for (String language : languages) {
            GherkinDialect dialect = GherkinDialects.getDialect(language).orElseThrow();
            stage.feature(
                    language + ".feature",
                    "# language: " + language,
                    dialect.getFeatureKeywords().getFirst() + ": f",
                    "  " + dialect.getScenarioKeywords().getFirst() + ": s",
                    "    " + dialect.getGivenKeywords().getLast() + "it passes",
                    "    " + dialect.getThenKeywords().getLast() + "nobody knows 3 things");
        }

        try (Discovered found = stage.discover()) {
            assertThat(found.problems()).isEmpty();
            assertThat(found.selected()).hasSize(languages.size()).hasSizeGreaterThan(70);
            assertThat(found.looseSteps()).hasSize(1);
            assertThat(found.looseSteps().getFirst().places()).hasSize(languages.size());
        }
    }

    @Test
    void byte_order_marks_carriage_returns_and_other_encodings_are_read() {
        String french =
                "# language: fr\r\nFonctionnalité: été\r\n  Scénario: déjà\r\n    Soit un panier de 3 pommes\r\n";
        Stage stage = new Stage(folder)
                .file("bom.feature", ("\ufeff" + french).getBytes(StandardCharsets.UTF_8))
                .file("utf16.feature", french.getBytes(StandardCharsets.UTF_16))
                .file("le.feature", ("\ufeff" + french).getBytes(StandardCharsets.UTF_16LE))
                .file("latin.feature", ("# encoding: iso-8859-1\n" + french).getBytes(StandardCharsets.ISO_8859_1));

        try (Discovered found = stage.discover()) {
            assertThat(found.problems()).isEmpty();
            assertThat(found.selected()).hasSize(4).allSatisfy(scenario -> {
                assertThat(scenario.feature()).isEqualTo("été");
                assertThat(scenario.name()).isEqualTo("déjà");
            });
            assertThat(found.looseSteps()).isEmpty();
        }
    }

    @Test
    void bytes_that_are_no_text_are_a_problem_and_not_a_crash() {
        byte[] noise = new byte[5_000];
        new java.util.Random(7).nextBytes(noise);
        Stage stage = new Stage(folder).file("noise.feature", noise).file("empty.feature", new byte[0]);

        try (Discovered found = stage.discover()) {
            assertThat(found.problems()).isNotEmpty();
            assertThat(found.problems())
                    .allMatch(problem -> problem.position().file().endsWith("noise.feature"));
        }
    }

    @Test
    void steps_that_would_change_a_service_which_only_exists_are_mistakes() {
        Stage stage = new Stage(folder)
                .feature(
                        "a.feature",
                        "Feature: f",
                        "  Scenario: s",
                        "    When the service \"billing\" is started",
                        "    And service \"billing\" is paused for 5 seconds",
                        "    And the clock of \"billing\" is 1 hour ahead",
                        "    And service \"stock\" is killed",
                        "    Then the service \"billing\" is running");
        stage.existing = Set.of("billing");

        try (Discovered found = stage.discover()) {
            assertThat(found.looseSteps()).isEmpty();
            assertThat(found.problems())
                    .extracting(Problem::position)
                    .extracting(Position::line)
                    .containsExactly(3, 4, 5);
            assertThat(found.problems().getFirst().message()).contains("service 'billing' exists already");
        }
    }

    private Stage two() {
        return new Stage(folder).feature("a.feature", TWO_SCENARIOS);
    }

    private List<Integer> lines(Selection selection) {
        Stage stage = two();
        stage.selection = selection;
        try (Discovered found = stage.discover()) {
            return found.selected().stream().map(FoundScenario::line).toList();
        }
    }

    private static Selection path(String path) {
        return selection("", List.of(), List.of(path));
    }

    private static Selection selection(String tags, List<String> names, List<String> paths) {
        return new Selection(tags, names, paths, Set.of(), Selection.Shard.ALL);
    }
}
