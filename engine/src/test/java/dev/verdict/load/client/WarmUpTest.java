package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.load.Interval;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Trust;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Warms clients up.
@Timeout(30)
final class WarmUpTest {
    @Test
    void each_protocol_is_answered_by_a_stand_in() throws Exception {
        Address nowhere = new Address("127.0.0.1", 1);
        ClientLoad load = load(
                ask("redis", new Protocol.Redis(nowhere), "PING"),
                ask("another", new Protocol.Redis(nowhere), "PING"),
                ask("lines", new Protocol.Lines(nowhere), "x"),
                ask("events", new Protocol.Events(List.of(), "[DONE]", 5), "http://" + nowhere + "/"),
                ask("messages", new Protocol.Messages("ws://" + nowhere + "/", Trust.USUAL), "x"));
        try (WarmUp warmUp = new WarmUp(load)) {
            LoadResult result = warmUp.run().orElseThrow();
            assertThat(result.requests()).hasSize(4).allSatisfy(one -> {
                assertThat(one.counts().errors()).isEmpty();
                assertThat(one.counts().answered()).isGreaterThan(5);
            });
        }
    }

    @Test
    void neither_the_service_nor_the_numbers_know_of_it() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (StandIn service = new StandIn((in, out) -> {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    asked.incrementAndGet();
                    out.write("yes\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                }
            }
        })) {
            ClientLoad load = load(ask("lines", new Protocol.Lines(service.address()), "x"));
            try (ClientGenerator generator = new ClientGenerator(load)) {
                Interval all = generator.run(LoadListener.NONE).all();
                assertThat(all.counts().total()).isEqualTo(20).isEqualTo(asked.get());
                assertThat(all.counts().connects()).isEqualTo(2);
            }
        }
    }

    @Test
    void java_is_not_called_before_it_is_due() throws Exception {
        try (WarmUp warmUp = new WarmUp(load(ask("call", new Protocol.Calls(_ -> {}), "x")))) {
            assertThat(warmUp.run()).isEmpty();
        }
    }

    private static ClientRequest ask(String name, Protocol protocol, String text) {
        return new ClientRequest(name, 1, protocol, List.of(text), Optional.empty(), List.of());
    }

    private static ClientLoad load(ClientRequest... requests) {
        return new ClientLoad(
                List.of(requests),
                List.of(),
                new Pace.Open(Profile.constant(100, Duration.ofMillis(200)), Pace.Arrival.EVEN, 1),
                Slice.WHOLE,
                1,
                2,
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Long.MAX_VALUE);
    }
}
