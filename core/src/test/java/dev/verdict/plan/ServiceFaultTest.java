package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ServiceFaultTest {
    @Test
    void a_signal_is_named_in_any_form_and_a_pausing_one_is_refused() {
        assertThat(new ServiceFault.Kill("sigterm").signal()).isEqualTo("TERM");
        assertThatThrownBy(() -> new ServiceFault.Kill("STOP")).hasMessage("STOP does not end a process: use pause");
        assertThatThrownBy(() -> new ServiceFault.Kill("9; rm")).hasMessageContaining("is not a signal");
    }

    @Test
    void numbers_out_of_range_are_refused_with_what_is_allowed() {
        assertThatThrownBy(() -> new ServiceFault.CpuStress(65))
                .hasMessage("the number of busy loops is 65; allowed is 1 to 64");
        assertThatThrownBy(() -> new ServiceFault.ClockShift(Duration.ZERO)).hasMessageContaining("at least 1ms");
        assertThatThrownBy(() -> new ServiceFault.FlipBits(" ", 1)).hasMessage("a file must be named");
    }

    @Test
    void says_for_people_what_is_done() {
        assertThat(new ServiceFault.Truncate("data/a", 0).summary()).isEqualTo("has data/a cut to nothing");
        assertThat(new ServiceFault.DiskFull("data", 4096).summary()).isEqualTo("has a full disk at data but for 4KiB");
        assertThat(new ServiceFault.ClockShift(Duration.ofHours(-2)).summary())
                .isEqualTo("has a clock that is 2h behind");
    }

    @Test
    void a_target_is_a_service_or_a_link() {
        assertThat(FaultTarget.parse(" stock ")).isEqualTo(new FaultTarget.OfService("stock"));
        assertThat(FaultTarget.parse("orders -> stock"))
                .isEqualTo(new FaultTarget.OfLink("orders", "stock"))
                .hasToString("orders→stock");
        assertThatThrownBy(() -> FaultTarget.parse("orders→")).hasMessageContaining("is not a fault's target");
        assertThatThrownBy(() -> FaultTarget.parse("a→b→c")).hasMessageContaining("is not a fault's target");
    }
}
