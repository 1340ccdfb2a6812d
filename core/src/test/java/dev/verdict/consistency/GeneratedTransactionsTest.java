package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.consistency.append.AppendReport;
import dev.verdict.consistency.append.Finding;
import dev.verdict.consistency.append.Isolation;
import dev.verdict.consistency.append.Phenomenon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class GeneratedTransactionsTest {
    @Test
    void a_database_without_a_flaw_is_strictly_serializable() {
        for (int seed = 0; seed < 20; seed++) {
            GeneratedTransactions settings =
                    GeneratedTransactions.of(seed).withUnknown(seed % 3 * 10).withClients(1 + seed);
            assertThat(new ListAppend(Isolation.STRICT_SERIALIZABLE).check(settings.history(), Budget.unlimited()))
                    .isInstanceOf(Answer.Valid.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Phenomenon.class)
    void each_flaw_is_found_and_explained(Phenomenon flaw) {
        History history = GeneratedTransactions.of(7).withFlaw(flaw).history();
        AppendReport report = AppendReport.of(history, Budget.unlimited());
        assertThat(report.phenomena()).contains(flaw);
        assertThat(report.findings()).allSatisfy(finding -> {
            assertThat(finding.text()).isNotBlank();
            assertThat(finding.transactions()).hasSizeBetween(1, 5).containsAll(finding.culprits());
            assertThat(finding.cycle().stream().map(Finding.Edge::from))
                    .isEqualTo(finding.cycle().isEmpty() ? java.util.List.of() : finding.transactions());
        });
        for (Isolation model : Isolation.values()) {
            assertThat(new ListAppend(model).check(history, Budget.unlimited()) instanceof Answer.Invalid)
                    .as("%s", model)
                    .isEqualTo(Isolation.refutedBy(report.phenomena()).contains(model));
        }
    }

    @Test
    void the_same_settings_make_the_same_history() {
        GeneratedTransactions settings = GeneratedTransactions.of(3);
        assertThat(settings.history().operations())
                .containsExactlyElementsOf(settings.history().operations().toList());
        assertThat(GeneratedTransactions.of(4).history().operations().toList())
                .isNotEqualTo(settings.history().operations().toList());
    }
}
