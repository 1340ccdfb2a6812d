package dev.verdict.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Holds the rules about compiled classes, for the rooms below one root package: the real ones, or
/// planted ones that break each rule.
///
/// @param root the package whose sub-packages are rooms
/// @param maySleep the classes that may call `Thread.sleep`, and why
record HouseRules(String root, Map<String, String> maySleep) {
    private static final Set<String> NAMES_WITHOUT_A_JOB =
            Set.of("util", "utils", "common", "manager", "impl", "helper", "helpers", "base", "misc", "shared");
    private static final Set<String> LOGGERS =
            Set.of("java.util.logging", "org.apache.log4j", "org.apache.logging", "org.slf4j");
    private static final Set<String> STREAMS = Set.of("out", "err", "in", "console", "setOut", "setErr", "setIn");

    /// Returns the room that a class lies in; empty for a class of nobody's or of the root itself.
    Optional<String> roomOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!name.startsWith(root + ".")) {
            return Optional.empty();
        }
        String below = name.substring(root.length() + 1);
        int dot = below.indexOf('.');
        return Optional.of(dot < 0 ? below : below.substring(0, dot));
    }

    ArchRule every_class_lies_in_a_room_of_the_table() {
        return classes().should(hold("lie in a room of the table", (type, events) -> {
            Optional<String> room = roomOf(type);
            if (room.flatMap(Room::named).isEmpty()) {
                violated(events, type, type.getName() + " lies in no room of the table");
            }
        }));
    }

    ArchRule rooms_import_only_what_the_table_allows() {
        return classes().should(hold("import only rooms that the table allows", (type, events) -> {
            Optional<Room> from = roomOf(type).flatMap(Room::named);
            if (from.isPresent()) {
                type.getDirectDependenciesFromSelf()
                        .forEach(dependency -> roomOf(dependency.getTargetClass())
                                .filter(to -> !to.equals(from.get().name()))
                                .filter(to -> !from.get().mayImport().contains(to))
                                .ifPresent(to -> violated(
                                        events,
                                        type,
                                        from.get().name() + " may not import " + to + ": "
                                                + dependency.getDescription())));
            }
        }));
    }

    ArchRule rooms_have_no_cycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule only_cli_and_tui_touch_the_standard_streams() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(root + ".cli..", root + ".tui..")
                .should(access("the standard streams", HouseRules::isStandardStream));
    }

    /// Lets one place exit and halt; who else ends the JVM takes the exit code out of its hands.
    ArchRule only_ending_exits() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".cli.Ending")
                .should(access(
                        "System.exit, Runtime.exit or Runtime.halt",
                        access -> isOn(access, System.class, "exit") || isOn(access, Runtime.class, "exit", "halt")));
    }

    ArchRule nobody_sleeps() {
        return noClasses()
                .that(describe(
                        "have no allowance",
                        type -> !maySleep.containsKey(type.getName().replaceFirst("\\$.*", ""))))
                .should(access("Thread.sleep", HouseRules::isSleep));
    }

    ArchRule nobody_logs_but_through_the_system_logger() {
        return classes().should(hold("log through System.Logger", (type, events) -> {
            type.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> LOGGERS.stream()
                            .anyMatch(dependency.getTargetClass().getPackageName()::startsWith))
                    .forEach(dependency -> violated(events, type, dependency.getDescription()));
        }));
    }

    ArchRule packages_are_named_after_their_job() {
        return classes().should(hold("be in packages named after their job", (type, events) -> {
            for (String part : type.getPackageName().split("\\.", -1)) {
                if (NAMES_WITHOUT_A_JOB.contains(part)) {
                    violated(events, type, type.getName() + " lies in a package named " + part);
                }
            }
        }));
    }

    static boolean isSleep(JavaAccess<?> access) {
        return isOn(access, Thread.class, "sleep") || isOn(access, TimeUnit.class, "sleep");
    }

    private static boolean isStandardStream(JavaAccess<?> access) {
        boolean printsItself = access.getName().equals("printStackTrace")
                && access.getTargetOwner().isAssignableTo(Throwable.class)
                && access.getDescription().contains("printStackTrace()");
        return printsItself || isOn(access, System.class, STREAMS.toArray(String[]::new));
    }

    private static boolean isOn(JavaAccess<?> access, Class<?> owner, String... names) {
        return access.getTargetOwner().isEquivalentTo(owner) && Set.of(names).contains(access.getName());
    }

    private static ArchCondition<JavaClass> access(String what, Access access) {
        return hold(
                "access " + what,
                (type, events) -> type.getAccessesFromSelf().stream()
                        .filter(access::matches)
                        .forEach(found -> events.add(SimpleConditionEvent.satisfied(type, found.getDescription()))));
    }

    private static ArchCondition<JavaClass> hold(String description, Check check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.check(type, events);
            }
        };
    }

    private static void violated(ConditionEvents events, JavaClass type, String message) {
        events.add(SimpleConditionEvent.violated(type, message));
    }

    private interface Check {
        void check(JavaClass type, ConditionEvents events);
    }

    private interface Access {
        boolean matches(JavaAccess<?> access);
    }
}
