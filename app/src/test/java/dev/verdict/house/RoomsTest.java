package dev.verdict.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds every compiled class of Verdict to the rules of the house, and shows for each rule that
/// it reports the classes of the package `planted` that break it, and no others.
final class RoomsTest {
    /// Whoever waits for something that gives no notice may sleep between looks: never blindly, and
    /// always with a deadline or until it is interrupted.
    private static final Map<String, String> MAY_SLEEP = Map.ofEntries(
            Map.entry("dev.verdict.scenario.steps.Watch", "between two looks at what a check waits for"),
            Map.entry(
                    "dev.verdict.environment.LocalService", "between two looks at children that outlive their service"),
            Map.entry("dev.verdict.metrics.MetricWatch", "between two readings of metrics"),
            Map.entry("dev.verdict.environment.Sampler", "between two samples of resources"),
            Map.entry("dev.verdict.environment.Forgotten", "between two looks at what a container forgot"),
            Map.entry("dev.verdict.environment.docker.ContainerSampler", "between two samples of resources"),
            Map.entry("dev.verdict.environment.docker.ContainerWatch", "between two looks for an engine that is away"),
            Map.entry(
                    "dev.verdict.environment.docker.DeadContainers",
                    "between two looks at what the engine still creates"),
            Map.entry(
                    "dev.verdict.environment.docker.ProjectRemoval",
                    "between two looks at what the engine still creates"),
            Map.entry("dev.verdict.environment.Signals", "between two looks at processes that were told to end"),
            Map.entry("dev.verdict.fault.ContainerMemory", "between two looks whether the kernel has killed"),
            Map.entry("dev.verdict.fault.CpuStress", "between two looks at loops that join a container's groups"),
            Map.entry("dev.verdict.fault.Cgroups", "between two looks at processes that are leaving a group"),
            Map.entry("dev.verdict.workload.Pacer", "until a client's next operation"));

    private static final HouseRules RULES = new HouseRules("dev.verdict", MAY_SLEEP);
    private static final HouseRules PLANTED_RULES =
            new HouseRules("planted", Map.of("planted.gateway.SleepsWithAllowance", "shows that an allowance holds"));

    private static final JavaClasses VERDICT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.verdict");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("in the table", HouseRules::every_class_lies_in_a_room_of_the_table, "planted.attic.Stored"),
                rule(
                        "imports",
                        HouseRules::rooms_import_only_what_the_table_allows,
                        "planted.plan.ReadsJournal",
                        "planted.judge.StartsRun"),
                rule(
                        "streams",
                        HouseRules::only_cli_and_tui_touch_the_standard_streams,
                        "planted.journal.Prints",
                        "planted.journal.PrintsTrace"),
                rule("exit", HouseRules::only_ending_exits, "planted.run.Exits", "planted.cli.Halts"),
                rule("sleep", HouseRules::nobody_sleeps, "planted.gateway.Sleeps"),
                rule("logging", HouseRules::nobody_logs_but_through_the_system_logger, "planted.run.Logs"),
                rule("names", HouseRules::packages_are_named_after_their_job, "planted.plan.util.Lists"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void verdict_keeps_the_rule(String name, Function<HouseRules, ArchRule> rule, List<String> planted) {
        rule.apply(RULES).check(VERDICT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void the_rule_reports_what_was_planted_and_nothing_else(
            String name, Function<HouseRules, ArchRule> rule, List<String> planted) {
        Set<String> violating = new TreeSet<>();
        rule.apply(PLANTED_RULES)
                .evaluate(PLANTED)
                .handleViolations((Collection<JavaClass> types, String message) ->
                        types.forEach(type -> violating.add(type.getName())));
        assertThat(violating).containsExactlyInAnyOrderElementsOf(planted);
    }

    @Test
    void a_cycle_between_rooms_is_reported() {
        assertThat(PLANTED_RULES
                        .rooms_have_no_cycles()
                        .evaluate(PLANTED)
                        .getFailureReport()
                        .getDetails())
                .singleElement()
                .asString()
                .contains("Slice judge", "Slice run", "planted.judge.StartsRun");
    }

    @Test
    void rooms_have_no_cycles() {
        RULES.rooms_have_no_cycles().check(VERDICT);
    }

    @Test
    void all_modules_are_looked_at() {
        assertThat(VERDICT.stream().map(RULES::roomOf).flatMap(Optional::stream))
                .contains("plan", "journal", "judge", "environment", "gateway", "scenario", "cli");
    }

    @Test
    void every_allowance_to_sleep_is_still_needed() {
        assertThat(MAY_SLEEP.keySet())
                .allMatch(allowed -> VERDICT.stream()
                        .filter(type -> type.getName().replaceFirst("\\$.*", "").equals(allowed))
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .anyMatch(HouseRules::isSleep));
    }

    private static Arguments rule(String name, Function<HouseRules, ArchRule> rule, String... planted) {
        return Arguments.of(name, rule, List.of(planted));
    }
}
