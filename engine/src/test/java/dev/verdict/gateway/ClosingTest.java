package dev.verdict.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.verdict.plan.HttpFault;
import dev.verdict.plan.LinkFault;
import dev.verdict.plan.LinkFault.Per;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Half of a connection ends, the other half goes on: under every fault that lets anything through.
@Timeout(60)
final class ClosingTest extends OnTheWire {
    static Stream<LinkFault> faults() {
        return Stream.of(
                        new LinkFault.Delay(Duration.ofMillis(30), Duration.ofMillis(30), LinkFault.Shape.NORMAL),
                        new LinkFault.Bandwidth(100_000, Per.LINK),
                        new LinkFault.Bandwidth(100_000, Per.CONNECTION),
                        new LinkFault.Slice(1_000, Duration.ofMillis(1)),
                        new LinkFault.SlowClose(Duration.ofMillis(50)),
                        new LinkFault.Corrupt(0.5),
                        new LinkFault.ResetAfter(Duration.ofHours(1)),
                        new LinkFault.ResetAfterBytes(1_000_000),
                        new HttpFault.HttpStatus(500),
                        new HttpFault.HttpEdit("a", "b"),
                        new LinkFault.Refuse().sometimes(0),
                        new LinkFault.BlackHole().sometimes(0))
                .map(fault -> fault.directed() ? fault.only(LinkFault.Direction.BOTH) : fault);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_client_that_has_said_everything_still_hears_the_answer(LinkFault fault) throws Exception {
        Link link = linkTo(socket -> {
            byte[] question = socket.getInputStream().readAllBytes();
            socket.getOutputStream().write(new byte[question.length + 7]);
        });
        gateway.apply("*", "*", fault, 1);
        assertThat(sendAndReadAll(link, randomBytes(5_000))).hasSize(5_007);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_server_that_has_said_everything_still_hears_the_client(LinkFault fault) throws Exception {
        var heard = new CompletableFuture<Integer>();
        Link link = linkTo(socket -> {
            socket.getOutputStream().write("hello".getBytes(ISO_8859_1));
            socket.shutdownOutput();
            heard.complete(socket.getInputStream().readAllBytes().length);
        });
        gateway.apply("*", "*", fault, 1);
        try (Socket client = connect(link)) {
            assertThat(client.getInputStream().readAllBytes()).hasSize(5);
            client.getOutputStream().write(randomBytes(5_000));
        }
        assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo(5_000);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void probability_0_does_nothing(LinkFault fault) throws Exception {
        Link link = linkTo(this::echo);
        Applied never = gateway.apply("*", "*", fault.sometimes(0), 1);
        byte[] bytes = randomBytes(100_000);
        assertThat(sendAndReadAll(link, bytes)).isEqualTo(bytes);
        assertThat(never.struck()).isZero();
    }

    @Test
    void all_of_them_at_once_come_and_go_and_lose_nothing() throws Exception {
        Link link = linkTo(this::echo);
        byte[] bytes = randomBytes(30_000_000);
        var answer = threads.submit(() -> sendAndReadAll(link, bytes));
        for (int i = 0; i < 6; i++) {
            var applied = faults().filter(fault ->
                            !fault.kind().startsWith("http") && !fault.kind().startsWith("reset"))
                    .filter(fault -> !fault.kind().equals("corrupt"))
                    .map(fault -> gateway.apply("*", "*", fault, 1))
                    .toList();
            long some = Math.min(moved(link) + 20_000, 2L * bytes.length);
            await().until(() -> moved(link) >= some);
            applied.forEach(Applied::remove);
        }
        assertThat(Arrays.equals(answer.get(), bytes)).isTrue();
    }

    private static long moved(Link link) {
        return link.counts().sent() + link.counts().received();
    }

    @Test
    void a_slow_close_delays_the_end_and_not_the_bytes() throws Exception {
        Link link = linkTo(socket -> socket.getOutputStream().write(1));
        gateway.apply("*", "*", new LinkFault.SlowClose(Duration.ofMillis(300)), 1);
        try (Socket client = connect(link)) {
            long start = System.nanoTime();
            assertThat(client.getInputStream().read()).isEqualTo(1);
            Duration bytes = since(start);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(since(start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(bytes).isLessThan(Duration.ofMillis(250));
        }
    }

    @Test
    void an_answer_that_is_delayed_arrives_before_the_reset_behind_it() throws Exception {
        Link link = linkTo(socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write("bye".getBytes(ISO_8859_1));
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        });
        gateway.apply("*", "*", new LinkFault.Delay(Duration.ofMillis(100)).only(LinkFault.Direction.BACK), 1);
        try (Socket client = connect(link)) {
            client.getOutputStream().write(new byte[] {1, 2});
            assertThat(client.getInputStream().readNBytes(3))
                    .asString(ISO_8859_1)
                    .isEqualTo("bye");
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }
}
