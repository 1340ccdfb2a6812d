package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.ResetAfter;
import dev.verdict.plan.LinkFault.ResetAfterBytes;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class CuttingTest extends OnTheWire {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_234, 99_999})
    void so_many_bytes_arrive_and_then_a_reset(int bytes) throws Exception {
        Link link = linkTo(socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write(new byte[100_000]);
        });
        gateway.apply("*", "*", new ResetAfterBytes(bytes), 1);
        try (Socket client = connect(link)) {
            assertThatThrownBy(() -> {
                        client.getOutputStream().write(1);
                        assertThat(client.getInputStream().readNBytes(bytes)).hasSize(bytes);
                        client.getInputStream().read();
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void bytes_are_counted_from_when_it_acts_on_an_open_connection() throws Exception {
        var heard = new CompletableFuture<Integer>();
        Link link = linkTo(socket -> {
            socket.getOutputStream().write(socket.getInputStream().readNBytes(10));
            int count = 10;
            try {
                while (socket.getInputStream().read() >= 0) {
                    count++;
                }
                heard.complete(-1);
            } catch (SocketException e) {
                heard.complete(count);
            }
        });
        try (Socket client = connect(link)) {
            client.getOutputStream().write(new byte[10]);
            client.getInputStream().readNBytes(10);
            gateway.apply("*", "*", new ResetAfterBytes(5).only(Direction.THERE), 1);
            client.getOutputStream().write(new byte[20]);
            assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(15);
        }
    }

    @Test
    void traffic_does_not_put_off_the_end_of_a_time() throws Exception {
        Link link = linkTo(this::echo);
        try (Socket busy = connect(link);
                Socket idle = connect(link)) {
            assertEchoes(busy);
            assertEchoes(idle);
            long start = System.nanoTime();
            Applied fault = gateway.apply("*", "*", new ResetAfter(Duration.ofMillis(300)), 1);
            assertThatThrownBy(() -> {
                        while (since(start).toSeconds() < 10) {
                            assertEchoes(busy);
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThatThrownBy(() -> idle.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(since(start)).isLessThan(Duration.ofSeconds(5));
            try (Socket later = connect(link)) {
                assertEchoes(later);
                fault.remove();
                later.setSoTimeout(500);
                InputStream in = later.getInputStream();
                assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }
}
