package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdict.plan.LinkFault.BlackHole;
import dev.verdict.plan.LinkFault.Direction;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SwallowingTest extends OnTheWire {
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();

    @Test
    void a_new_connection_is_accepted_and_reaches_nobody() throws Exception {
        Link link = counted();
        Applied fault = gateway.apply("*", "*", new BlackHole(), 1);
        try (Socket talks = connect(link);
                Socket silent = connect(link)) {
            talks.getOutputStream().write(new byte[1_000_000]);
            assertSilent(talks);
            assertSilent(silent);
            assertThat(link.counts().sent()).isEqualTo(1_000_000);
            assertThat(accepted).hasValue(0);
            fault.remove();
            // It misses something, and hears so; the other one does not and works.
            assertThatThrownBy(() -> talks.getInputStream().read()).isInstanceOf(SocketException.class);
            assertEchoes(silent);
            assertThat(accepted).hasValue(1);
        }
    }

    @Test
    void an_open_connection_falls_silent() throws Exception {
        Link link = counted();
        try (Socket client = connect(link);
                Socket idle = connect(link)) {
            assertEchoes(client);
            assertEchoes(idle);
            Applied fault = gateway.apply("*", "*", new BlackHole(), 1);
            client.getOutputStream().write(1);
            assertSilent(client);
            fault.remove();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertEchoes(idle);
        }
    }

    @Test
    void answers_can_get_lost_after_the_request_has_arrived() throws Exception {
        Link link = counted();
        gateway.apply("*", "*", new BlackHole().only(Direction.BACK), 1);
        try (Socket client = connect(link)) {
            client.getOutputStream().write(new byte[3]);
            await().until(() -> heard.get() == 3);
            assertSilent(client);
        }
    }

    private Link counted() throws Exception {
        return linkTo(socket -> {
            accepted.incrementAndGet();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                heard.incrementAndGet();
                socket.getOutputStream().write(next);
            }
        });
    }

    private static void assertSilent(Socket client) throws Exception {
        client.setSoTimeout(200);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(5_000);
    }
}
