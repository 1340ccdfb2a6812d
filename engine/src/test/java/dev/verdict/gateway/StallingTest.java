package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.Stall;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StallingTest extends OnTheWire {
    @Test
    void nothing_comes_while_it_acts_and_everything_afterwards() throws Exception {
        Link link = linkTo(this::echo);
        try (Socket client = connect(link)) {
            assertEchoes(client);
            Applied fault = gateway.apply("*", "*", new Stall(), 1);
            client.getOutputStream().write(new byte[] {1, 2, 3});
            client.setSoTimeout(200);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            client.setSoTimeout(5_000);
            fault.remove();
            assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            assertEchoes(client);
        }
    }

    @Test
    void large_data_and_its_end_wait_and_arrive_in_order() throws Exception {
        Link link = linkTo(this::echo);
        Applied fault = gateway.apply("*", "*", new Stall().only(Direction.BACK), 1);
        byte[] bytes = randomBytes(20_000_000);
        Future<byte[]> answer = threads.submit(() -> sendAndReadAll(link, bytes));
        settled(link);
        assertThat(answer.isDone()).isFalse();
        fault.remove();
        assertThat(answer.get()).isEqualTo(bytes);
    }

    /// A client says ten times a millisecond what time it is; the server notes when it hears it.
    @Test
    void beginning_and_ending_takes_effect_on_open_connections_within_a_millisecond() throws Exception {
        BlockingQueue<long[]> heard = new LinkedBlockingQueue<>();
        Link link = linkTo(socket -> {
            for (byte[] time = socket.getInputStream().readNBytes(8);
                    time.length == 8;
                    time = socket.getInputStream().readNBytes(8)) {
                heard.add(new long[] {ByteBuffer.wrap(time).getLong(), System.nanoTime()});
            }
        });
        AtomicBoolean over = new AtomicBoolean();
        try (Socket client = connect(link)) {
            Future<?> clock = threads.submit(() -> {
                while (!over.get()) {
                    byte[] time =
                            ByteBuffer.allocate(8).putLong(System.nanoTime()).array();
                    client.getOutputStream().write(time);
                    LockSupport.parkNanos(100_000);
                }
                return null;
            });
            long beginning = Long.MAX_VALUE;
            long ending = Long.MAX_VALUE;
            for (int i = 0; i < 30; i++) {
                heard.clear();
                assertThat(heard.poll(5, TimeUnit.SECONDS)).isNotNull();
                long began = System.nanoTime();
                Applied fault = gateway.apply("*", "*", new Stall(), 1);
                long last = began;
                for (long[] word = heard.poll(20, TimeUnit.MILLISECONDS);
                        word != null;
                        word = heard.poll(20, TimeUnit.MILLISECONDS)) {
                    last = word[0];
                }
                beginning = Math.min(beginning, Math.max(0, last - began));
                long ended = System.nanoTime();
                fault.remove();
                long[] first = heard.poll(5, TimeUnit.SECONDS);
                assertThat(first).isNotNull();
                ending = Math.min(ending, first[1] - ended);
            }
            over.set(true);
            clock.get();
            // The best of many tries: on a busy machine any thread may wait for its turn.
            assertThat(beginning).isLessThan(1_000_000);
            assertThat(ending).isLessThan(1_000_000);
        }
    }
}
