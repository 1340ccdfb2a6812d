package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.consistency.GeneratedObjects.Kind;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GeneratedObjectsTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_perfect_object_is_found_valid(Kind kind) {
        for (int seed = 0; seed < 30; seed++) {
            History history =
                    GeneratedObjects.of(kind, seed).withUnknown(seed % 4 * 10).history();
            for (Checker checker : checkers(kind)) {
                assertThat(Events.verdict(checker, history))
                        .as("%s, seed %d", checker, seed)
                        .isEqualTo("valid");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_flaw_is_found_by_its_name(Kind kind) {
        for (String flaw : kind.flaws()) {
            History history = GeneratedObjects.of(kind, 3).withFlaw(flaw).history();
            assertThat(checkers(kind).stream().map(checker -> Events.verdict(checker, history)))
                    .as(flaw)
                    .anyMatch(verdict -> List.of(verdict.split(" ", -1)).contains(flaw));
        }
    }

    private static List<Checker> checkers(Kind kind) {
        return switch (kind) {
            case SET -> List.of(new FinalSet(), new FullSet(false), new FullSet(true), SessionGuarantees.all());
            case QUEUE -> List.of(new Queue(false, false), new Queue(true, true), new Queue(false, true));
            case COUNTER -> List.of(new CounterBounds());
            case IDS -> List.of(new UniqueIds());
            case BANK -> List.of(new BankTotals(OptionalLong.empty(), false));
        };
    }
}
