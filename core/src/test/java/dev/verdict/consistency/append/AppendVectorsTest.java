package dev.verdict.consistency.append;

import static dev.verdict.consistency.append.Phenomenon.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.consistency.Budget;
import dev.verdict.consistency.History;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Checks the smallest history of each phenomenon.
final class AppendVectorsTest {
    @Test
    void cycles_of_the_data() {
        assertThat(found(Notation.concurrent("ax1ay1", "ax2ay2", "rx12ry21"))).containsExactly(G0);
        assertThat(found(Notation.concurrent("ax1ry1", "ax2ay1", "rx12"))).containsExactly(G1C);
        assertThat(found(Notation.concurrent("ax1ay1", "ax2ry", "rx12"))).containsExactly(G_SINGLE);
        assertThat(found(Notation.concurrent("ax1ry", "ay1rx"))).containsExactly(G2_ITEM);
        assertThat(found(Notation.concurrent("ax1", "rx1ry", "ay1", "ry1rx"))).containsExactly(G_NONADJACENT);
    }

    @Test
    void cycles_with_the_order_of_processes() {
        assertThat(found(Notation.sequential("p1 ax1", "p2 ax2", "p2 rx1", "p3 rx12")))
                .containsExactly(G_SINGLE_PROCESS);
        assertThat(found(Notation.sequential("p1 rx1ay1", "p2 ry1", "p2 ax1"))).containsExactly(G1C_PROCESS);
        assertThat(found(Notation.sequential("p0 rxrz1", "p1 ax1", "p1 rz", "p2 az1")))
                .contains(G_NONADJACENT_PROCESS);
    }

    @Test
    void cycles_with_the_order_of_time() {
        assertThat(found(Notation.sequential("ax1", "ax2", "rx1", "rx12"))).containsExactly(G_SINGLE_REALTIME);
        assertThat(found(Notation.sequential("ax1", "ax2", "rx21"))).containsExactly(G0_REALTIME);
        assertThat(found(Notation.sequential("rx1", "ax1"))).containsExactly(G1C_REALTIME);
    }

    @Test
    void two_misses_in_a_row_are_no_breach_of_snapshot_isolation() {
        Set<Phenomenon> found = found(Notation.concurrent("ryrx5", "ay1rz", "az2at3", "rt3ru", "au4ax5"));
        assertThat(found).containsExactly(G2_ITEM);
        assertThat(Isolation.refutedBy(found)).doesNotContain(Isolation.SNAPSHOT_ISOLATION);
    }

    @Test
    void reads_of_what_was_aborted_or_not_finished() {
        assertThat(found(Notation.concurrent("fail ax1", "rx1"))).containsExactly(G1A);
        assertThat(found(Notation.concurrent("ax1ax2", "rx1"))).contains(G1B);
        assertThat(found(Notation.concurrent("ax1rx1ax2", "rx12"))).isEmpty();
        assertThat(found(Notation.concurrent("rx1", "ax2"))).containsExactly(GARBAGE_READ);
        assertThat(found(Notation.concurrent("fail ax1", "ax2", "rx12"))).containsExactly(G1A, DIRTY_UPDATE);
        assertThat(found(Notation.concurrent("fail ax1", "info ax2", "ax3", "rx123")))
                .contains(DIRTY_UPDATE);
        assertThat(found(Notation.concurrent("fail ax1", "rx"))).isEmpty();
    }

    @Test
    void transactions_that_contradict_themselves() {
        assertThat(found(Notation.concurrent("rx12ax3rx12", "ax1ax2"))).contains(INTERNAL);
        assertThat(found(Notation.concurrent("rx12ax3rx1", "ax1ax2"))).contains(INTERNAL);
        assertThat(found(Notation.concurrent("ax3rx", "ax1ax2"))).contains(INTERNAL);
        assertThat(found(Notation.concurrent("ax3rx1234", "ax1ax2ax4"))).contains(INTERNAL);
        assertThat(found(Notation.concurrent("ry56ax3rx123ax4rx1234", "ay5ay6ax1ax2")))
                .isEmpty();
        assertThat(found(Notation.concurrent("rx1ax1"))).containsExactly(FUTURE_READ);
        assertThat(found(Notation.concurrent("ax1rx01ax0ax3"))).contains(FUTURE_READ);
    }

    @Test
    void lists_that_contradict_each_other() {
        assertThat(found(Notation.concurrent("ax1ry1", "ax2", "ax3ay1", "rx13", "rx123")))
                .contains(INCOMPATIBLE_ORDER, G1C);
        assertThat(found(Notation.concurrent("ax1ry1", "ax2ay1", "rx121"))).contains(DUPLICATE_ELEMENTS, G1C);
    }

    @Test
    void updates_that_are_lost() {
        assertThat(found(Notation.concurrent("ax0", "rx0ax1", "rx0ax2"))).containsExactly(G2_ITEM, LOST_UPDATE);
        assertThat(found(Notation.concurrent("rxax1ax2", "rx12"))).isEmpty();
        assertThat(found(Notation.concurrent("ax0", "rx0rx0ax1", "rx0ax2"))).contains(LOST_UPDATE);
    }

    @Test
    void appends_that_nobody_read_come_after_all_that_were() {
        assertThat(found(Notation.concurrent("ax1ay1", "ax2ay2", "ax3ay3", "rx12", "ry2")))
                .contains(G0);
        assertThat(found(Notation.concurrent("info ax2ry", "ax1ay1", "rx12ry1")))
                .isEmpty();
    }

    @Test
    void what_each_model_forbids() {
        assertThat(weakest(G0)).containsExactly(Isolation.READ_UNCOMMITTED);
        assertThat(weakest(G1A)).containsExactly(Isolation.READ_COMMITTED);
        assertThat(weakest(G1C)).containsExactly(Isolation.READ_COMMITTED);
        assertThat(weakest(G_SINGLE)).containsExactly(Isolation.CONSISTENT_VIEW, Isolation.REPEATABLE_READ);
        assertThat(weakest(G_NONADJACENT)).containsExactly(Isolation.REPEATABLE_READ, Isolation.SNAPSHOT_ISOLATION);
        assertThat(weakest(G2_ITEM)).containsExactly(Isolation.REPEATABLE_READ);
        assertThat(weakest(LOST_UPDATE))
                .containsExactly(Isolation.CURSOR_STABILITY, Isolation.PARALLEL_SNAPSHOT_ISOLATION);
        assertThat(weakest(G_SINGLE_REALTIME)).containsExactly(Isolation.STRONG_SNAPSHOT_ISOLATION);
        assertThat(weakest(G_SINGLE_PROCESS)).containsExactly(Isolation.STRONG_SESSION_SNAPSHOT_ISOLATION);
        assertThat(weakest(G1C_PROCESS)).containsExactly(Isolation.STRONG_SESSION_READ_COMMITTED);
        assertThat(weakest(G2_ITEM_REALTIME)).containsExactly(Isolation.STRICT_SERIALIZABLE);
        assertThat(weakest(INTERNAL)).containsExactly(Isolation.READ_ATOMIC);
    }

    private static Set<Isolation> weakest(Phenomenon phenomenon) {
        return Isolation.weakest(Isolation.refutedBy(Set.of(phenomenon)));
    }

    private static Set<Phenomenon> found(History history) {
        return AppendReport.of(history, Budget.unlimited()).phenomena();
    }
}
