package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.LinkFault.Reset;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ResettingTest extends OnTheWire {
    @Test
    void an_open_idle_connection_is_reset_on_both_sides_and_a_later_one_is_not() throws Exception {
        var end = new CompletableFuture<String>();
        Link link = linkTo(socket -> {
            try {
                echo(socket);
                end.complete("end");
            } catch (SocketException e) {
                end.complete(String.valueOf(e.getMessage()));
            }
        });
        try (Socket idle = connect(link)) {
            assertEchoes(idle);
            Applied fault = gateway.apply("scenario", "server", new Reset(), 1);
            assertThatThrownBy(() -> idle.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(end.get(10, TimeUnit.SECONDS)).contains("reset");
            assertThat(fault.struck()).isEqualTo(1);
            try (Socket later = connect(link)) {
                assertEchoes(later);
            }
        }
    }
}
