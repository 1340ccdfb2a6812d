package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Event.HarnessFailed;
import dev.verdict.plan.LinkFault;
import dev.verdict.plan.LinkFault.Bandwidth;
import dev.verdict.plan.LinkFault.Delay;
import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.Per;
import dev.verdict.plan.LinkFault.Refuse;
import dev.verdict.plan.LinkFault.Shape;
import dev.verdict.plan.LinkFault.Slice;
import dev.verdict.plan.LinkFault.SlowClose;
import dev.verdict.plan.LinkFault.Stall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class AppliedTest extends OnTheWire {
    private static final List<Direction> WAYS = List.of(Direction.THERE, Direction.BACK, Direction.BOTH);
    private static final List<LinkFault> LOSSLESS = List.of(
            new Stall(),
            new Delay(Duration.ofMillis(3), Duration.ofMillis(3), Shape.UNIFORM),
            new Bandwidth(2_000_000, Per.LINK),
            new Bandwidth(500_000, Per.CONNECTION),
            new Slice(5_000, Duration.ofMillis(1)),
            new SlowClose(Duration.ofMillis(5)));

    /// Faults begin, change and end at random on several links at once, while many connections talk
    /// over them: every byte arrives, in order, and every connection ends.
    @Test
    void nothing_is_lost_whatever_comes_and_goes() throws Exception {
        int port = serve(this::echo).getLocalPort();
        List<Callable<Boolean>> clients = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Link link = gateway.open("from" + i % 3, "to.tcp", "127.0.0.1", port);
            byte[] bytes = randomBytes(200_000 + i);
            clients.add(() -> {
                for (int round = 0; round < 3; round++) {
                    assertThat(sendAndReadAll(link, bytes)).isEqualTo(bytes);
                }
                return true;
            });
        }
        AtomicBoolean over = new AtomicBoolean();
        List<Future<Integer>> disturbers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int seed = i;
            disturbers.add(threads.submit(() -> disturb(new Random(seed), over)));
        }
        for (Future<Boolean> client : threads.invokeAll(clients)) {
            assertThat(client.get()).isTrue();
        }
        over.set(true);
        for (Future<Integer> disturber : disturbers) {
            assertThat(disturber.get()).isPositive();
        }
        assertThat(journal.all(HarnessFailed.class)).isEmpty();
    }

    @Test
    void what_was_removed_cannot_be_changed_and_the_rest_says_what_it_is() {
        Applied fault = gateway.apply("a", "b", new Stall(), 1);
        assertThat(fault.fault()).isEqualTo(new Stall());
        fault.close();
        assertThatThrownBy(() -> fault.change(new Refuse()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fault between a and b has been removed");
    }

    @Test
    void a_closed_gateway_takes_no_faults() {
        gateway.close();
        assertThatThrownBy(() -> gateway.apply("a", "b", new Stall(), 1))
                .isInstanceOf(GatewayException.class)
                .hasMessage("no fault between a and b: the gateway is closed");
    }

    private int disturb(Random random, AtomicBoolean over) {
        List<Applied> acting = new ArrayList<>();
        int count = 0;
        while (!over.get()) {
            LinkFault fault = LOSSLESS.get(random.nextInt(LOSSLESS.size()))
                    .only(WAYS.get(random.nextInt(WAYS.size())))
                    .sometimes(random.nextBoolean() ? 1 : 0.5);
            String from = random.nextBoolean() ? "*" : "from" + random.nextInt(3);
            acting.add(gateway.apply(from, "to", fault, random.nextLong()));
            if (random.nextBoolean()) {
                int one = random.nextInt(acting.size());
                acting.set(one, acting.get(one).change(LOSSLESS.get(random.nextInt(LOSSLESS.size()))));
            }
            while (acting.size() > random.nextInt(4)) {
                acting.remove(random.nextInt(acting.size())).remove();
            }
            count++;
        }
        acting.forEach(Applied::remove);
        return count;
    }
}
