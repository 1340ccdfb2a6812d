package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTest {
    @Test
    void groups_are_summed_up() {
        assertThat(new Partition.Groups(List.of(List.of("a", "b"), List.of("c"))).summary())
                .isEqualTo("is divided into a b | c");
    }

    @Test
    void a_service_is_in_one_group_only() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Partition.Groups(List.of(List.of("a", "b"), List.of("b"))))
                .withMessageContaining("service b is in two groups");
    }

    @Test
    void an_empty_group_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Partition.Groups(List.of(List.of("a"), List.of())));
        assertThatIllegalArgumentException().isThrownBy(() -> new Partition.Groups(List.of()));
    }

    @Test
    void what_is_divided_is_two_services_or_more_each_once() {
        assertThat(new FaultTarget.OfServices(List.of("a", "b"))).hasToString("a, b");
        assertThatIllegalArgumentException().isThrownBy(() -> new FaultTarget.OfServices(List.of("a")));
        assertThatIllegalArgumentException().isThrownBy(() -> new FaultTarget.OfServices(List.of("a", "a")));
    }
}
