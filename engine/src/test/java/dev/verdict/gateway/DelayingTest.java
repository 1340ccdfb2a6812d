package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.LinkFault.Delay;
import dev.verdict.plan.LinkFault.Direction;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DelayingTest extends OnTheWire {
    private static final Delay DELAY = new Delay(Duration.ofMillis(100));

    @Test
    void a_request_and_its_answer_take_longer_by_the_delay() throws Exception {
        Link link = linkTo(this::echo);
        try (Socket client = connect(link)) {
            roundTrip(client);
            Applied fault = gateway.apply("scenario", "server", DELAY, 1);
            assertThat(roundTrip(client)).isBetween(Duration.ofMillis(100), Duration.ofMillis(190));
            Applied both = fault.change(DELAY.only(Direction.BOTH));
            assertThat(roundTrip(client)).isBetween(Duration.ofMillis(200), Duration.ofMillis(390));
            both.remove();
            assertThat(roundTrip(client)).isLessThan(Duration.ofMillis(90));
            assertThat(fault.struck()).isEqualTo(1);
        }
    }

    private static Duration roundTrip(Socket client) throws Exception {
        long start = System.nanoTime();
        client.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isEqualTo(1);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
